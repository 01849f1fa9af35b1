"""Mobile numbers in plain notation, recognised at once by an expression made of phonenumbers' own tables.

Nearly all numbers in a file are of this kind, and reading one with the library takes fifteen times as long. What is
recognised here is exactly what the library would call the number of a mobile telephone; all else is left to it.
"""

import re
from functools import lru_cache
from typing import Any, Final

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_SPACED: Final = re.compile(r"\+?[0-9]+(?:[ .-][0-9]+)*")
# The kinds that the library looks for before it calls a number mobile.
_SOONER: Final = (
    *("premium_rate", "toll_free", "shared_cost", "voip"),
    *("personal_number", "pager", "uan", "voicemail", "fixed_line"),
)


def plain_mobile(written: str, region: str) -> str | None:
    """The number in E.164 when it is plainly that of a mobile telephone; None when the library has to say."""
    digits = written.replace(" ", "").replace("-", "").replace(".", "")
    if (digits != written and not _SPACED.fullmatch(written)) or not digits[1:].isdecimal():
        return None
    first = digits[0]
    found = _expression(_region_of(digits[1:4]) if first == "+" else region, first, len(digits))
    if found is None or not found[0].fullmatch(digits):
        return None
    return found[1] + digits[1:]


@lru_cache(1024)
def _region_of(digits: str) -> str:
    """The one region whose country code begins a number with these digits; "" where there is none or are more."""
    for length in (1, 2, 3):
        if regions := COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length])):
            return regions[0] if len(regions) == 1 else ""
    return ""


@lru_cache(1024)
def _expression(region: str, first: str, signs: int) -> tuple[re.Pattern[str], str] | None:
    """What a mobile number of the region looks like in so many signs, and what E.164 has in the place of the first.

    `first`: a plus, before the country code; else it can only be the zero.
    """
    tables: Any = PhoneMetadata.metadata_for_region(region) if region else None
    if tables is None or COUNTRY_CODE_TO_REGION_CODE[tables.country_code] != (region,):
        return None
    # Elsewhere a prefix is more than a zero, or what follows it is written anew.
    zero = tables.national_prefix_for_parsing == "0" and not tables.national_prefix_transform_rule
    if not zero or tables.international_prefix != "00" or tables.same_mobile_and_fixed_line_pattern:
        return None
    code = str(tables.country_code)
    begin, in_its_place = (rf"\+{code}", "+") if first == "+" else ("0", f"+{code}")
    length = signs - 1 - (len(code) if first == "+" else 0)
    mobile, general = _of_kind(tables.mobile, length), _of_kind(tables.general_desc, length)
    if mobile is None or general is None:
        return None
    others = [kind for name in _SOONER if (kind := _of_kind(getattr(tables, name), length))]
    none_of_these = f"(?!{'|'.join(others)})" if others else ""
    expression = rf"{begin}(?=[1-9])(?={general}){none_of_these}{mobile}"
    return re.compile(expression, re.ASCII), in_its_place


def _of_kind(kind: phonenumbers.PhoneNumberDesc | None, length: int) -> str | None:
    """An expression for the whole of a national number of a kind; None where no such kind has this length."""
    if kind is None or kind.national_number_pattern is None:
        return None
    if kind.possible_length and length not in kind.possible_length:
        return None
    return rf"(?:{kind.national_number_pattern})\Z"
