"""When an answer goes out, and in which language."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.domain.consent import Policy, Record, State, decide
from app.domain.evidence import Channel, Event
from app.domain.replies import Reply
from app.domain.signal import Signal
from tests.stories import EN, NL, NOON, POLICY, after, decided, texted

DAY = 24 * 3600.0
MS = 0.001


def story(events: Sequence[Event], policy: Policy = POLICY) -> tuple[Record, list[Reply | None]]:
    """The record after all of it, and what was answered to each."""
    record, replies = Record(), list[Reply | None]()
    for event in events:
        decision = decide(record, event, policy)
        record, replies = decision.after, [*replies, decision.reply]
    return record, replies


def invited(at: float) -> Event:
    return Event(Signal.WEB_OPT_IN, after(at), Channel.WEB, "shop", words="yes", wording="v1")


def test_a_second_stop_changes_nothing_and_says_nothing() -> None:
    record, replies = story([texted(Signal.STOP), texted(Signal.STOP, after(5))])
    assert replies == [Reply.GOODBYE, None]
    assert (record.state, record.since) == (State.OPTED_OUT, NOON)


def test_goodbye_is_said_again_only_when_the_last_is_a_day_old() -> None:
    stops = [0.0, DAY - MS, DAY + MS, DAY + 2, 2 * DAY, 2 * DAY + 1]
    _, replies = story([texted(Signal.STOP, after(at)) for at in stops])
    assert replies == [Reply.GOODBYE, None, Reply.GOODBYE, None, None, Reply.GOODBYE]


def test_each_opt_out_after_a_return_is_confirmed_however_soon() -> None:
    signals = [Signal.STOP, Signal.START, Signal.STOP]
    _, replies = story([texted(signal, after(at)) for at, signal in enumerate(signals)])
    assert replies == [Reply.GOODBYE, Reply.WELCOME, Reply.GOODBYE]


def test_clarify_is_asked_once_in_a_day() -> None:
    moments = [(Signal.START, 0.0), (Signal.UNCLEAR, 1.0), (Signal.START, 2.0), (Signal.UNCLEAR, DAY)]
    later = [(Signal.START, DAY + 1), (Signal.UNCLEAR, DAY + 2)]
    record, replies = story([texted(signal, after(at)) for signal, at in moments + later])
    assert replies == [Reply.WELCOME, Reply.CLARIFY, Reply.WELCOME, None, Reply.WELCOME, Reply.CLARIFY]
    assert record.state is State.HELD


def test_a_sign_up_is_asked_about_once_in_a_day_and_the_question_keeps_its_age() -> None:
    record, replies = story([invited(at) for at in (0, 60, DAY - MS, DAY + MS, DAY + 60)])
    assert replies == [Reply.ASK_TO_CONFIRM, None, None, Reply.ASK_TO_CONFIRM, None]
    assert record.since == NOON


def test_the_providers_own_goodbye_counts_as_the_goodbye() -> None:
    _, replies = story([
        texted(Signal.STOP, NOON, provider_answered=True), texted(Signal.STOP, after(60))
    ])  # fmt: skip
    assert replies == [None, None]


def test_a_block_at_the_provider_counts_as_its_goodbye() -> None:
    blocked = Event(Signal.PROVIDER_STOP, NOON, Channel.PROVIDER, "provider", message="SM1")
    _, replies = story([blocked, texted(Signal.STOP, after(60)), texted(Signal.STOP, after(DAY + 1))])
    assert replies == [None, None, Reply.GOODBYE]


def test_the_loop_guard_lets_six_answers_through_in_ten_minutes() -> None:
    record, replies = story([texted(Signal.HELP, after(at)) for at in range(9)])
    assert replies == [Reply.HELP] * 6 + [None] * 3
    assert record.version == 9
    _, later = story([texted(Signal.HELP, after(at)) for at in [*range(7), 599.999, 600]])
    assert later == [Reply.HELP] * 6 + [None, None, Reply.HELP]


def test_the_loop_guard_says_so_in_the_proof() -> None:
    record, _ = story([texted(Signal.HELP, after(at)) for at in range(6)])
    decision = decided(record, texted(Signal.HELP, after(7)))
    assert decision.evidence is not None
    assert (decision.evidence.note, decision.evidence.reply) == ("loop guard", "")


def test_an_opt_out_is_confirmed_where_a_help_is_not_any_more() -> None:
    record, _ = story([texted(Signal.START), *(texted(Signal.HELP, after(at)) for at in range(1, 9))])
    assert decided(record, texted(Signal.STOP, after(9))).reply is Reply.GOODBYE


def test_a_loop_of_stops_and_starts_is_ended_but_the_state_follows() -> None:
    loop = [texted(Signal.START if at % 2 else Signal.STOP, after(at)) for at in range(40)]
    record, replies = story(loop)
    assert sum(reply is not None for reply in replies) <= POLICY.guard_goodbyes
    assert record.state is State.SUBSCRIBED


def test_the_guards_window_is_the_policys() -> None:
    policy = Policy(default_language=NL, guard_window=timedelta(seconds=10), guard_replies=1)
    _, replies = story([texted(Signal.HELP, after(at)) for at in (0, 9.999, 10, 11)], policy)
    assert replies == [Reply.HELP, None, Reply.HELP, None]


@pytest.mark.parametrize(
    ("said", "remembered", "expected"),
    [(EN, NL, EN), (None, EN, EN), (EN, None, EN), (None, None, NL)],
)
def test_the_language_is_the_words_else_the_subscribers_else_the_default(
    said: str | None, remembered: str | None, expected: str
) -> None:
    record = Record(State.SUBSCRIBED, 1, NOON, Channel.SMS, language=remembered)  # type: ignore[arg-type]
    decision = decided(record, texted(Signal.STOP, language=said))
    assert decision.language == expected
    assert decision.after.language == (said or remembered)
