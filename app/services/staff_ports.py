"""What the use cases about staff need from outside. Adapters implement these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.domain.audit import AuditEntry
from app.domain.staff import Account


class Accounts(Protocol):
    """The accounts of staff. Raises StoreUnavailable when it cannot answer truly."""

    def load(self, name: str) -> Account | None:
        """The account; None where there is none of that name."""

    def every(self) -> Sequence[Account]:
        """All of them, by name."""

    def save(self, before: Account | None, after: Account) -> bool:
        """Write an account, if what is there is `before`."""

    def use_step(self, name: str, step: int) -> bool:
        """Take the step of a code's clock; False when it or a later one was taken already."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in, with the account's generation at that moment."""

    name: str
    generation: int
    begun: datetime


class Sessions(Protocol):
    """Sessions by their secret token. Raises StoreUnavailable when it cannot answer truly."""

    def begin(self, token: str, session: Session, lasts: timedelta) -> None:
        """Keep a session for so long."""

    def find(self, token: str) -> Session | None:
        """The session, if it still lasts."""

    def prolong(self, token: str, lasts: timedelta) -> None:
        """Let it last for so long from now on."""

    def end(self, token: str) -> None:
        """Forget it."""


class Passwords(Protocol):
    """Keeps passwords as something from which nobody can tell them."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""

    def fits(self, kept: str, password: str) -> bool:
        """Whether it is the password; as slow for nobody's (`kept` "") as for somebody's."""

    def weakness(self, password: str, name: str) -> str:
        """Why it is no password for that account, as a clause; "" when nothing is wrong with it."""

    def new(self) -> str:
        """A password that nobody can guess."""


class Codes(Protocol):
    """The six digits of an authenticator app."""

    def new_secret(self) -> str:
        """A secret for a new account."""

    def address(self, secret: str, name: str) -> str:
        """What an app reads the secret from."""

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """The step of the clock whose code it is, if it is of now or just before or after; else None."""


class AuditTrail(Protocol):
    """What staff did. Raises StoreUnavailable when it cannot answer truly."""

    def write(self, entry: AuditEntry) -> None:
        """Append one."""

    def newest(self, most: int, about: str = "") -> Sequence[AuditEntry]:
        """Up to `most`, the newest first; with `about` only those about that."""
