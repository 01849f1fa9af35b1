"""One row of a file: a person with the proof of their consent, or the reason why it cannot be one."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

import phonenumbers

from app.domain.audience.cells import moment, unquoted, whole_number
from app.domain.audience.columns import EVIDENCE, OWN, Column
from app.domain.audience.known import NOWHERE, Known, Place
from app.domain.errors import BadInput
from app.domain.number import NotMobile, Number, parse_mobile
from app.domain.profile import NO_FIELDS, Profile, said, tag_of
from app.domain.replies import Language

_TAG_SIGNS: Final = re.compile(r"[,;|]")
# What complaints call a column's value.
_NAMED: Final = {column: f"the {column}" for column in Column} | {
    Column.WHERE: "where they agreed",
    Column.WORDING: "the version of the wording",
}
_CIRCUMSTANCES: Final = (Column.WHERE, Column.WORDING, Column.LANGUAGE)
_OF_PROFILE: Final = (
    *(Column.FIRST_NAME, Column.LAST_NAME, Column.ZONE),
    *(Column.POSTCODE, Column.STATE, Column.TAGS),
)
_NAMED_OF_PROFILE: Final = tuple(_NAMED[column] for column in _OF_PROFILE)


class Reason(StrEnum):
    """Why a row, or part of it, was not taken."""

    INVALID = "invalid"
    NOT_MOBILE = "not mobile"
    DUPLICATE = "duplicate in file"
    OPTED_OUT = "opted out"
    NUMBER_GONE = "number gone"
    ERASED = "erased"
    HELD = "held"
    NEWER = "newer record"
    LEFT_OUT = "field left out"


# What to do about rows that could be people, and are not taken for what is known of them.
REMARKS: Final = {
    Reason.OPTED_OUT: "they have opted out; only they can undo that, by texting START",
    Reason.NUMBER_GONE: "no text reaches this number any more; only their own START undoes that",
    Reason.ERASED: "they were erased at their request; only they can undo that, by texting START",
    Reason.HELD: "they are held until a person decides: see `stopwoord held list`",
    Reason.NEWER: "what is known of them is newer than this row, and was kept",
}

_written: Final = lru_cache(4096)(datetime.isoformat)


class Entry(NamedTuple):
    """A person and their consent as the file states it.

    `repaired`: the number or the postcode lost something to a spreadsheet. `left_out`: what of the row says nothing,
    in sentences.
    """

    row: int
    number: Number
    when: datetime
    where: str
    wording: str
    language: Language | None
    profile: Profile
    repaired: bool
    left_out: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The name of this consent, the same in whatever file and row it comes again: it takes effect once."""
        stated = f"{self.number.e164}\n{_written(self.when)}\n{self.where}\n{self.wording}"
        return f"IM{hashlib.blake2b(stated.encode(), digest_size=16).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken, and what to do about it. `number`: as it is written there."""

    row: int
    reason: Reason
    remark: str
    number: str = ""


