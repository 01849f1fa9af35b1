"""What the provider reports of a message after it was handed over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.campaign import CampaignRef
from app.domain.number import Number
from app.domain.outbox import RowRef

# Reports come in any order and repeat. A status is only overwritten by one of a higher rank, and what is
# final is overwritten by nothing but "read".
RANKS: Final = {
    "accepted": 0,
    "scheduled": 1,
    "queued": 2,
    "sending": 3,
    "sent": 4,
    "delivered": 5,
    "undelivered": 5,
    "failed": 5,
    "canceled": 5,
    "partially_delivered": 5,
    "read": 6,
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a message of ours got, as the provider last said. `code`: its error code, or 0."""

    status: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One report. `ref` None: the message is none of ours. `code`: the provider's error code, or 0.

    `blocked`: the person has stopped us at the provider. `gone`: the number is not reached any more.
    """

    ref: RowRef | CampaignRef | None
    number: Number | None
    message: str
    status: str
    code: int
    blocked: bool
    gone: bool
    at: datetime

    @property
    def rank(self) -> int | None:
        """How far the message is; None for a status we do not know."""
        return RANKS.get(self.status)
