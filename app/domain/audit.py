"""What staff did: an append-only trail, without anybody's number or words in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What was done, or refused."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_SLOWED = "sign_in_slowed"
    SIGNED_OUT = "signed_out"
    NOT_ALLOWED = "not_allowed"
    REVEALED = "revealed"
    OPTED_OUT = "opted_out"
    HOLD_CLEARED = "hold_cleared"
    NOTED = "noted"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_RESUMED = "campaign_resumed"
    CAMPAIGN_CANCELLED = "campaign_cancelled"
    EXPORTED = "exported"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_RESET = "account_reset"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `about`: an account, a campaign, or a person by a name that only the same number gives again."""

    at: datetime
    act: Act
    actor: str
    about: str = ""
    address: str = ""
