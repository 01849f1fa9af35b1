"""Consent as a total table: for every state and every signal, what follows. Pure: time comes in, decisions go out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from app.domain.evidence import Channel, Event, Evidence
from app.domain.remarks import ANSWERED_LATELY, LATE, LOOP_GUARD, PROVIDER_ANSWERED
from app.domain.replies import Language, Reply
from app.domain.sentence import Sentence
from app.domain.signal import Signal


class State(StrEnum):
    """The consent of one number. Only SUBSCRIBED may be sent marketing."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    SUBSCRIBED = "subscribed"
    HELD = "held"
    OPTED_OUT = "opted_out"


class Answer(StrEnum):
    """When a rule's reply goes out."""

    ALWAYS = "always"
    DAILY = "once in 24 hours"


class Told(StrEnum):
    """What a caller (the shop, staff, an import) hears of its request."""

    DONE = "done"
    ALREADY = "already"
    MUST_TEXT_START = "must text START"
    NOT_HELD = "not held"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell of the table. `then` None: the state stays. Not `recorded`: nothing is written but the seen mark."""

    then: State | None = None
    reply: Reply | None = None
    answer: Answer = Answer.ALWAYS
    told: Told = Told.DONE
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """What the store holds of one number, evidence apart. `version` 0: nothing yet.

    `confirmed`: they are subscribed by a word that answered our question, and would have meant nothing after a STOP.
    `gone`: they are opted out because the number is not reached any more, and never said so themselves.
    """

    state: State = State.UNKNOWN
    version: int = 0
    since: datetime | None = None
    source: Channel | None = None
    language: Language | None = None
    last_goodbye: datetime | None = None
    last_clarify: datetime | None = None
    last_ask: datetime | None = None
    last_stop: datetime | None = None
    replies_since: datetime | None = None
    replies: int = 0
    confirmed: bool = False
    gone: bool = False

    @property
    def asked(self) -> datetime | None:
        """When they were last asked to confirm, or came into their state without it."""
        return max(filter(None, (self.since, self.last_ask)), default=None)


@dataclass(frozen=True, slots=True)
class Policy:
    """What an installation may choose. The loop guard counts replies to one number within its window."""

    default_language: Language
    guard_window: timedelta = timedelta(minutes=10)
    guard_replies: int = 6
    guard_goodbyes: int = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """What one event does to one record. `evidence` None: nothing is sent, nor written but the seen mark."""

    before: Record
    after: Record
    evidence: Evidence | None
    reply: Reply | None
    language: Language
    told: Told

    @property
    def opts_out(self) -> bool:
        return self.after.state is State.OPTED_OUT


DAY: Final = timedelta(hours=24)
# A provider gives a webhook up after 15 s, so a message can reach us that much later than it was sent.
WEBHOOK_DELAY: Final = timedelta(seconds=15)

_OUT: Final = Rule(then=State.OPTED_OUT)
_GOODBYE: Final = Rule(then=State.OPTED_OUT, reply=Reply.GOODBYE)
_WELCOME: Final = Rule(then=State.SUBSCRIBED, reply=Reply.WELCOME)
_HELP: Final = Rule(reply=Reply.HELP)
_HOLD: Final = Rule(then=State.HELD, reply=Reply.CLARIFY)
_HOLD_DAILY: Final = Rule(then=State.HELD, reply=Reply.CLARIFY, answer=Answer.DAILY)
_ASK: Final = Rule(then=State.PENDING, reply=Reply.ASK_TO_CONFIRM)
_ASK_AGAIN: Final = Rule(reply=Reply.ASK_TO_CONFIRM, answer=Answer.DAILY)
_SUBSCRIBED: Final = Rule(then=State.SUBSCRIBED)
_SAME: Final = Rule(told=Told.ALREADY)
_IGNORED: Final = Rule(told=Told.ALREADY, recorded=False)
_NOT_HELD: Final = Rule(told=Told.NOT_HELD, recorded=False)
_MUST_TEXT_START: Final = Rule(told=Told.MUST_TEXT_START)

# Columns in the order of State: unknown, pending, subscribed, held, opted_out.
_ROWS: Final[Mapping[Signal, tuple[Rule, Rule, Rule, Rule, Rule]]] = {
    Signal.STOP: (
        _GOODBYE,
        _GOODBYE,
        _GOODBYE,
        _GOODBYE,
        Rule(reply=Reply.GOODBYE, answer=Answer.DAILY, told=Told.ALREADY),
    ),
    Signal.START: (_WELCOME, _WELCOME, Rule(reply=Reply.ALREADY, told=Told.ALREADY), _WELCOME, _WELCOME),
    Signal.CONFIRM: (_IGNORED, _WELCOME, _IGNORED, _IGNORED, _IGNORED),
    Signal.HELP: (_HELP, _HELP, _HELP, _HELP, _HELP),
    Signal.UNCLEAR: (_IGNORED, _HOLD, _HOLD_DAILY, _SAME, _SAME),
    Signal.OTHER: (_IGNORED, _IGNORED, _IGNORED, _IGNORED, _IGNORED),
    Signal.PROVIDER_STOP: (_OUT, _OUT, _OUT, _OUT, _SAME),
    Signal.NUMBER_GONE: (_IGNORED, _OUT, _OUT, _OUT, _SAME),
    Signal.WEB_OPT_IN: (_ASK, _ASK_AGAIN, _SAME, _SAME, _MUST_TEXT_START),
    Signal.IMPORT: (_SUBSCRIBED, _SUBSCRIBED, _SAME, _SAME, _MUST_TEXT_START),
    Signal.STAFF_OPT_OUT: (_GOODBYE, _GOODBYE, _GOODBYE, _GOODBYE, _SAME),
    Signal.STAFF_CLEARS_HOLD: (_NOT_HELD, _NOT_HELD, _NOT_HELD, _SUBSCRIBED, _NOT_HELD),
    Signal.EXPIRE: (_IGNORED, Rule(then=State.UNKNOWN), _IGNORED, _IGNORED, _IGNORED),
}

RULES: Final[Mapping[tuple[State, Signal], Rule]] = {
    (state, signal): rule for signal, row in _ROWS.items() for state, rule in zip(State, row, strict=True)
}


def decide(record: Record, event: Event, policy: Policy) -> Decision:
    """Apply the table to one event: what the record becomes, what is kept as proof, what is answered."""
    rule = RULES[record.state, event.signal]
    language = event.language or record.language or policy.default_language
    if not rule.recorded:
        return Decision(record, record, None, None, language, rule.told)
    if _superseded(record, event):
        return _keep_as_proof_only(record, event, language)
    withheld = _withheld(record, event, rule, policy)
    reply = None if withheld else rule.reply
    state = rule.then or record.state
    changes = _remembered(record, event, rule, policy, replied=reply is not None)
    if state is not record.state:
        changes |= {"state": state, "since": event.at, "source": event.channel}
        changes["confirmed"] = event.signal is Signal.CONFIRM
        changes["gone"] = event.signal is Signal.NUMBER_GONE
    if event.signal is Signal.START:  # said again by one who had only confirmed, it is their own word
        changes["confirmed"] = False
    if event.signal is Signal.STOP:  # somebody has the number after all
        changes["gone"] = False
    after = replace(record, version=record.version + 1, **changes)
    evidence = event.became(record.state, state, reply=reply, note=withheld)
    return Decision(record, after, evidence, reply, language, rule.told)


def _superseded(record: Record, event: Event) -> bool:
    """Whether a message that was read back later is older than what has already decided.

    Where the order cannot be known, the STOP wins and the yes loses.
    """
    if not event.read_back or record.since is None:
        return False
    clearly_older = record.since > event.at + WEBHOOK_DELAY
    match event.signal:
        case Signal.START:
            no_since = record.since if record.state in {State.HELD, State.OPTED_OUT} else None
            return any(no is not None and event.at <= no for no in (no_since, record.last_stop))
        case Signal.CONFIRM:
            return event.at <= record.since  # it was not this question that they answered
        case Signal.STOP | Signal.PROVIDER_STOP:
            own_start = (
                record.state is State.SUBSCRIBED and record.source is Channel.SMS and not record.confirmed
            )
            return clearly_older and own_start
        case Signal.UNCLEAR:
            return clearly_older
        case _:
            return False


def _keep_as_proof_only(record: Record, event: Event, language: Language) -> Decision:
    evidence = event.became(record.state, record.state, reply=None, note=LATE)
    return Decision(
        record, replace(record, version=record.version + 1), evidence, None, language, Told.ALREADY
    )


def _withheld(record: Record, event: Event, rule: Rule, policy: Policy) -> Sentence | None:
    """Why the rule's reply does not go out; None when it does (or when the rule has none)."""
    if rule.reply is None:
        return None
    if event.provider_answered:
        return PROVIDER_ANSWERED
    last = {
        Reply.GOODBYE: record.last_goodbye,
        Reply.CLARIFY: record.last_clarify,
        Reply.ASK_TO_CONFIRM: record.last_ask,
    }.get(rule.reply)
    if rule.answer is Answer.DAILY and last is not None and event.at - last < DAY:
        return ANSWERED_LATELY
    most = policy.guard_goodbyes if rule.reply is Reply.GOODBYE else policy.guard_replies
    return LOOP_GUARD if _replies_in_window(record, event.at, policy) >= most else None


def _replies_in_window(record: Record, now: datetime, policy: Policy) -> int:
    if record.replies_since is None or now - record.replies_since >= policy.guard_window:
        return 0
    return record.replies


def _remembered(record: Record, event: Event, rule: Rule, policy: Policy, *, replied: bool) -> dict[str, Any]:
    """The fields that later rules ask for: language, the last replies of each kind, the guard's count."""
    fields: dict[str, Any] = {"language": event.language or record.language}
    if event.signal in {Signal.STOP, Signal.PROVIDER_STOP, Signal.STAFF_OPT_OUT}:
        fields["last_stop"] = max(filter(None, (record.last_stop, event.at)))
    answered = replied or event.provider_answered
    if event.signal is Signal.PROVIDER_STOP or (rule.reply is Reply.GOODBYE and answered):
        fields["last_goodbye"] = event.at
    if rule.reply is Reply.CLARIFY and answered:
        fields["last_clarify"] = event.at
    if rule.reply is Reply.ASK_TO_CONFIRM and answered:
        fields["last_ask"] = event.at
    if replied:
        count = _replies_in_window(record, event.at, policy)
        fields |= {"replies_since": record.replies_since if count else event.at, "replies": count + 1}
    return fields