class Reader:
    """Reads rows of one file: `columns` by place, `stated` what holds for all rows."""

    def __init__(
        self,
        columns: Mapping[int, str],
        stated: Mapping[Column, str],
        region: str,
        now: datetime,
        known: Known,
    ) -> None:
        places = {what: place for place, what in columns.items()}
        # A row is filled up with empty cells, and the last of them is where the columns are that there are not.
        self._blank = [""] * (max(columns) + 2)
        self._number = places[Column.NUMBER]
        self._when = places.get(Column.WHEN, -1)
        self._circumstances = itemgetter(*(places.get(column, -1) for column in _CIRCUMSTANCES))
        self._texts = itemgetter(*(places.get(column, -1) for column in _OF_PROFILE))
        self._own = {what[len(OWN) :]: place for what, place in places.items() if what.startswith(OWN)}
        self._stated = _checked(stated, known, now)
        self._tags = _tags(self._stated.get(Column.TAGS, ""))
        self._region, self._now, self._known = region, now, known
        # The zero that begins a national number here, and that spreadsheets drop; "" where there is none.
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        self._zero = "0" if metadata is not None and metadata.national_prefix == "0" else ""
        # Of these there are few different ones in a file, and many rows.
        self._agreed_at = lru_cache(4096)(self._read_moment)
        self._agreed_to = lru_cache(4096)(self._read_circumstances)

    def read(self, row: int, cells: Sequence[str]) -> Entry | Problem:
        """The row as a person, or why it cannot be one."""
        try:
            return self._entry(row, [*cells, *self._blank])
        except NotMobile as error:
            return Problem(row, Reason.NOT_MOBILE, str(error), self._written_number(cells))
        except BadInput as error:
            return Problem(row, Reason.INVALID, str(error), self._written_number(cells))

    def _written_number(self, cells: Sequence[str]) -> str:
        return cells[self._number] if self._number < len(cells) else ""

    def _entry(self, row: int, cells: Sequence[str]) -> Entry:
        number, repaired = self._read_number(unquoted(cells[self._number]).strip())
        at = self._agreed_at(cells[self._when])
        where, wording, language, left_out = self._agreed_to(*self._circumstances(cells))
        profile, place = self._profile(cells, number, at)
        if place.left_out:
            left_out += place.left_out
        return Entry(row, number, at, where, wording, language, profile, repaired or place.repaired, left_out)

    def _read_number(self, written: str) -> tuple[Number, bool]:
        if not written:
            raise BadInput("there is no number in this row")
        digits = whole_number(written) or written
        number = parse_mobile(digits, self._region)
        lost_zero = self._zero and digits.isdigit() and digits[0] != "0" and number.e164[1:] != digits
        return number, bool(digits is not written or lost_zero)

    def _read_moment(self, cell: str) -> datetime:
        at = moment(self._evidence(Column.WHEN, cell))
        _refuse_future(at, self._now, "the moment of consent")
        return at

    def _read_circumstances(
        self, where: str, wording: str, language: str
    ) -> tuple[str, str, Language | None, tuple[str, ...]]:
        stated = self._evidence(Column.WHERE, where), self._evidence(Column.WORDING, wording)
        heard = _read(language, _NAMED[Column.LANGUAGE]) or self._stated.get(Column.LANGUAGE, "")
        try:
            return *stated, self._known.language(heard) if heard else None, ()
        except BadInput as error:
            return *stated, None, (str(error),)

    def _evidence(self, piece: Column, cell: str) -> str:
        stated = _read(cell, _NAMED[piece]) or self._stated.get(piece, "")
        if not stated:
            raise BadInput(f"there is no proof of consent: {piece} is empty")
        return stated

    def _profile(self, cells: Sequence[str], number: Number, at: datetime) -> tuple[Profile, Place]:
        own = {
            name: value
            for name, place in self._own.items()
            if (value := _read(cells[place], f"the field {name}"))
        }
        texts = self._texts(cells)
        if not any(texts) and not own and not self._tags:
            return _nothing(at), NOWHERE
        first_name, last_name, zone, postcode, state, tags = [
            text and _read(text, what) for text, what in zip(texts, _NAMED_OF_PROFILE, strict=True)
        ]
        place = self._known.place(number, postcode, state) if postcode or state else NOWHERE
        profile = Profile(
            first_name,
            last_name,
            self._known.zone(zone),
            place.postcode,
            place.state,
            self._tags | _tags(tags) if tags else self._tags,
            own or NO_FIELDS,
            at,
        )
        return profile, place


def _refuse_future(at: datetime, now: datetime, what: str) -> None:
    if at > now:
        raise BadInput(f"{what} lies in the future")


def _checked(stated: Mapping[Column, str], known: Known, now: datetime) -> dict[Column, str]:
    """What is stated for all rows. Refuses at once what would be refused in every row: raises BadInput."""
    if language := stated.get(Column.LANGUAGE):
        known.language(language)
    if when := stated.get(Column.WHEN):
        _refuse_future(moment(when, "--when"), now, "--when")
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
