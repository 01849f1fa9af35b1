"""What a preview needs of the store: whom an audience may mean, and what is kept of them, for very many at a time."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from app.domain.consent import Record
from app.domain.number import Number
from app.domain.profile import Profile


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """What is kept of people, as far as it decides about their text; one object for many who are alike.

    `record`: without its moments and version. `profile`: where they are, and the fields that were asked for. None: that
    cannot be read.
    """

    record: Record | None
    profile: Profile | None


class Met(NamedTuple):
    """Somebody whom an audience may mean. `since`: when they came into their state; `sent`: when they got texts."""

    number: Number
    alike: Alike
    since: datetime | None = None
    sent: Sequence[datetime] = ()


class Reach(Protocol):
    """Whom an audience may mean, whatever their consent. Raises StoreUnavailable when it cannot answer truly."""

    def everybody(self, tags: frozenset[str]) -> Iterator[Sequence[Number]]:
        """Everybody of whom anything is kept and who has all of the tags, a page at a time."""

    def meet(self, numbers: Sequence[Number], fields: AbstractSet[str]) -> Sequence[Met]:
        """What is kept of each of them, in that order, with the texts of campaigns that they got in the last days."""

    def erased(self) -> int:
        """How many objections of erased people there are."""
