"""What the API needs from outside: tokens, limits, answers given before, and a record of who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.token import Token


class Tokens(Protocol):
    """The tokens of systems that may call us. Raises StoreUnavailable when it cannot answer truly."""

    def add(self, token: Token, fingerprint: str) -> None:
        """Keep a new token, with an entry in the audit."""

    def revoke(self, name: str, at: datetime, actor: str) -> bool:
        """Forget every token of that name at once, with an entry in the audit. False: there was none."""

    def every(self) -> Sequence[Token]:
        """All tokens, by name."""

    def find(self, fingerprint: str, now: datetime) -> Token | None:
        """The token of that fingerprint, which counts as used now."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether one request more is allowed. `left`: how many are then; `wait`: seconds until there is one more."""

    allowed: bool
    left: int
    wait: float


class Limits(Protocol):
    """How often somebody may ask. Raises StoreUnavailable when it cannot answer truly."""

    def take(self, who: str, now: datetime) -> Allowance:
        """One request of `who`."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given: its status and its body."""

    status: int
    body: str


class Taken(StrEnum):
    """What became of a key for one request. BUSY: it is being answered. OTHER: it was used for another request."""

    NEW = "new"
    BUSY = "busy"
    OTHER = "other"


class Answers(Protocol):
    """Answers by the caller's own key, for a day. Raises StoreUnavailable when it cannot answer truly."""

    def begin(self, who: str, key: str, request: bytes) -> Taken | Given:
        """Take the key for this request (for a minute), or learn what it was used for."""

    def give(self, who: str, key: str, request: bytes, answer: Given) -> None:
        """Keep the answer."""

    def drop(self, who: str, key: str) -> None:
        """The request came to nothing: the key may be used again."""
