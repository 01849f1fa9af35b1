"""The small vocabulary that tests tell their stories in: people, moments, messages and what they cause."""

from datetime import UTC, datetime, timedelta

from app.bootstrap import new_ref
from app.domain.consent import Decision, Policy, Record, decide
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.outbox import NEEDS, Debt
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.ports import Commit, Consents

NL, EN = Language("nl"), Language("en")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
POLICY = Policy(default_language=NL)


def after(seconds: float = 0, *, hours: float = 0) -> datetime:
    """So long after the noon at which every story begins."""
    return NOON + timedelta(seconds=seconds, hours=hours)


def person(index: int = 0) -> Number:
    return Number(f"+3161234{index:04d}")


def sid(index: int) -> str:
    """A message id in the provider's form."""
    return f"SM{index:032x}"


def texted(signal: Signal, at: datetime = NOON, message: str = "", **circumstances: object) -> Event:
    """A person sent a message with this meaning."""
    return Event(signal, at, Channel.SMS, "person", words=signal.value, message=message, **circumstances)  # type: ignore[arg-type]


def debt_of(number: Number, decision: Decision, event: Event) -> Debt | None:
    if decision.reply is None:
        return None
    return Debt(
        ref=new_ref(number),
        number=number,
        reply=decision.reply,
        language=decision.language,
        body=f"the text of {decision.reply}",
        due=event.at,
        needs=NEEDS.get(decision.reply, ""),
        ask_first=event.read_back,
    )


def decided(record: Record, event: Event) -> Decision:
    return decide(record, event, POLICY)


def apply(consents: Consents, number: Number, event: Event) -> Commit:
    """Load, decide, commit, once: whatever the store answers."""
    decision = decided(consents.load(number), event)
    return consents.commit(number, decision, event.mark, debt_of(number, decision, event)).result
