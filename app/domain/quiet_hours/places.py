"""Where a number is: the time zones of its prefix, and in the US the state of its area code.

An area code says where a number was given out, not where the person is (numbers are ported and carried along),
so what is stored of the person comes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

from app.domain.number import Number
from app.domain.region import area_code, in_north_america

_NORTH_AMERICA: Final = "1"
# A postcode of the US. Fewer digits may be what a spreadsheet left of 00901, which is not in California.
ZIP: Final = re.compile(r"[0-9]{5}(?:[- ]?[0-9]{4})?")
_ZIP_PREFIX: Final = 3
# Four digits are a country and an area code of North America; some zones ask for more. These begin a longer prefix.
_FIRST_DIGITS: Final = 4
_GOES_ON: Final = frozenset(
    prefix[:length] for prefix in TIMEZONE_DATA for length in range(_FIRST_DIGITS, len(prefix))
)
_SHORTEST_NUMBER: Final = 7


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is stored of where a person is, as far as it is: IANA zone, US postcode, US state by its two letters."""

    zone: str | None = None
    postcode: str | None = None
    state: str | None = None

    @property
    def coarse(self) -> "Whereabouts":
        """No more of it than decides: another US postcode that begins so in place of theirs, and no other at all."""
        prefix = _zip_prefix(self.postcode)
        return replace(self, postcode=f"{prefix}00" if prefix else None)


@dataclass(frozen=True, slots=True)
class State:
    """A state of the US: the name of its rule and every zone it lies in."""

    rule: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class States:
    """All states, and which of them an area code or the first three digits of a postcode belong to."""

    by_code: Mapping[str, State]
    by_area_code: Mapping[str, str]
    by_zip: Mapping[str, str]

    def stored(self, number: Number, known: Whereabouts) -> State | None:
        """The state that is stored. Five digits are an American postcode only beside an American number."""
        if not in_north_america(number):
            return None
        code = (known.state or "").strip().upper()
        if code not in self.by_code:
            code = self.by_zip.get(_zip_prefix(known.postcode), "")
        return self.by_code.get(code)

    def given_out(self, number: Number) -> State | None:
        """The state of the number's area code."""
        if not in_north_america(number):
            return None
        return self.by_code.get(self.by_area_code.get(area_code(number), ""))


def _zip_prefix(postcode: str | None) -> str:
    """The digits that tell the state; "" for what is no postcode of the US."""
    written = (postcode or "").strip()
    return written[:_ZIP_PREFIX] if ZIP.fullmatch(written) else ""


def zones_of(number: Number) -> tuple[str, ...]:
    """Every zone of the number's longest known prefix; none for a number that belongs to no place.

    The same as phonenumbers.timezone gives, without parsing the number again.
    """
    digits = number.e164[1:]
    for length in range(TIMEZONE_LONGEST_PREFIX, 0, -1):
        zones = TIMEZONE_DATA.get(digits[:length])
        if zones:
            return () if digits[:length] == _NORTH_AMERICA else tuple(zones)
    return ()


def beginning_of(number: Number) -> str:
    """The first digits of a number; all numbers that begin so are of one country, one area code and the same zones."""
    digits = number.e164[1:]
    for length in range(_FIRST_DIGITS, TIMEZONE_LONGEST_PREFIX):
        if digits[:length] not in _GOES_ON:
            return digits[:length]
    return digits[:TIMEZONE_LONGEST_PREFIX]


def number_beginning(digits: str) -> Number:
    """Any number that begins so, to ask about in the place of all of them."""
    return Number(f"+{digits.ljust(_SHORTEST_NUMBER, '0')}")


def particulars_that_decide(number: Number) -> tuple[str, ...]:
    """Those that decide where somebody is, beside their zone: a US postcode or state, if they may be there at all."""
    return ("postcode", "state") if in_north_america(number) else ()
