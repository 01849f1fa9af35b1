"""Which sender a person's texts come from: always the same, in proportion to the rates, and few move."""

from collections import Counter

from app.domain.senders import Senders
from tests.stories import person

FIRST, SECOND, THIRD = "+3197010200001", "+3197010200002", "+3197010200003"
PEOPLE = [person(index) for index in range(5000)]
TWO = Senders({FIRST: 10, SECOND: 10}, 10)


def test_the_same_person_always_has_the_same_sender_in_whatever_order_they_are_written() -> None:
    turned = Senders({SECOND: 10, FIRST: 10}, 10)
    assert [TWO.of(one) for one in PEOPLE] == [turned.of(one) for one in PEOPLE]


def test_one_sender_has_everybody_and_a_campaigns_own_come_before_the_programs() -> None:
    assert {Senders({FIRST: 1}, 10).of(one) for one in PEOPLE} == {FIRST}
    assert {TWO.of(one, [THIRD]) for one in PEOPLE} == {THIRD}
    assert (TWO.rate(FIRST), Senders({FIRST: 3}, 7).rate(THIRD)) == (10, 7)


def test_who_sends_three_times_as_fast_has_three_times_as_many() -> None:
    shares = Counter(Senders({FIRST: 9, SECOND: 3}, 10).of(one) for one in PEOPLE)
    assert 0.23 < shares[SECOND] / len(PEOPLE) < 0.27


def test_a_third_takes_its_share_and_nobody_else_moves() -> None:
    three = Senders({**TWO.rates, THIRD: 10}, 10)
    moved = [one for one in PEOPLE if three.of(one) != TWO.of(one)]
    assert {three.of(one) for one in moved} == {THIRD}
    assert 0.30 < len(moved) / len(PEOPLE) < 0.37
    assert all(TWO.of(one) == three.of(one) for one in set(PEOPLE) - set(moved))


def test_one_that_is_taken_away_leaves_the_others_to_whom_they_were() -> None:
    three = Senders({**TWO.rates, THIRD: 10}, 10)
    assert all(TWO.of(one) == three.of(one) for one in PEOPLE if three.of(one) != THIRD)
