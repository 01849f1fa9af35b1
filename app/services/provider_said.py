"""What the provider's word about a message says: what became of it, and whether they stopped us or have gone."""

from datetime import datetime, timedelta
from typing import assert_never

from app.domain.evidence import Channel, Event
from app.domain.outbox import Fate, Outcome
from app.domain.remarks import REFUSED, SENDING_FAILED, STATUS_FAILED
from app.domain.sentence import Sentence
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.ports import Accepted, FateUnknown, Posted, Refused


def in_answer(posted: Posted, row: str, at: datetime) -> Event | None:
    """The end of a consent that the answer to a message tells of; None where it tells of none. `row` names ours."""
    if not isinstance(posted, Refused):
        return None
    return _event(posted, SENDING_FAILED.with_(code=posted.code), row, at)


def outcome_of(posted: Accepted | Refused | FateUnknown, now: datetime, grace: float) -> Outcome:
    """What became of a row of the outbox; an unknown fate is asked about after `grace` seconds."""
    match posted:
        case Accepted(message):
            return Outcome(Fate.SENT, now, message=message)
        case Refused(code):
            return Outcome(Fate.FAILED, now, code=code, why=str(REFUSED.with_(code=code)))
        case FateUnknown(why):
            return Outcome(Fate.UNKNOWN, now, when=now + timedelta(seconds=grace), why=why)
        case _:
            assert_never(posted)


def in_status(report: StatusReport) -> Event | None:
    """The same of a status callback."""
    words = STATUS_FAILED.with_(status=report.status, code=report.code)
    return _event(report, words, report.message, report.at)


def _event(said: Refused | StatusReport, words: Sentence, message: str, at: datetime) -> Event | None:
    if not (said.blocked or said.gone):
        return None
    signal = Signal.PROVIDER_STOP if said.blocked else Signal.NUMBER_GONE
    return Event(signal, at, Channel.PROVIDER, "provider", words=str(words), message=message)
