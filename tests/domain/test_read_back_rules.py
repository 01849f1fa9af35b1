"""A message that is learnt of later must not beat what is newer; where the order is unclear, STOP wins."""

import pytest

from app.domain.consent import Record, State, Told
from app.domain.evidence import Channel, Event
from app.domain.signal import Signal
from tests.stories import NOON, after, decided, texted


def late(signal: Signal, seconds: float) -> Event:
    return texted(signal, after(seconds), "SM1", read_back=True)


def stopped_at_noon(state: State = State.OPTED_OUT) -> Record:
    return Record(state, 3, NOON, Channel.SMS, last_stop=NOON, last_goodbye=NOON)


def started_at_noon(channel: Channel = Channel.SMS) -> Record:
    return Record(State.SUBSCRIBED, 3, NOON, channel, last_stop=after(hours=-5))


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(-60, State.OPTED_OUT), (0, State.OPTED_OUT), (0.001, State.SUBSCRIBED), (60, State.SUBSCRIBED)],
)
def test_a_start_read_back_counts_only_when_it_is_newer_than_the_last_stop(
    seconds: float, state: State
) -> None:
    assert decided(stopped_at_noon(), late(Signal.START, seconds)).after.state is state


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (-60, State.SUBSCRIBED),
        (-15.001, State.SUBSCRIBED),
        (-15, State.OPTED_OUT),  # a webhook can be this late: perhaps the STOP was the newer one
        (-1, State.OPTED_OUT),
        (60, State.OPTED_OUT),
    ],
)
def test_a_stop_read_back_loses_only_to_a_start_that_is_clearly_newer(seconds: float, state: State) -> None:
    assert decided(started_at_noon(), late(Signal.STOP, seconds)).after.state is state


def test_a_stop_read_back_beats_a_yes_that_answered_a_question_however_old_it_is() -> None:
    asked = Record(State.PENDING, 1, after(-600), Channel.WEB, last_ask=after(-600))
    confirmed = decided(asked, texted(Signal.CONFIRM, NOON)).after
    assert confirmed.state is State.SUBSCRIBED
    # Had it arrived in time, the yes would have meant nothing.
    assert decided(confirmed, late(Signal.STOP, -60)).after.state is State.OPTED_OUT
    again = decided(confirmed, texted(Signal.START, after(60))).after
    assert decided(again, late(Signal.STOP, -60)).after.state is State.SUBSCRIBED
    started = decided(Record(State.OPTED_OUT, 1, after(-600), Channel.SMS), texted(Signal.START, NOON)).after
    assert decided(started, late(Signal.STOP, -60)).after.state is State.SUBSCRIBED


@pytest.mark.parametrize(("seconds", "kept"), [(-60, True), (0, True), (0.001, False), (60, False)])
@pytest.mark.parametrize(
    "newer",
    [
        Record(State.HELD, 3, NOON, Channel.SMS),
        Record(State.OPTED_OUT, 3, NOON, Channel.PROVIDER),  # the number was gone
    ],
)
def test_a_start_read_back_lifts_no_hold_and_brings_back_no_number_that_is_newer(
    newer: Record, seconds: float, *, kept: bool
) -> None:
    assert (decided(newer, late(Signal.START, seconds)).after.state is newer.state) is kept


@pytest.mark.parametrize("channel", [Channel.IMPORT, Channel.STAFF, Channel.WEB])
def test_a_stop_read_back_beats_any_consent_that_is_not_their_own_text(channel: Channel) -> None:
    assert decided(started_at_noon(channel), late(Signal.STOP, -3600)).after.state is State.OPTED_OUT


@pytest.mark.parametrize("state", [State.PENDING, State.HELD])
def test_a_stop_read_back_ends_a_question_or_a_hold_however_old_it_is(state: State) -> None:
    record = Record(state, 3, NOON, Channel.SMS)
    assert decided(record, late(Signal.STOP, -3600)).after.state is State.OPTED_OUT


@pytest.mark.parametrize(
    ("seconds", "state"), [(-30, State.PENDING), (0, State.PENDING), (0.001, State.SUBSCRIBED)]
)
def test_a_yes_that_is_older_than_the_question_does_not_answer_it(seconds: float, state: State) -> None:
    record = Record(State.PENDING, 1, NOON, Channel.WEB, last_ask=NOON)
    assert decided(record, late(Signal.CONFIRM, seconds)).after.state is state


@pytest.mark.parametrize(("seconds", "state"), [(-60, State.SUBSCRIBED), (-15, State.HELD), (5, State.HELD)])
def test_an_unclear_message_read_back_holds_nobody_who_decided_since(seconds: float, state: State) -> None:
    assert decided(started_at_noon(), late(Signal.UNCLEAR, seconds)).after.state is state


def test_help_is_answered_however_late_it_is_found() -> None:
    assert decided(started_at_noon(), late(Signal.HELP, -3600)).reply == "help"


def test_what_lost_is_kept_as_proof_and_says_nothing() -> None:
    record = stopped_at_noon()
    decision = decided(record, late(Signal.START, -60))
    assert decision.reply is None
    assert decision.told is Told.ALREADY
    assert decision.evidence is not None
    assert (decision.evidence.at, decision.evidence.note) == (
        after(-60), "late: a newer message had decided"
    )  # fmt: skip
    assert decision.after.version == record.version + 1
    assert (decision.after.state, decision.after.since) == (record.state, record.since)


def test_an_old_stop_read_back_does_not_set_the_last_stop_back() -> None:
    decision = decided(stopped_at_noon(), late(Signal.STOP, -600))
    assert decision.after.last_stop == NOON


def test_nobody_who_is_unknown_is_superseded() -> None:
    assert decided(Record(), late(Signal.START, -9999)).after.state is State.SUBSCRIBED


@pytest.mark.parametrize("signal", list(Signal))
def test_what_was_not_read_back_is_never_called_late(signal: Signal) -> None:
    decision = decided(started_at_noon(), texted(signal, after(hours=-9)))
    assert decision.evidence is None or "late" not in decision.evidence.note
