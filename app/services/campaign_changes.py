"""One change of one campaign: load, ask the table, write; and again when somebody else was quicker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import structlog

from app.domain.campaign import Action, Campaign, CampaignStatus, Tally, campaign_id
from app.domain.errors import BadInput, StoreUnavailable
from app.services.campaign_ports import CampaignAudience, Campaigns

# A finished or cancelled one rests once everybody has an outcome; a draft does until somebody comes back to it.
RESTING: Final = frozenset({CampaignStatus.DRAFT, CampaignStatus.FINISHED})
# Whoever is written down can be claimed while the others still are being written down.
GOING: Final = frozenset({CampaignStatus.FREEZING, CampaignStatus.RUNNING})
ROUNDS: Final = 20
# Who pauses a campaign that goes wrong.
ITSELF: Final = "stopwoord"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChangeCampaign:
    """The one way in which a campaign's status changes."""

    campaigns: Campaigns
    audience: CampaignAudience

    def load(self, campaign: str) -> Campaign:
        """The campaign. Raises BadInput where there is none of that id."""
        found = self.campaigns.load(campaign_id(campaign))
        if found is None:
            raise BadInput(f"there is no campaign {campaign}; `stopwoord campaign list` shows all of them")
        return found

    def __call__(
        self, campaign: str, action: Action, changes: Callable[[Campaign], dict[str, object]] = lambda _: {}
    ) -> Campaign:
        """The campaign after it. Raises BadInput when the action is not possible now."""
        for _ in range(ROUNDS):
            before = self.load(campaign)
            after = before.after(action, **changes(before))
            if self.campaigns.save(after, rests=after.status in RESTING):
                # The version in the claim's condition has changed: what is not claimed yet is not any more.
                if after.status in GOING:
                    self.audience.arm(after)
                elif before.status in GOING:
                    self.audience.disarm(campaign)
                log.info("campaign", campaign=campaign, action=action, status=after.status)
                return after
        raise StoreUnavailable("this campaign kept changing; try again")


def tally(counts: Mapping[str, int]) -> Tally:
    """The counts of a campaign as far as they say how well it goes."""
    failed = counts.get("failed", 0)
    return Tally(
        tried=counts.get("sent", 0) + failed,
        lost=failed + counts.get("undelivered", 0),
        opted_out=counts.get("opted_out", 0),
    )
