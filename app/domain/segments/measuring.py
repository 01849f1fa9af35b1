"""How a text is cut into SMS segments, which are what is paid for: GSM-7 or UCS-2, how many, and why.

Texts are normalised to NFC first, as carriers' gateways do, so that a letter typed as letter + accent costs
what the letter costs. A character of two units is never cut in half, nor is what people see as one
character (an emoji with its skin tone): such a one moves to the next segment whole.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Encoding(StrEnum):
    """How a text travels. GSM-7 has 7 bits a character and few characters; UCS-2 has 16 and all of them."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What a text costs. `units`: septets in GSM-7, 16-bit units in UCS-2; `offending`: what forced UCS-2.

    `offending` names each character once, in the order of the text; it is empty for GSM-7.
    """

    encoding: Encoding
    units: int
    segments: int
    offending: tuple[str, ...]


# 3GPP TS 23.038, table 6.2.1, in its order and without the escape at 0x1B.
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# The same, table 6.2.1.1: each is the escape and one more septet.
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_GSM_7: Final = _BASIC | _EXTENSION
# The whole of a single text, and what a part keeps beside the header that puts the parts together again.
_ALONE: Final = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_PART: Final = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}
_JOINER: Final = "\u200d"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)


def measure(text: str) -> Segmentation:
    """The encoding, units and segments of a text; a text without any letters still takes one segment."""
    composed = unicodedata.normalize("NFC", text)
    if _GSM_7.issuperset(composed) and (short := _of_one_segment(composed)):
        return short
    characters = tuple(characters_of(composed))
    offending = tuple(dict.fromkeys(each for each in characters if not _GSM_7.issuperset(each)))
    encoding = Encoding.UCS_2 if offending else Encoding.GSM_7
    sizes = [_size(each, encoding) for each in characters]
    units = sum(sizes)
    segments = 1 if units <= _ALONE[encoding] else _parts(sizes, _PART[encoding])
    return Segmentation(encoding, units, segments, offending)


def is_gsm_7(character: str) -> bool:
    """Whether a text, or what people see as one character, travels in GSM-7."""
    return _GSM_7.issuperset(character)


def _of_one_segment(text: str) -> Segmentation | None:
    """The answer for most campaigns' texts, which a million times over should not be worked out in full."""
    units = len(text) + sum(map(text.count, _EXTENSION))
    return Segmentation(Encoding.GSM_7, units, 1, ()) if units <= _ALONE[Encoding.GSM_7] else None


def _size(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM_7:
        return sum(2 if point in _EXTENSION else 1 for point in character)
    return sum(2 if ord(point) > 0xFFFF else 1 for point in character)


def _parts(sizes: Iterable[int], room: int) -> int:
    """Fill parts of `room` units one after the other; only what is larger than a part is cut."""
    parts, used = 1, 0
    for size in sizes:
        if used and used + size > room:
            parts, used = parts + 1, 0
        parts, used = parts + (size - 1) // room, (used + size - 1) % room + 1
    return parts


def characters_of(text: str) -> Iterator[str]:
    """What people see as one character each: a letter with its marks, an emoji with all that it joins."""
    current = ""
    for point in text:
        if current and _continues(current, point):
            current += point
            continue
        if current:
            yield current
        current = point
    if current:
        yield current


def _continues(current: str, point: str) -> bool:
    """Whether `point` belongs to the character so far (the cases of Unicode's UAX 29 that texts have)."""
    code = ord(point)
    if code < 0x300:
        return False
    if point == _JOINER or code in _SKIN_TONES or code in _TAGS:
        return True
    if unicodedata.category(point) in {"Mn", "Mc", "Me"}:
        return True
    if code in _FLAG_LETTERS:
        return len(current) == 1 and ord(current) in _FLAG_LETTERS
    return current[-1] == _JOINER
