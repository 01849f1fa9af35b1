"""The provider reports what became of a message: note it, and heed what it says about the person."""

from dataclasses import dataclass

from app.domain.campaign import CampaignRef
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.apply_event import ApplyEvent
from app.services.campaign_ports import CampaignFates
from app.services.ports import Outbox


@dataclass(frozen=True, slots=True)
class RecordStatus:
    """Handle one status callback. Repeats and stragglers change nothing."""

    outbox: Outbox
    recipients: CampaignFates
    apply_event: ApplyEvent

    def __call__(self, report: StatusReport) -> bool:
        """Whether it was news. Raises StoreUnavailable when it has to be delivered again."""
        if report.number is None:
            return False
        # Consent first: if we die in between, the callback comes again and finds this done.
        if report.blocked or report.gone:
            self._heed(report, report.number)
        of_campaign = isinstance(report.ref, CampaignRef)
        return self.recipients.report(report) if of_campaign else self.outbox.report(report)

    def _heed(self, report: StatusReport, number: Number) -> None:
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
