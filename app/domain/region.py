"""The country of a number, read off its first digits: a million numbers are asked for it, so none is parsed again."""

from functools import lru_cache
from typing import Final

import phonenumbers

from app.domain.number import Number

UNKNOWN_REGION: Final = "ZZ"
_LONGEST_CALLING_CODE: Final = 3
_NO_COUNTRY: Final = "001"


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
            return UNKNOWN_REGION if regions[0] == _NO_COUNTRY else regions[0]
    return UNKNOWN_REGION


@lru_cache(maxsize=1024)
def _north_american_region(code: str) -> str:
    """An area code's country. Any number of it will do that could exist: the plan is by area code."""
    parsed = phonenumbers.PhoneNumber(country_code=1, national_number=int(f"{code}2345678"))
    return phonenumbers.region_code_for_number(parsed) or UNKNOWN_REGION
