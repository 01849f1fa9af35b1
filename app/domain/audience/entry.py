"""One row of a file: a person with the proof of their consent, or the reason why it cannot be one."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

import phonenumbers

from app.domain.audience.cells import moment, unquoted, whole_number
from app.domain.audience.columns import EVIDENCE, OWN, Column
from app.domain.errors import BadInput
from app.domain.number import NotMobile, Number, parse_mobile
from app.domain.profile import NO_FIELDS, Profile, said, tag_of
from app.domain.replies import Language

_LANGUAGE: Final = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_TAG_SIGNS: Final = re.compile(r"[,;|]")
# What complaints call a column's value.
_NAMED: Final = {column: f"the {column}" for column in Column} | {
    Column.WHERE: "where they agreed",
    Column.WORDING: "the version of the wording",
}
_OF_PROFILE: Final = set(Column) - {Column.NUMBER, Column.LANGUAGE, *EVIDENCE}


class Reason(StrEnum):
    """Why a row, or part of it, was not taken."""

    INVALID = "invalid"
    NOT_MOBILE = "not mobile"
    DUPLICATE = "duplicate in file"
    OPTED_OUT = "opted out"
    ERASED = "erased"
    HELD = "held"
    NEWER = "newer record"


# Of these there are few different ones in a file, and many rows.
_moment: Final = lru_cache(4096)(moment)
_written: Final = lru_cache(4096)(datetime.isoformat)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person and their consent as the file states it. `repaired`: the number lost something to a spreadsheet.

    `mark` names this consent, and is the same in whatever file and row it comes again: it takes effect once.
    """

    row: int
    number: Number
    when: datetime
    where: str
    wording: str
    language: Language | None
    profile: Profile
    repaired: bool
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        stated = f"{self.number.e164}\n{_written(self.when)}\n{self.where}\n{self.wording}"
        name = hashlib.blake2b(stated.encode(), digest_size=16).hexdigest()
        object.__setattr__(self, "mark", f"IM{name}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken, and what to do about it. `number`: as it is written there."""

    row: int
    reason: Reason
    remark: str
    number: str = ""


class Reader:
    """Reads rows of one file: `columns` by place, `stated` what holds for all rows, `is_zone` knows time zones."""

    def __init__(
        self,
        columns: Mapping[int, str],
        stated: Mapping[Column, str],
        region: str,
        now: datetime,
        is_zone: Callable[[str], bool],
    ) -> None:
        self._places = {what: place for place, what in columns.items()}
        self._number = self._places[Column.NUMBER]
        self._own = {what[len(OWN) :]: place for what, place in self._places.items() if what.startswith(OWN)}
        self._stated = _checked(stated)
        self._tags = _tags(self._stated.get(Column.TAGS, ""))
        self._known = [
            place for what, place in self._places.items() if what in _OF_PROFILE or what[:2] == OWN
        ]
        self._region, self._now, self._is_zone = region, now, is_zone
        # The zero that begins a national number here, and that spreadsheets drop; "" where there is none.
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        self._zero = "0" if metadata is not None and metadata.national_prefix == "0" else ""

    def read(self, row: int, cells: Sequence[str]) -> Entry | Problem:
        """The row as a person, or why it cannot be one."""
        try:
            return self._entry(row, cells)
        except NotMobile as error:
            return Problem(row, Reason.NOT_MOBILE, str(error), self._cell(cells, self._number))
        except BadInput as error:
            return Problem(row, Reason.INVALID, str(error), self._cell(cells, self._number))

    def _entry(self, row: int, cells: Sequence[str]) -> Entry:
        number, repaired = self._read_number(unquoted(self._cell(cells, self._number)).strip())
        when, where, wording = [self._evidence(cells, piece) for piece in EVIDENCE]
        at = _moment(when)
        if at > self._now:
            raise BadInput("the moment of consent lies in the future")
        language = self._value(cells, Column.LANGUAGE) or self._stated.get(Column.LANGUAGE, "")
        heard = _language(language) if language else None
        return Entry(row, number, at, where, wording, heard, self._profile(cells, at), repaired)

    def _read_number(self, written: str) -> tuple[Number, bool]:
        if not written:
            raise BadInput("there is no number in this row")
        digits = whole_number(written) or written
        number = parse_mobile(digits, self._region)
        lost_zero = self._zero and digits.isdigit() and digits[0] != "0" and number.e164[1:] != digits
        return number, bool(digits is not written or lost_zero)

    def _profile(self, cells: Sequence[str], at: datetime) -> Profile:
        if not self._tags and not any(place < len(cells) and cells[place] for place in self._known):
            return _nothing(at)
        own = {
            name: value
            for name, place in self._own.items()
            if (value := _read(self._cell(cells, place), f"the field {name}"))
        }
        return Profile(
            self._value(cells, Column.FIRST_NAME),
            self._value(cells, Column.LAST_NAME),
            self._zone(self._value(cells, Column.ZONE)),
            self._value(cells, Column.POSTCODE),
            self._value(cells, Column.STATE),
            self._tags | _tags(self._value(cells, Column.TAGS)),
            own or NO_FIELDS,
            at,
        )

    def _zone(self, name: str) -> str | None:
        if name and not self._is_zone(name):
            raise BadInput("the time zone is none such as Europe/Amsterdam")
        return name or None

    def _evidence(self, cells: Sequence[str], piece: Column) -> str:
        stated = self._value(cells, piece) or self._stated.get(piece, "")
        if not stated:
            raise BadInput(f"there is no proof of consent: {piece} is empty")
        return stated

    def _value(self, cells: Sequence[str], column: Column) -> str:
        place = self._places.get(column)
        return "" if place is None or place >= len(cells) else _read(cells[place], _NAMED[column])

    @staticmethod
    def _cell(cells: Sequence[str], place: int) -> str:
        return cells[place] if place < len(cells) else ""


def _checked(stated: Mapping[Column, str]) -> dict[Column, str]:
    """What is stated for all rows. Refuses at once what would be refused in every row: raises BadInput."""
    if language := stated.get(Column.LANGUAGE):
        _language(language)
    if when := stated.get(Column.WHEN):
        moment(when, "--when")
    return {**stated, **{piece: said(stated.get(piece, ""), f"--{piece}") for piece in EVIDENCE}}


@lru_cache(4096)
def _nothing(at: datetime) -> Profile:
    """Of whom nothing is told."""
    return Profile(at=at)


@lru_cache(16384)
def _read(cell: str, what: str) -> str:
    """A cell's value, of which there are fewer different ones than rows. Raises BadInput."""
    return said(unquoted(cell), what)


@lru_cache(4096)
def _tags(text: str) -> frozenset[str]:
    return frozenset(tag_of(part) for part in _TAG_SIGNS.split(text) if part.strip())


@lru_cache(256)
def _language(text: str) -> Language:
    found = _LANGUAGE.fullmatch(text)
    if found is None:
        raise BadInput("the language is no code such as nl")
    return Language(found[1].lower())
