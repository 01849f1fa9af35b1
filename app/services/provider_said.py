"""What the provider's word about a message says: what became of it, and whether they stopped us or have gone."""

from datetime import datetime, timedelta
from typing import assert_never

from app.domain.evidence import Channel, Event
from app.domain.outbox import Fate, Outcome
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.ports import Accepted, FateUnknown, Posted, Refused


def in_answer(posted: Posted, row: str, at: datetime) -> Event | None:
    """The end of a consent that the answer to a message tells of; None where it tells of none. `row` names ours."""
    if not isinstance(posted, Refused):
        return None
    return _event(posted, f"error {posted.code} when sending", row, at)


def outcome_of(posted: Accepted | Refused | FateUnknown, now: datetime, grace: float) -> Outcome:
    """What became of a row of the outbox; an unknown fate is asked about after `grace` seconds."""
    match posted:
        case Accepted(message):
            return Outcome(Fate.SENT, now, message=message)
        case Refused(code):
            return Outcome(Fate.FAILED, now, code=code, why=f"refused with error {code}")
        case FateUnknown(why):
            return Outcome(Fate.UNKNOWN, now, when=now + timedelta(seconds=grace), why=why)
        case _:
            assert_never(posted)


def in_status(report: StatusReport) -> Event | None:
    """The same of a status callback."""
    return _event(report, f"status {report.status} with error {report.code}", report.message, report.at)


def _event(said: Refused | StatusReport, words: str, message: str, at: datetime) -> Event | None:
    if not (said.blocked or said.gone):
        return None
    signal = Signal.PROVIDER_STOP if said.blocked else Signal.NUMBER_GONE
    return Event(signal, at, Channel.PROVIDER, "provider", words=words, message=message)
