"""Every pair of state and signal, against the table as the design has it."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.domain.consent import RULES, Record, State, Told
from app.domain.evidence import Channel, Event
from app.domain.signal import Signal
from tests.domain.consent_table import EXPECTED, STATES
from tests.stories import NL, NOON, after, decided

PAIRS = [(state, signal) for state in State for signal in Signal]
HOUR = timedelta(hours=1)


def record(state: State, last: datetime | None = None) -> Record:
    """Somebody in that state for a month, whose last answers of every kind were at `last`."""
    if state is State.UNKNOWN:
        return Record(last_goodbye=last, last_clarify=last, last_ask=last)
    month_ago = after(hours=-720)
    return Record(state, 7, month_ago, Channel.SMS, NL, last_goodbye=last, last_clarify=last, last_ask=last)


def event(signal: Signal, **circumstances: object) -> Event:
    return Event(signal, NOON, Channel.SMS, "person", words="words", message="SM1", **circumstances)  # type: ignore[arg-type]


def test_the_rules_are_total_and_nothing_else() -> None:
    assert set(RULES) == set(itertools.product(State, Signal))
    assert len(RULES) == 65


def test_the_table_of_these_tests_is_total_too() -> None:
    assert set(EXPECTED) == {(state.value, signal.value) for state, signal in PAIRS}
    assert tuple(state.value for state in State) == STATES


@pytest.mark.parametrize(("state", "signal"), PAIRS)
def test_a_pair_leads_where_the_table_says_and_is_answered_so(state: State, signal: Signal) -> None:
    decision = decided(record(state), event(signal))
    expected = EXPECTED[state, signal]
    assert (decision.after.state, decision.reply or "") == (expected.then, expected.reply)


@pytest.mark.parametrize(("state", "signal"), PAIRS)
def test_only_what_is_said_once_a_day_is_withheld_within_the_day(state: State, signal: Signal) -> None:
    expected = EXPECTED[state, signal]
    lately = decided(record(state, NOON - HOUR), event(signal))
    assert (lately.reply or "") == ("" if expected.daily else expected.reply)
    assert lately.after.state == expected.then
    long_ago = decided(record(state, NOON - 25 * HOUR), event(signal))
    assert (long_ago.reply or "") == expected.reply


@pytest.mark.parametrize(("state", "signal"), PAIRS)
def test_what_changes_or_is_answered_leaves_proof(state: State, signal: Signal) -> None:
    decision = decided(record(state), event(signal))
    if decision.evidence is None:
        assert decision.after == decision.before == record(state)
        assert decision.reply is None
        return
    proof = decision.evidence
    assert (proof.before, proof.after) == (state, decision.after.state)
    assert (proof.at, proof.signal, proof.words, proof.message) == (NOON, signal, "words", "SM1")
    assert proof.reply == (decision.reply or "")
    assert decision.after.version == record(state).version + 1


@pytest.mark.parametrize(("state", "signal"), PAIRS)
def test_since_and_source_change_with_the_state_and_only_then(state: State, signal: Signal) -> None:
    decision = decided(record(state), event(signal))
    before, now = decision.before, decision.after
    if now.state is before.state:
        assert (now.since, now.source) == (before.since, before.source)
    else:
        assert (now.since, now.source) == (NOON, Channel.SMS)


@pytest.mark.parametrize(("state", "signal"), PAIRS)
def test_what_the_provider_answered_is_recorded_alike_and_not_answered_again(
    state: State, signal: Signal
) -> None:
    ours, theirs = (decided(record(state), event(signal, provider_answered=flag)) for flag in (False, True))
    assert theirs.after.state is ours.after.state
    assert theirs.reply is None
    assert (theirs.evidence is None) == (ours.evidence is None)
    if ours.reply and theirs.evidence:
        assert theirs.evidence.note == "the provider answered"


@pytest.mark.parametrize("signal", [signal for signal in Signal if signal is not Signal.START])
def test_nothing_but_their_own_start_undoes_an_opt_out(signal: Signal) -> None:
    assert decided(record(State.OPTED_OUT), event(signal)).after.state is State.OPTED_OUT


@pytest.mark.parametrize("signal", [Signal.IMPORT, Signal.WEB_OPT_IN])
def test_who_hands_in_somebody_opted_out_is_told_that_they_must_text_start(signal: Signal) -> None:
    decision = decided(record(State.OPTED_OUT), event(signal))
    assert decision.told is Told.MUST_TEXT_START
    assert decision.evidence is not None


@pytest.mark.parametrize("state", [state for state in State if state is not State.HELD])
def test_clearing_a_hold_that_is_not_there_is_told_so(state: State) -> None:
    assert decided(record(state), event(Signal.STAFF_CLEARS_HOLD)).told is Told.NOT_HELD


def test_decisions_leave_the_record_they_were_made_on_alone() -> None:
    before = record(State.SUBSCRIBED)
    copy = replace(before)
    decided(before, event(Signal.STOP))
    assert before == copy
