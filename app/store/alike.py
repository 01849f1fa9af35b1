"""What is kept of people who are alike, read once for all of them: a million differ in little that decides."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import Final

from app.domain.consent import Record
from app.domain.profile import TEXT_FIELDS, Profile
from app.services.reach_ports import Alike
from app.store import codec
from app.store.profiles import OWN, profile_from
from app.store.readable import parsed

# Moments and versions, in which nobody is alike; the moment since when first, then the version.
RECORD_NUMBERS: Final = ("at", "v", "goodbye", "clarify", "ask", "stop")
RECORD_WORDS: Final = ("state", "by", "lang", "guard", "gone")
PROFILE_NUMBERS: Final = ("v", "at")
ZONE: Final = "tz"
NOT_THERE: Final = "\t"
# Any version will do: it decides nothing, and is always there.
VERSION: Final = {"v": "1"}
KEPT: Final = 1 << 14


class Reading:
    """How records and profiles are asked for and read, of the latter the zone and `fields`."""

    def __init__(self, fields: Collection[str]) -> None:
        own = (name if name in TEXT_FIELDS else OWN + name for name in sorted(fields))
        profile_words = (ZONE, *own)
        record, profile = (*RECORD_NUMBERS, *RECORD_WORDS), (*PROFILE_NUMBERS, *profile_words)
        counts = (len(record), len(RECORD_NUMBERS), len(profile), len(PROFILE_NUMBERS))
        self.asked: tuple[str | int, ...] = (*counts, *record, *profile)
        self._names = (*RECORD_WORDS, *profile_words)
        self.alike = lru_cache(KEPT)(self._alike)

    def _alike(self, lines: str) -> Alike | None:
        """What is kept, as the script finds it alike of many; None for what has to be looked at more closely."""
        values = lines.split("\n")
        if not lines or len(values) != len(self._names):
            return None
        pairs = list(zip(self._names, values, strict=True))
        record, profile = (
            VERSION | {name: value for name, value in some if value != NOT_THERE}
            for some in (pairs[: len(RECORD_WORDS)], pairs[len(RECORD_WORDS) :])
        )
        return alike_of(parsed(record, codec.record_from), parsed(profile, profile_from))


def alike_of(record: Record | None, profile: Profile | None) -> Alike:
    """The same without what nobody is alike in."""
    return Alike(
        record and Record(record.state, source=record.source, language=record.language, gone=record.gone),
        profile and replace(profile, at=None, version=0),
    )
