"""Send one campaign for a while: claim a little ahead of the senders, post many at once, settle in bunches."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

import structlog

from app.domain.campaign import Campaign
from app.domain.errors import StoreUnavailable
from app.domain.outbox import Fate
from app.domain.recipient import Reason
from app.services.apply_event import ApplyEvent
from app.services.campaign_ports import (
    CampaignRows,
    RowClaim,
    RowSettlement,
    Throttle,
)
from app.services.next_bite import Bite, NextBite
from app.services.ports import Accepted, FateUnknown, Line, NotSent, Now, Posted, Refused, Settled
from app.services.provider_said import in_answer
from app.services.try_again import GIVE_UP_AFTER, STALE_CLAIM_SECONDS, pause_before

# As many as are on the wire at once.
AT_ONCE: Final = 24
# So much is claimed ahead, which is what somebody's STOP can come too late for.
AHEAD_SECONDS: Final = 0.25
LARGEST_BITE: Final = 800
# Posts a second that are expected before any were made.
FIRST_RATE: Final = 300.0
MEASURE_EVERY: Final = 0.1
SETTLE_EVERY: Final = 0.05
LONGEST_PAUSE_SECONDS: Final = 300.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a while of sending came to. `broken`: what somebody has to mend before it goes on, or "".

    `stopped`: nothing can be claimed of this version of the campaign.
    """

    tried: int
    broken: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class SendCampaign:
    """The parts that sending needs."""

    rows: CampaignRows
    next_bite: NextBite
    throttle: Throttle
    apply_event: ApplyEvent
    now: Now
    grace: float

    async def __call__(self, campaign: Campaign, line: Line, seconds: float) -> Sent:
        """Send until nothing can be claimed, it is stopped, something is broken, or the time is over."""
        return await _Sending(self, campaign, line).run(time.monotonic() + seconds)


class _Sending:
    """One run of one campaign: a feeder claims, several posters post, one settler writes the outcomes."""

    def __init__(self, parts: SendCampaign, campaign: Campaign, line: Line) -> None:
        self._parts, self._campaign, self._line = parts, campaign, line
        self._ready: asyncio.Queue[tuple[RowClaim, float] | None] = asyncio.Queue()
        self._done: list[tuple[RowClaim, RowSettlement, Posted]] = []
        self._posted, self._rate = 0, FIRST_RATE
        self._low, self._drained = 0, asyncio.Event()
        self._broken, self._stopped = "", False

    async def run(self, until: float) -> Sent:
        posters = [asyncio.create_task(self._post_all()) for _ in range(AT_ONCE)]
        over = asyncio.Event()
        settler = asyncio.create_task(self._settle_all(over))
        try:
            await self._feed(until, settler)
        finally:
            for _ in posters:
                self._ready.put_nowait(None)
            await asyncio.gather(*posters)
            over.set()
            await settler
        return Sent(self._posted, self._broken, self._stopped)

    async def _feed(self, until: float, settler: asyncio.Task[None]) -> None:
        bites = self._parts.next_bite.of(self._campaign)
        last, posted = time.monotonic(), 0
        # Without a settler nothing that is sent would be written down.
        while (now := time.monotonic()) < until and not self._broken and not settler.done():
            if now - last > MEASURE_EVERY and self._posted > posted:
                self._rate, last, posted = (self._posted - posted) / (now - last), now, self._posted
            ahead = min(LARGEST_BITE, max(AT_ONCE, int(self._rate * AHEAD_SECONDS)))
            self._low = ahead // 2
            if self._ready.qsize() > self._low:
                self._drained.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._drained.wait(), 0.2)
                continue
            bite: Bite = await asyncio.to_thread(bites.take, ahead)
            claimed = time.monotonic()
            for claim in bite.claims:
                self._ready.put_nowait((claim, claimed))
            if bite.over:
                self._stopped = bite.stopped
                return
            if bite.pause:
                await asyncio.sleep(min(bite.pause, max(0.0, until - time.monotonic())))

    async def _post_all(self) -> None:
        while taken := await self._ready.get():
            claim, claimed = taken
            if self._ready.qsize() <= self._low:
                self._drained.set()
            posted = await self._post(claim, claimed)
            self._posted += 1
            if isinstance(posted, NotSent):
                self._broken = self._broken or posted.broken
            try:
                await self._learn(claim, posted)
            except StoreUnavailable:
                continue  # nothing is written down, so that the lease ends and it is found out once more
            self._done.append(
                (claim, _settlement(claim, posted, self._parts.now(), self._parts.grace), posted)
            )

    async def _post(self, claim: RowClaim, claimed: float) -> Posted:
        if self._broken or time.monotonic() - claimed > STALE_CLAIM_SECONDS:
            return NotSent(after=0)
        draft = claim.draft
        return await self._line.post(
            draft.number, draft.body, claim.ref, sender=draft.sender, valid_for=draft.valid_for
        )

    async def _learn(self, claim: RowClaim, posted: Posted) -> None:
        """Heed what an answer says of more than this message."""
        if event := in_answer(posted, claim.ref.text, self._parts.now()):
            await asyncio.to_thread(self._parts.apply_event, claim.draft.number, event)
        if isinstance(posted, NotSent) and posted.too_fast:
            await asyncio.to_thread(self._parts.throttle.slow_down, claim.draft.sender, self._parts.now())

    async def _settle_all(self, over: asyncio.Event) -> None:
        while not over.is_set() or self._done:
            bunch, self._done = self._done, []
            if bunch:
                await asyncio.to_thread(self._settle, bunch)
            elif not over.is_set():
                await asyncio.sleep(SETTLE_EVERY)

    def _settle(self, bunch: Sequence[tuple[RowClaim, RowSettlement, Posted]]) -> None:
        answers = self._parts.rows.settle([(claim, settlement) for claim, settlement, _ in bunch])
        for (claim, settlement, posted), answer in zip(bunch, answers, strict=True):
            if settlement.fate is not Fate.SENT:
                log.info("campaign text", row=claim.ref.text, fate=settlement.fate, code=settlement.code)
            if answer in {Settled.LOST, Settled.TAKEN} and isinstance(posted, Accepted):
                log.error("sent after the claim was lost", row=claim.ref.text)


def _settlement(claim: RowClaim, posted: Posted, now: datetime, grace: float) -> RowSettlement:
    match posted:
        case Accepted(message):
            return RowSettlement(Fate.SENT, now, message=message)
        case Refused(code, blocked, gone):
            reason = Reason.BLOCKED if blocked else Reason.GONE if gone else Reason.REFUSED
            return RowSettlement(Fate.FAILED, now, reason=reason, code=code)
        case FateUnknown():
            return RowSettlement(Fate.UNKNOWN, now, when=now + timedelta(seconds=grace))
        case NotSent(after, code):
            if now - claim.since > GIVE_UP_AFTER and after:
                return RowSettlement(Fate.FAILED, now, reason=Reason.UNDELIVERABLE, code=code)
            pause = pause_before(claim.attempts, after, LONGEST_PAUSE_SECONDS)
            return RowSettlement(Fate.AGAIN, now, when=now + pause, code=code)
        case _:
            assert_never(posted)
