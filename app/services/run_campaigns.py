"""Run all campaigns for a while: freeze, send, and give those who are left an outcome when one is cancelled."""

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

import structlog

from app.domain.campaign import Action, Campaign, CampaignStatus
from app.domain.errors import BadInput, StoreUnavailable
from app.domain.partition import PARTITIONS
from app.domain.recipient import Reason
from app.domain.replies import Language
from app.domain.sentence import sentence
from app.services.campaign_changes import GOING, ITSELF, ChangeCampaign
from app.services.campaign_ports import CampaignAudience, CampaignRows, Campaigns
from app.services.ports import Bookmarks, Line, Now, Provider
from app.services.send_campaign import SendCampaign

# Short enough for a worker that is asked to stop to have time for it.
LONGEST_SECONDS: Final = 8.0
# With several campaigns under way, be it that one is still written down, each has its turn for so long.
TURN_SECONDS: Final = 2.0
# While an audience is written down whose records are asked, those who are already are sent to, in turns of so long.
FREEZE_SECONDS: Final = 0.5
# Missed messages count as read when no more than so many readings are missing.
READINGS_MISSING: Final = 3
CLOSE_AT_ONCE: Final = 200
READING_BACK: Final = sentence(
    "texts that came in during an outage are read back first (the clock does that)"
)

log = structlog.get_logger(__name__)


class Written(StrEnum):
    """How far writing down an audience has come."""

    ALL = "all"
    SOME = "some"
    # It was paused or cancelled, or somebody else was done sooner.
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunCampaigns:
    """Safe to run twice, at once, and to be killed at any moment."""

    change: ChangeCampaign
    campaigns: Campaigns
    audience: CampaignAudience
    rows: CampaignRows
    send: SendCampaign
    provider: Provider
    bookmarks: Bookmarks
    now: Now
    read_back_seconds: float
    default_language: Language

    def __call__(self) -> bool:
        """Work for some seconds at most; whether there may be more to do at once."""
        return asyncio.run(self._run())

    async def _run(self) -> bool:
        until = time.monotonic() + LONGEST_SECONDS
        async with self.provider.line() as line:
            while time.monotonic() < until:
                if not await self._round(line, until):
                    return False
        return True

    async def _round(self, line: Line, until: float) -> bool:
        """A turn for each; whether anything was done. What is wrong with one is raised when all have had theirs."""
        under_way = await asyncio.to_thread(self.campaigns.restless)
        done, wrong = False, list[StoreUnavailable]()
        for each in under_way:
            try:
                done |= await self._turn(each, line, until, under_way)
            except StoreUnavailable as unavailable:
                log.warning("campaign lost its turn", campaign=each.id, reason=str(unavailable))
                wrong.append(unavailable)
        if wrong:
            raise wrong[0]
        return done

    async def _turn(self, campaign: Campaign, line: Line, until: float, all_: Sequence[Campaign]) -> bool:
        """Whether anything was done for it."""
        match campaign.status:
            case CampaignStatus.FREEZING:
                return await self._begin(campaign, line)
            case CampaignStatus.RUNNING:
                alone = sum(each.status in GOING for each in all_) == 1
                left = until - time.monotonic()
                return await self._send(campaign, line, left if alone else min(left, TURN_SECONDS))
            case CampaignStatus.CANCELLED:
                return await asyncio.to_thread(self._cancel, campaign)
            case _:
                return False

    async def _begin(self, campaign: Campaign, line: Line) -> bool:
        match await asyncio.to_thread(self._freeze, campaign):
            case Written.ALL:
                return await asyncio.to_thread(self._try, campaign, Action.FROZEN, "")
            case Written.SOME:
                await self._send(campaign, line, FREEZE_SECONDS)
            case Written.STOPPED:
                pass  # its next turn finds what has become of it
        return True

    def _freeze(self, campaign: Campaign) -> Written:
        """Write down who gets it, as long as the campaign stays as it is.

        Where every record is read this stops after a while, and one partition at least; the sets alone take no time.
        """
        until = time.monotonic() + (FREEZE_SECONDS if campaign.audience.asks_records else math.inf)
        for partition in range(PARTITIONS):
            if not self._stays(campaign):
                return Written.STOPPED
            done = self.audience.freeze(campaign, partition, self.now(), self.default_language)
            if done and time.monotonic() >= until:
                return Written.SOME if self._stays(campaign) else Written.STOPPED
        return Written.ALL

    async def _send(self, campaign: Campaign, line: Line, seconds: float) -> bool:
        if not await asyncio.to_thread(self._may_go_on, campaign):
            return False
        sent = await self.send(campaign, line, seconds)
        if sent.broken:
            await asyncio.to_thread(self._try, campaign, Action.PAUSE, sent.broken)
        if sent.stopped:
            await asyncio.to_thread(self._arm_again, campaign)
        return sent.tried > 0

    def _arm_again(self, campaign: Campaign) -> None:
        """Whoever set it going may have died before it could be claimed from."""
        if self._stays(campaign):
            self.audience.arm(campaign)

    def _stays(self, campaign: Campaign) -> bool:
        """Whether it is still as it was when its turn began."""
        return self.campaigns.load(campaign.id) == campaign

    def _may_go_on(self, campaign: Campaign) -> bool:
        """Whether all STOPs up to now are known: those that came while the web was away are read back first."""
        read_to, latest = self.bookmarks.read_back_to(), READINGS_MISSING * self.read_back_seconds
        if read_to is not None and self.now() - read_to <= timedelta(seconds=latest):
            return True
        self.campaigns.note_wait(campaign.id, str(READING_BACK))
        return False

    def _cancel(self, campaign: Campaign) -> bool:
        """Give the next of those who wait their outcome."""
        now, skipped = self.now(), 0
        for partition in range(PARTITIONS):
            # Whoever was to come up later is meant as well.
            waiting = self.rows.peek(campaign.id, [partition], now + timedelta(days=36_500), CLOSE_AT_ONCE)
            if waiting:
                numbers = [recipient.number for recipient in waiting]
                skipped += self.rows.skip(campaign.id, numbers, Reason.CANCELLED, now)
        return skipped > 0

    def _try(self, campaign: Campaign, action: Action, reason: str) -> bool:
        """Do what the campaign's progress asks for, unless a person was quicker."""
        try:
            self.change(
                campaign.id, action, lambda _: {"reason": reason, "halted_by": ITSELF} if reason else {}
            )
        except BadInput as refused:
            log.info("campaign left as it is", campaign=campaign.id, reason=str(refused))
        return True
