"""What telling others of changes needs from outside. Adapters implement these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.webhook import Call, Endpoint, Missed


class Endpoints(Protocol):
    """Who is told. Raises StoreUnavailable when it cannot answer truly."""

    def add(self, endpoint: Endpoint) -> None:
        """From now on every change is told to it as well."""

    def remove(self, endpoint: str, at: datetime, actor: str) -> bool:
        """It is told of nothing more. False: there is none of that id."""

    def every(self) -> Sequence[Endpoint]:
        """All of them, the oldest first."""


class Calls(Protocol):
    """Changes that somebody has still to be told of. Raises StoreUnavailable when it cannot answer truly."""

    def claim(self, now: datetime, lease: float, most: int) -> Sequence[Call]:
        """Take up to `most` due calls for `lease` seconds; whoever does not finish them leaves them to the next."""

    def done(self, call: Call) -> None:
        """It was told, or nobody wants to be told any more."""

    def again(self, call: Call, when: datetime) -> None:
        """It could not be told: try once more at that moment."""

    def later(self, call: Call, when: datetime) -> None:
        """It was not tried: its turn is at that moment."""

    def give_up(self, call: Call, at: datetime, why: str) -> None:
        """It could not be told for too long; it waits for somebody to look at it."""

    def missed(self) -> Sequence[Missed]:
        """Everything given up, the oldest first."""

    def replay(self, missed: Missed, now: datetime) -> None:
        """Try it again from the beginning."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whether an endpoint took a call; if not, `why`."""

    ok: bool
    why: str = ""


class Receiver(Protocol):
    """The other end."""

    def tell(self, endpoint: Endpoint, said: bytes, headers: Mapping[str, str]) -> Told:
        """Hand one call over. Never raises for what the other end does, and is back within seconds."""
