"""What the use cases about the audience need from outside: profiles. Adapters implement these."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

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

    def save(self, changes: Sequence[ProfileChange]) -> Sequence[Saved]:
        """Write each profile with the sets of its tags in one step, or nothing of it at all, in that order."""
