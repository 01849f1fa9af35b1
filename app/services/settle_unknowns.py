"""Find out what became of messages whose fate is unknown: ask the provider, never guess."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.domain.errors import ProviderUnavailable
from app.domain.outbox import TEST, Claim, Fate, Outcome
from app.domain.remarks import FOUND, NOT_SENT
from app.services.ports import Now, Outbox, Provider, Settled

BITE: Final = 50
# The provider's clock and ours may differ, and its times are whole seconds.
SKEW: Final = timedelta(seconds=5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SettleUnknowns:
    """Leases that ended become unknowns; unknowns past their grace are marked sent, or owed again."""

    outbox: Outbox
    provider: Provider
    now: Now
    grace: float

    def __call__(self) -> int:
        """How many were settled."""
        self.outbox.expire_leases(self.now(), self.grace)
        unknowns = self.outbox.unknowns(self.now(), BITE)
        return sum(self._settle(claim) for claim in unknowns)

    def _settle(self, claim: Claim) -> bool:
        now = self.now()
        try:
            found = self.provider.find_sent(claim.number, claim.body, claim.since - SKEW)
        except ProviderUnavailable:
            later = now + timedelta(seconds=self.grace / 4)
            self.outbox.settle(claim, Outcome(Fate.UNKNOWN, now, when=later))
            return False
        outcome = self._as_sent(claim, found, now)
        log.info("unknown settled", row=claim.ref.text, reply=claim.reply, fate=outcome)
        return True

    def _as_sent(self, claim: Claim, found: list[str], now: datetime) -> Fate:
        """Take the first of the messages found that no other row has taken; if there is none, owe it again."""
        for message in found:
            sent = Outcome(Fate.SENT, now, message=message, why=str(FOUND))
            if self.outbox.settle(claim, sent) is not Settled.TAKEN:
                return Fate.SENT
        if claim.reply == TEST:
            # Whoever asked for it may have gone, and its hours may be over: it is tried once.
            self.outbox.settle(claim, Outcome(Fate.FAILED, now, why=str(NOT_SENT)))
            return Fate.FAILED
        self.outbox.settle(claim, Outcome(Fate.AGAIN, now, when=claim.owed_since))
        return Fate.AGAIN
