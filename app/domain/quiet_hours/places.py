"""Where a number is: its country, the time zones of its prefix, and in the US the state of its area code.

An area code says where a number was given out, not where the person is (numbers are ported and carried along),
so what is stored of the person comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

from app.domain.number import Number

UNKNOWN_REGION: Final = "ZZ"
_NORTH_AMERICA: Final = "1"
_LONGEST_CALLING_CODE: Final = 3
_ZIP_PREFIX: Final = 3


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is stored of where a person is, as far as it is: IANA zone, US postcode, US state by its two letters."""

    zone: str | None = None
    postcode: str | None = None
    state: str | None = None


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
            code = self.by_zip.get((known.postcode or "").strip()[:_ZIP_PREFIX], "")
        return self.by_code.get(code)

    def given_out(self, number: Number) -> State | None:
        """The state of the number's area code."""
        if not in_north_america(number):
            return None
        return self.by_code.get(self.by_area_code.get(area_code(number), ""))


def in_north_america(number: Number) -> bool:
    """Whether the number's country code is +1: the US, Canada and much of the Caribbean."""
    return number.e164.startswith("+1")


def area_code(number: Number) -> str:
    """The three digits after +1."""
    return number.e164[2:5]


def region_of(number: Number) -> str:
    """The country by ISO 3166; ZZ when there is none, as for +1 800 and satellite phones."""
    if in_north_america(number):
        return _north_american_region(area_code(number))
    digits = number.e164[1:]
    for length in range(1, _LONGEST_CALLING_CODE + 1):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length]))
        if regions:
            return UNKNOWN_REGION if regions[0] == "001" else regions[0]
    return UNKNOWN_REGION


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


@lru_cache(maxsize=1024)
def _north_american_region(code: str) -> str:
    """An area code's country. Any number of it will do that could exist: the plan is by area code."""
    parsed = phonenumbers.PhoneNumber(country_code=1, national_number=int(f"{code}2345678"))
    return phonenumbers.region_code_for_number(parsed) or UNKNOWN_REGION
