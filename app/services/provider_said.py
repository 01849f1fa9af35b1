"""What the provider's word about a message says about the person: that they stopped us there, or have gone."""

from datetime import datetime

from app.domain.evidence import Channel, Event
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.ports import Posted, Refused


def in_answer(posted: Posted, row: str, at: datetime) -> Event | None:
    """The end of a consent that the answer to a message tells of; None where it tells of none. `row` names ours."""
    if not isinstance(posted, Refused):
        return None
    return _event(posted, f"error {posted.code} when sending", row, at)


def in_status(report: StatusReport) -> Event | None:
    """The same of a status callback."""
    return _event(report, f"status {report.status} with error {report.code}", report.message, report.at)


def _event(said: Refused | StatusReport, words: str, message: str, at: datetime) -> Event | None:
    if not (said.blocked or said.gone):
        return None
    signal = Signal.PROVIDER_STOP if said.blocked else Signal.NUMBER_GONE
    return Event(signal, at, Channel.PROVIDER, "provider", words=words, message=message)
