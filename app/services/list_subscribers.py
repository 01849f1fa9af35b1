"""Everybody who may be sent marketing, with what is known of them, as they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.consent import Record, State
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.audience_ports import Audience, Profiles
from app.services.ports import Consents


@dataclass(frozen=True, slots=True)
class Listed:
    """One subscriber."""

    number: Number
    record: Record
    profile: Profile


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is asked for: with that tag, who speaks that language, subscribed at or after that moment."""

    tag: str = ""
    language: Language | None = None
    since: datetime | None = None

    @property
    def needs_records(self) -> bool:
        return self.language is not None or self.since is not None


@dataclass(frozen=True, slots=True)
class ListSubscribers:
    """Reads a piece of the audience at a time. Raises StoreUnavailable."""

    audience: Audience
    consents: Consents
    profiles: Profiles

    def __call__(self, wanted: Wanted) -> Iterator[Listed]:
        """Everybody who is wanted; who stops to be subscribed in the meantime is left out."""
        for numbers in self.audience.subscribed(wanted.tag):
            records = self.consents.load_many(numbers)
            found = [pair for pair in zip(numbers, records, strict=True) if _is_wanted(pair[1], wanted)]
            profiles = self.profiles.load_many([number for number, _ in found])
            for (number, record), profile in zip(found, profiles, strict=True):
                yield Listed(number, record, profile)

    def count(self, wanted: Wanted) -> int:
        """How many they are."""
        if not wanted.needs_records:
            return self.audience.count(wanted.tag)
        return sum(
            _is_wanted(record, wanted)
            for numbers in self.audience.subscribed(wanted.tag)
            for record in self.consents.load_many(numbers)
        )


def _is_wanted(record: Record, wanted: Wanted) -> bool:
    return (
        record.state is State.SUBSCRIBED
        and (wanted.language is None or record.language == wanted.language)
        and (wanted.since is None or (record.since is not None and record.since >= wanted.since))
    )
