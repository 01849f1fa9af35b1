"""The provider reports what became of a message: note it, and heed what it says about the person."""

from dataclasses import dataclass

from app.domain.campaign import CampaignRef
from app.domain.status import StatusReport
from app.services.apply_event import ApplyEvent
from app.services.campaign_ports import CampaignFates
from app.services.count_errors import CountErrors
from app.services.ports import Outbox
from app.services.provider_said import in_status


@dataclass(frozen=True, slots=True)
class RecordStatus:
    """Handle one status callback. Repeats and stragglers change nothing."""

    outbox: Outbox
    recipients: CampaignFates
    apply_event: ApplyEvent
    count_error: CountErrors

    def __call__(self, report: StatusReport) -> bool:
        """Whether it was news. Raises StoreUnavailable when it has to be delivered again."""
        if report.number is None:
            return False
        # Consent first: if we die in between, the callback comes again and finds this done.
        if event := in_status(report):
            self.apply_event(report.number, event)
        of_campaign = isinstance(report.ref, CampaignRef)
        news = self.recipients.report(report) if of_campaign else self.outbox.report(report)
        if news:
            self.count_error(report.code, report.at)
        return news
