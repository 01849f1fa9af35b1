"""Send what is owed: claim, post, write down what became of it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from app.domain.outbox import Claim, Fate, Outcome
from app.domain.remarks import GIVEN_UP
from app.services.apply_event import ApplyEvent
from app.services.ports import (
    Accepted,
    Line,
    NotSent,
    Now,
    Outbox,
    Posted,
    Provider,
    Settled,
)
from app.services.provider_said import in_answer, outcome_of
from app.services.try_again import GIVE_UP_AFTER, STALE_CLAIM_SECONDS, pause_before

# As many as can be on the wire at once, so that no claim waits for another's answer.
BITE: Final = 20
LONGEST_DRAIN_SECONDS: Final = 30.0
LONGEST_PAUSE_SECONDS: Final = 60.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverReplies:
    """Drain the outbox. Safe to run twice, at once, and to be killed at any moment."""

    outbox: Outbox
    provider: Provider
    apply_event: ApplyEvent
    now: Now
    lease: float
    grace: float

    def __call__(self) -> int:
        """Send until nothing is due, for half a minute at most; how many messages were tried."""
        return asyncio.run(self._drain())

    async def _drain(self) -> int:
        started, tried = time.monotonic(), 0
        claims: Sequence[Claim] = self.outbox.claim(self.now(), self.lease, BITE)
        if not claims:
            return 0
        async with self.provider.line() as line:
            while claims:
                claimed = time.monotonic()
                await asyncio.gather(*(self._deliver(line, claim, claimed) for claim in claims))
                tried += len(claims)
                if time.monotonic() - started > LONGEST_DRAIN_SECONDS:
                    break
                claims = self.outbox.claim(self.now(), self.lease, BITE)
        return tried

    async def _deliver(self, line: Line, claim: Claim, claimed: float) -> None:
        if time.monotonic() - claimed > STALE_CLAIM_SECONDS:
            posted: Posted = NotSent(after=0)
        else:
            posted = await line.post(claim.number, claim.body, claim.ref, sender=claim.sender)
        if event := in_answer(posted, claim.ref.text, self.now()):
            self.apply_event(claim.number, event)
        settled = self.outbox.settle(claim, self._outcome(claim, posted))
        log.info(
            "reply",
            row=claim.ref.text,
            reply=claim.reply,
            posted=type(posted).__name__,
            code=getattr(posted, "code", 0),
            settled=settled,
        )
        if settled in {Settled.LOST, Settled.TAKEN} and isinstance(posted, Accepted):
            log.error("sent after the claim was lost", row=claim.ref.text)

    def _outcome(self, claim: Claim, posted: Posted) -> Outcome:
        now = self.now()
        if isinstance(posted, NotSent):
            return _again(claim, posted.after, posted.code, now)
        return outcome_of(posted, now, self.grace)


def _again(claim: Claim, after: float, code: int, now: datetime) -> Outcome:
    if now - claim.owed_since > GIVE_UP_AFTER:
        return Outcome(Fate.FAILED, now, code=code, why=str(GIVEN_UP))
    pause = pause_before(claim.attempts, after, LONGEST_PAUSE_SECONDS)
    return Outcome(Fate.AGAIN, now, when=now + pause, code=code)
