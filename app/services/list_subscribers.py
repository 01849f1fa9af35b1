"""Everybody who may be sent marketing, with what is known of them, as they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from app.domain.consent import Record, State
from app.domain.number import Number
from app.domain.partition import place_of
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.audience_ports import Audience, Profiles
from app.services.ports import Consents

log = structlog.get_logger(__name__)


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


Unreadable = Callable[[Number], None]


def _noted(number: Number) -> None:
    log.error("what is kept of a subscriber cannot be read", place=place_of(number))


@dataclass(frozen=True, slots=True)
class ListSubscribers:
    """Reads a piece of the audience at a time. Raises StoreUnavailable."""

    audience: Audience
    consents: Consents
    profiles: Profiles

    def __call__(self, wanted: Wanted, unreadable: Unreadable = _noted) -> Iterator[Listed]:
        """Everybody who is wanted; who stops to be subscribed in the meantime is left out.

        So is whoever cannot be read; `unreadable` is told of each of them.
        """
        for numbers in self.audience.subscribed(wanted.tag):
            found = list(self._wanted(numbers, wanted, unreadable))
            profiles = self.profiles.load_readable([number for number, _ in found])
            for (number, record), profile in zip(found, profiles, strict=True):
                if profile is None:
                    unreadable(number)
                else:
                    yield Listed(number, record, profile)

    def count(self, wanted: Wanted, unreadable: Unreadable = _noted) -> int:
        """How many they are; `unreadable` likewise, where the records have to be read."""
        if not wanted.needs_records:
            return self.audience.count(wanted.tag)
        pages = self.audience.subscribed(wanted.tag)
        return sum(1 for numbers in pages for _ in self._wanted(numbers, wanted, unreadable))

    def _wanted(
        self, numbers: Sequence[Number], wanted: Wanted, unreadable: Unreadable
    ) -> Iterator[tuple[Number, Record]]:
        for number, record in zip(numbers, self.consents.load_readable(numbers), strict=True):
            if record is None:
                unreadable(number)
            elif _is_wanted(record, wanted):
                yield number, record


def _is_wanted(record: Record, wanted: Wanted) -> bool:
    return (
        record.state is State.SUBSCRIBED
        and (wanted.language is None or record.language == wanted.language)
        and (wanted.since is None or (record.since is not None and record.since >= wanted.since))
    )
