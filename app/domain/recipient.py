"""What became of one recipient of a campaign: exactly one outcome, and later what the provider says of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.campaign import Cap
from app.domain.number import Number
from app.domain.status import RANKS, StatusReport


class Ending(StrEnum):
    """The three ways in which it can end."""

    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why somebody was skipped or could not be reached. The first ones are the states that are no consent."""

    OPTED_OUT = "opted_out"
    HELD = "held"
    PENDING = "pending"
    UNKNOWN = "unknown"
    ERASED = "erased"
    UNREADABLE = "unreadable"
    CAPPED = "capped"
    TOO_LATE = "too_late"
    CANCELLED = "cancelled"
    NO_HOURS = "no_hours"
    VALUE_MISSING = "value_missing"
    NO_TEXT = "no_text"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"
    UNDELIVERABLE = "undeliverable"


IN_WORDS: Final = {
    Reason.OPTED_OUT: "opted out before their turn came",
    Reason.HELD: "held until a person decides about their message",
    Reason.PENDING: "has not confirmed the sign-up",
    Reason.UNKNOWN: "not subscribed any more",
    Reason.ERASED: "erased",
    Reason.UNREADABLE: "what is kept of them cannot be read, which is no consent",
    Reason.CAPPED: "has had the most texts that one person gets in that time",
    Reason.TOO_LATE: "the campaign's end came first",
    Reason.CANCELLED: "the campaign was cancelled first",
    Reason.NO_HOURS: "too little is known of where they are to text them at a lawful hour",
    Reason.VALUE_MISSING: "nothing is known of them for a field that the text needs",
    Reason.NO_TEXT: "no text could be made for this person",
    Reason.BLOCKED: "has stopped us at the provider",
    Reason.GONE: "the number is not reached any more",
    Reason.REFUSED: "the provider refused the message",
    Reason.UNDELIVERABLE: "could not be handed to the provider for 24 hours",
}
# What counts as not delivered once the provider has taken it.
LOST: Final = frozenset({"undelivered", "failed", "canceled"})
ARRIVED: Final = frozenset({"delivered", "read"})


@dataclass(frozen=True, slots=True)
class RecipientOutcome:
    """The outcome. `status` and `code` are the provider's last word on a message that was sent."""

    ending: Ending
    at: datetime
    reason: Reason | None = None
    segments: int = 0
    message: str = ""
    status: str = ""
    code: int = 0

    def told(self, report: StatusReport) -> "RecipientOutcome | None":
        """The outcome with that status; None when it is not this message, or nothing new."""
        rank = RANKS.get(report.status)
        if self.ending is not Ending.SENT or self.message != report.message or rank is None:
            return None
        if rank <= RANKS.get(self.status, -1):
            return None
        return replace(self, status=report.status, code=report.code)

    @property
    def counted_as(self) -> str:
        """The name under which the message's delivery is counted; "" while it is on its way."""
        return "delivered" if self.status in ARRIVED else "undelivered" if self.status in LOST else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person is about to get. `valid_for`: seconds within which it has to arrive; None for no limit.

    `caps`: how often they may be texted, beside the caps that hold for everybody.
    """

    number: Number
    body: str
    segments: int
    sender: str
    valid_for: int | None = None
    caps: tuple[Cap, ...] = ()
