"""The provider reports what became of a message: note it, and heed what it says about the person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.ports import Outbox, StatusReport

# Callbacks come in any order and repeat. A status is only overwritten by one of a higher rank, and what is
# final is overwritten by nothing but "read".
RANKS: Final = {
    **{"accepted": 0, "scheduled": 1, "queued": 2, "sending": 3, "sent": 4},
    **{"delivered": 5, "undelivered": 5, "failed": 5, "canceled": 5, "partially_delivered": 5, "read": 6},
}


@dataclass(frozen=True, slots=True)
class MessageStatus:
    """One status callback, parsed. `ref` None: the message is not of our outbox."""

    ref: RowRef | None
    number: Number | None
    message: str
    status: str
    code: int
    blocked: bool
    gone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordStatus:
    """Handle one status callback. Repeats and stragglers change nothing."""

    outbox: Outbox
    apply_event: ApplyEvent

    def __call__(self, report: MessageStatus) -> bool:
        """Whether it was news. Raises StoreUnavailable when it has to be delivered again."""
        if report.number is None:
            return False
        # Consent first: if we die in between, the callback comes again and finds this done.
        if report.blocked or report.gone:
            self._heed(report, report.number)
        rank = RANKS.get(report.status)
        if report.ref is None or rank is None:
            return False
        status = StatusReport(report.status, rank, report.code, report.at)
        return self.outbox.report(report.ref, report.number, report.message, status)

    def _heed(self, report: MessageStatus, number: Number) -> None:
        signal = Signal.PROVIDER_STOP if report.blocked else Signal.NUMBER_GONE
        event = Event(
            signal=signal,
            at=report.at,
            channel=Channel.PROVIDER,
            actor="provider",
            words=f"status {report.status} with error {report.code}",
            message=report.message,
        )
        self.apply_event(number, event)
