"""What the use cases about the audience need from outside: profiles, erasing. Adapters implement these."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.domain.audience.proof import Own
from app.domain.consent import Record
from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.profile import Profile


class Saved(StrEnum):
    """What became of a profile. STALE: it has changed since. NOBODY: no record of that number is kept."""

    DONE = "done"
    STALE = "stale"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """One person's profile as it was loaded and as it is to be."""

    number: Number
    before: Profile
    after: Profile


class Profiles(Protocol):
    """What is known of people besides their consent. Raises StoreUnavailable when it cannot answer truly."""

    def load(self, number: Number) -> Profile:
        """The profile; `Profile()` where there is none."""

    def load_many(self, numbers: Sequence[Number]) -> Sequence[Profile]:
        """The profiles of all of them, in that order."""

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        """The same, with None for one that cannot be read: it must not hold up all the others."""

    def field_names(self) -> frozenset[str]:
        """The names of all custom fields that any profile was ever given."""

    def save(self, changes: Sequence[ProfileChange]) -> Sequence[Saved]:
        """Write each profile with the sets of its tags in one step, or nothing of it at all, in that order."""


class Newcomer(NamedTuple):
    """Somebody of whom probably nothing is kept: what the proof says of them alone, and what else was heard of them."""

    number: Number
    own: Own
    profile: Profile


TakeIn = Callable[[], Sequence[bool]]


class Newcomers(Protocol):
    """Taking in many people of whom nothing is kept. Raises StoreUnavailable when it cannot answer truly."""

    def prepare(self, record: Record, proof: Evidence, people: Sequence[Newcomer]) -> TakeIn:
        """Make everything ready for taking these people in, without asking the store: what is returned does it.

        It says of each, in that order, whether they were taken in: `record`, their own proof likewise `proof`, its
        mark and profile in one step.
        False: something is kept of the number (be it an objection, or the mark), and nothing was written. On an
        error some may have been taken in.
        """


class Audience(Protocol):
    """Everybody who may be sent marketing. Raises StoreUnavailable when it cannot answer truly."""

    def count(self, tag: str) -> int:
        """How many are subscribed; with a tag, how many of those who have it ("" for all)."""

    def subscribed(self, tag: str) -> Iterator[Sequence[Number]]:
        """Everybody subscribed, likewise, a piece at a time: an audience does not fit into memory."""


class References(Protocol):
    """Names that stand for numbers where a number must not be seen: in addresses and in what others are told.

    All raise StoreUnavailable when they cannot answer truly, and Misconfigured without a key.
    """

    def of(self, number: Number) -> str:
        """The number's reference, always the same; fit for a URL, and worth nothing without the store."""

    def of_all(self, numbers: Sequence[Number]) -> Sequence[str]:
        """The reference of each, in the same order; a page of people asks once."""

    def number_of(self, ref: str) -> Number | None:
        """The number that a reference was given out for; None where there is none (any more)."""


class Erasures(Protocol):
    """People of whom nothing is kept but their objection. Raises StoreUnavailable when it cannot answer truly."""

    def check(self) -> None:
        """Raises Misconfigured when people were erased whom this installation's key does not recognise."""

    def erase(self, number: Number, because: str, at: datetime) -> bool:
        """Remove everything that is kept of a number in one step, and leave the objection, with the reason.

        In the same step those who are told of changes come to be told of this, with the reference alone.

        False: nothing was kept, and the objection is left all the same. Raises Misconfigured without a key.
        """

    def erased(self, numbers: Sequence[Number]) -> Sequence[bool]:
        """Of each whether an objection is there, in that order."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many messages the provider has deleted, and how many it would not delete (yet)."""

    deleted: int
    left: int


class Archive(Protocol):
    """What the provider keeps."""

    def forget(self, number: Number) -> Forgotten:
        """Delete all messages to and from a number there. Raises ProviderUnavailable; doing it again goes on."""
