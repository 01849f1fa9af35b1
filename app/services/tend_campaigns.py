"""What the clock does for campaigns: start, finish, pause what goes wrong, and find out what nobody knows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from app.domain.campaign import Action, Campaign, CampaignStatus
from app.domain.errors import BadInput, ProviderUnavailable
from app.domain.outbox import Fate
from app.domain.verdict import Limits, verdict
from app.services.campaign_changes import ITSELF, ChangeCampaign, tally
from app.services.campaign_ports import (
    CampaignFates,
    CampaignResults,
    CampaignRows,
    Campaigns,
    RowClaim,
    RowSettlement,
)
from app.services.ports import Now, Provider, Settled
from app.services.settle_unknowns import BITE, SKEW

BEGUN: Final = frozenset(
    {CampaignStatus.FREEZING, CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.CANCELLED}
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SettleCampaigns:
    """Leases that ended become unknowns; unknowns past their grace are marked sent, or come up again."""

    campaigns: Campaigns
    rows: CampaignRows
    fates: CampaignFates
    provider: Provider
    now: Now
    grace: float

    def __call__(self) -> int:
        """How many were settled."""
        return sum(self._settle_all(each.id) for each in self.campaigns.restless() if each.status in BEGUN)

    def _settle_all(self, campaign: str) -> int:
        self.fates.expire_leases(campaign, self.now(), self.grace)
        return sum(self._settle(claim) for claim in self.fates.unknowns(campaign, self.now(), BITE))

    def _settle(self, claim: RowClaim) -> bool:
        now, draft = self.now(), claim.draft
        try:
            found = self.provider.find_sent(draft.number, draft.body, claim.since - SKEW)
        except ProviderUnavailable:
            later = now + timedelta(seconds=self.grace / 4)
            self.rows.settle([(claim, RowSettlement(Fate.UNKNOWN, now, when=later))])
            return False
        for message in found:
            # One message is one recipient's: the first that no other row has taken.
            (settled,) = self.rows.settle([(claim, RowSettlement(Fate.SENT, now, message=message))])
            if settled is not Settled.TAKEN:
                return True
        self.rows.settle([(claim, RowSettlement(Fate.AGAIN, now, when=now))])
        return True


@dataclass(frozen=True, slots=True)
class TendCampaigns:
    """Look after every campaign that is under way."""

    change: ChangeCampaign
    campaigns: Campaigns
    results: CampaignResults
    now: Now
    limits: Limits

    def __call__(self) -> bool:
        """Whether a worker is wanted."""
        wanted = [self._tend(campaign) for campaign in self.campaigns.restless()]
        return any(wanted)

    def _tend(self, campaign: Campaign) -> bool:
        now = self.now()
        match campaign.status:
            case CampaignStatus.SCHEDULED if campaign.scheduled_at and campaign.scheduled_at <= now:
                return self._try(campaign, Action.SEND, started_at=now)
            case CampaignStatus.FREEZING:
                return not self._goes_badly(campaign)
            case CampaignStatus.RUNNING | CampaignStatus.PAUSED:
                return self._look_at(campaign)
            case CampaignStatus.CANCELLED:
                return self._let_rest(campaign)
            case _:
                return False

    def _look_at(self, campaign: Campaign) -> bool:
        now, paused = self.now(), campaign.status is CampaignStatus.PAUSED
        # In this order: somebody may be writing down the last of its audience.
        whole = not paused or self.change.audience.is_frozen(campaign.id)
        if whole and not self.results.left(campaign.id).any:
            self._try(campaign, Action.FINISH, finished_at=now, reason="", halted_by="")
            return False
        if paused:
            return False
        return not self._goes_badly(campaign) and self.results.due(campaign.id, now) > 0

    def _goes_badly(self, campaign: Campaign) -> bool:
        """Whether it goes so badly that it was to be paused."""
        so_far = tally(self.results.counts(campaign.id))
        if reason := verdict(campaign.judged_from, so_far, self.limits):
            self._try(campaign, Action.PAUSE, reason=reason, halted_by=ITSELF)
        return bool(reason)

    def _let_rest(self, campaign: Campaign) -> bool:
        """Leave a cancelled one alone once nobody waits for an outcome nor ever will; whether a worker is wanted."""
        left = self.results.left(campaign.id)
        if not left.any and campaign.started_at:
            # A worker that looked before it was cancelled may be writing somebody down.
            self.change.audience.close(campaign.id)
            left = self.results.left(campaign.id)
        if not left.any:
            self.campaigns.save(campaign.left_alone(self.now()), rests=True)
        return bool(left.todo)

    def _try(self, campaign: Campaign, action: Action, **changes: object) -> bool:
        """Do what the clock found to be time for, unless somebody has changed the campaign since."""

        def unless_changed(now: Campaign) -> dict[str, object]:
            if now.version != campaign.version:
                raise BadInput("somebody has changed it since the clock looked")
            return changes

        try:
            self.change(campaign.id, action, unless_changed)
        except BadInput as refused:
            log.info("campaign left as it is", campaign=campaign.id, reason=str(refused))
            return False
        return True
