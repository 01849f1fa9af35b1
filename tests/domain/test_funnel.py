"""The funnel: everybody is counted once, for one reason, and the numbers add up."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import State
from app.domain.funnel import EMPTY, Candidate, Funnel, Loss, funnel_of, loss_of
from app.domain.quiet_hours import Allowed, NeverOpen, WaitUntil

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPEN, WAITS, NEVER = Allowed(NOW), WaitUntil(NOW, "Europe/Amsterdam", "default"), NeverOpen("strictest")
EVERYBODY = [
    Candidate(state, window, *flags)
    for state, window in product(State, (OPEN, WAITS, NEVER))
    for flags in product((False, True), repeat=7)
]


@pytest.mark.parametrize(
    ("candidate", "loss"),
    [
        (Candidate(State.SUBSCRIBED, OPEN), None),
        (Candidate(State.SUBSCRIBED, WAITS), None),
        (Candidate(State.SUBSCRIBED, NEVER), Loss.NEVER_OPEN),
        (Candidate(State.SUBSCRIBED, OPEN, capped=True), Loss.CAPPED),
        (Candidate(State.SUBSCRIBED, OPEN, capped=True, value_missing=True), Loss.VALUE_MISSING),
        (Candidate(State.SUBSCRIBED, OPEN, no_text=True, value_missing=True), Loss.VALUE_MISSING),
        (Candidate(State.SUBSCRIBED, OPEN, no_text=True), Loss.NO_TEXT),
        (Candidate(State.SUBSCRIBED, WAITS, too_late=True, capped=True), Loss.TOO_LATE),
        (Candidate(State.OPTED_OUT, OPEN), Loss.OPTED_OUT),
        (Candidate(State.OPTED_OUT, OPEN, gone=True), Loss.NUMBER_GONE),
        (Candidate(State.UNKNOWN, OPEN, erased=True), Loss.ERASED),
        (Candidate(State.UNKNOWN, OPEN, unreadable=True, value_missing=True), Loss.UNREADABLE),
        (Candidate(State.HELD, WAITS), Loss.HELD),
        (Candidate(State.PENDING, OPEN, capped=True), Loss.PENDING),
        (Candidate(State.UNKNOWN, OPEN), Loss.NO_CONSENT),
    ],
)
def test_a_person_falls_away_for_one_reason(candidate: Candidate, loss: Loss | None) -> None:
    assert loss_of(candidate) == loss


def test_only_subscribers_with_nothing_against_them_are_texted() -> None:
    texted = [candidate for candidate in EVERYBODY if loss_of(candidate) is None]
    assert texted == [Candidate(State.SUBSCRIBED, OPEN), Candidate(State.SUBSCRIBED, WAITS)]


def test_every_reason_occurs() -> None:
    assert {loss_of(candidate) for candidate in EVERYBODY} == {None, *Loss}


def test_the_steps_name_every_reason_with_what_is_left() -> None:
    funnel = Funnel(100, {Loss.OPTED_OUT: 10, Loss.CAPPED: 5}, 20)
    assert (funnel.reached, funnel.now) == (85, 65)
    steps = list(funnel.steps())
    assert [loss for loss, _, _ in steps] == list(Loss)
    assert steps[3] == (Loss.OPTED_OUT, 10, 90)
    assert steps[-1] == (Loss.NEVER_OPEN, 0, funnel.reached)


@given(st.lists(st.sampled_from(EVERYBODY)), st.lists(st.sampled_from(EVERYBODY)))
def test_the_numbers_add_up_and_so_do_two_partitions(one: list[Candidate], other: list[Candidate]) -> None:
    funnel = funnel_of((each, 1) for each in one)
    assert funnel.total == len(one) == funnel.now + funnel.waiting + sum(funnel.lost.values())
    assert 0 <= funnel.now <= funnel.reached <= funnel.total
    both = funnel + funnel_of((each, 1) for each in other)
    assert both == funnel_of(Counter(one + other).items())
    assert funnel + EMPTY == funnel
