"""Phone numbers: E.164, parsed once at the edge, masked whenever they are printed."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers

from app.domain.errors import BadInput
from app.domain.plain_mobile import plain_mobile

E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
# People write numbers with these; anything else (letters, other scripts' digits, extensions) is refused,
# because libphonenumber would quietly make some number of it.
NOTATION: Final = re.compile(r"\+?[0-9() ./\-\u00a0]+")
# In North America a number does not tell which of the two it is.
_MOBILE: Final = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}

# What may stand between the digits of a number in full. Brackets may not: in them there may be a zero too many.
SPACING: Final = re.compile(r"[ ./\-\u00a0]")

# What comes along when a number is copied from a page or an address book: dashes of typesetters, and marks of
# direction that nobody sees. Only for those who look somebody up.
_COPIED: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u202f\u2009", " ")
    | dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", "")
)


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """One phone number in E.164. Printing it masks it; `e164` is the whole of it."""

    e164: str

    def __post_init__(self) -> None:
        if not E164.fullmatch(self.e164):
            raise BadInput("a number in E.164 has a plus and 7 to 15 digits, such as +31612345678")

    @property
    def masked(self) -> str:
        """The country's first digits and the last three, enough to recognise and not enough to call."""
        return f"{self.e164[:3]}{'•' * (len(self.e164) - 6)}{self.e164[-3:]}"

    def __repr__(self) -> str:
        return f"Number({self.masked})"

    def __str__(self) -> str:
        return self.masked


class NotMobile(BadInput):
    """The number exists, and cannot receive a text."""


def parse_number(text: str, region: str) -> Number:
    """Read a number as people write it; without a country code it belongs to `region` (ISO 3166, as "NL").

    Raises BadInput with a sentence that never repeats the number.
    """
    return _typed(text, region)[0]


def parse_mobile(text: str, region: str) -> Number:
    """Read the number of a mobile telephone likewise. Raises NotMobile for any other kind."""
    if plain := plain_mobile(text.strip(), region):
        return Number(plain)
    number, kind = _typed(text, region)
    if kind not in _MOBILE:
        raise NotMobile("that is not the number of a mobile telephone")
    return number


def _typed(text: str, region: str) -> tuple[Number, int]:
    """The number and its kind, which is asked for once: a number without a kind cannot exist."""
    written = text.strip()
    if not NOTATION.fullmatch(written):
        raise BadInput("a phone number has only digits, spaces, brackets, dots, dashes and a leading plus")
    try:
        parsed = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException as error:
        raise BadInput(
            f"that is not a phone number ({region} was assumed where it names no country)"
        ) from error
    kind = phonenumbers.number_type(parsed)
    if kind == phonenumbers.PhoneNumberType.UNKNOWN:
        raise BadInput(
            f"no such phone number can exist ({region} was assumed where it names no country); "
            "check the digits, or write it with its country code, such as +31 6 12345678"
        )
    return Number(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)), kind


def find_number(text: str, region: str) -> Number:
    """Read the number of somebody who may have texted us: in full it need not be one that can exist.

    A range may be newer than the tables, and whoever texts from it has to be found all the same. Raises BadInput
    as `parse_number` does.
    """
    text = text.translate(_COPIED)
    try:
        return parse_number(text, region)
    except BadInput:
        in_full = SPACING.sub("", text.strip())
        if E164.fullmatch(in_full):
            return Number(in_full)
        raise
