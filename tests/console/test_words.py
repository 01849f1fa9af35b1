"""Whatever may happen has words in the console."""

from app.domain.campaign import CampaignStatus
from app.domain.consent import State
from app.domain.recipient import Reason
from app.web.console.words import CAMPAIGN_STATUSES, REASONS, STATES


def test_every_state_status_and_reason_has_words() -> None:
    assert set(STATES) == set(State)
    assert set(CAMPAIGN_STATUSES) == set(CampaignStatus)
    assert set(REASONS) == set(Reason)
