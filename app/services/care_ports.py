"""What the use cases of the support desk need from outside. Adapters implement these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.status import Delivery


class Care(StrEnum):
    """What staff did about somebody that changed no consent."""

    NOTED = "noted"
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class CareEntry:
    """One of these. `words`: the note."""

    at: datetime
    what: Care
    actor: str
    words: str = ""


class CareLog(Protocol):
    """Kept with the person, and gone when they are erased. Raises StoreUnavailable when it cannot answer truly."""

    def add(self, number: Number, entry: CareEntry) -> None:
        """Append one."""

    def of(self, number: Number) -> Sequence[CareEntry]:
        """All of them, oldest first."""


class Deliveries(Protocol):
    """What the provider reported of our messages. Raises StoreUnavailable likewise."""

    def of(self, evidence: Sequence[Evidence]) -> Mapping[str, Delivery]:
        """How far each message got that the evidence names and of which anything is still known, by its row."""


class Directory(Protocol):
    """Everybody of whom there is a record, whatever their state. Raises StoreUnavailable likewise."""

    def ending_with(self, digits: str) -> Sequence[Number]:
        """Whose number ends on these digits (two or more), in order."""


@dataclass(frozen=True, slots=True)
class Moves:
    """How many joined and how many opted out."""

    joined: int = 0
    left: int = 0


class Movements(Protocol):
    """Joins and opt-outs. Raises StoreUnavailable likewise."""

    def on(self, days: Sequence[date]) -> Mapping[date, Moves]:
        """Of each of these days (UTC)."""


class ProviderErrors(Protocol):
    """How often the provider named which of its error codes. Raises StoreUnavailable likewise."""

    def count(self, code: int, at: datetime) -> None:
        """Once more, on the day (UTC) of that moment."""

    def on(self, days: Sequence[date]) -> Mapping[int, int]:
        """On these days together, by code; at least the last 90 are known."""
