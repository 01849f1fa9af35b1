"""Which characters force a text out of GSM-7, what that costs, and what could stand in their place."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

from app.domain.segments.measuring import Encoding, characters_of, is_gsm_7, measure
from app.domain.segments.smart_encoding import smart_encoded

# Letters that are no letter with a mark, so that nothing can be taken off them.
_SPELLED_OUT: Final = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "\u0131": "i",
        "ĳ": "ij",
        "Ĳ": "IJ",
        "ẞ": "SS",
    }
)


@dataclass(frozen=True, slots=True)
class Culprit:
    """A character that is not in GSM-7. `position`: where it first stands, in characters as people see them, from 1.

    `replacement`: what costs less in its place; None where only leaving it out helps (an emoji).
    """

    character: str
    position: int
    times: int
    replacement: str | None


@dataclass(frozen=True, slots=True)
class CharacterPrice:
    """What the culprits cost together: segments as the text stands, and with every one replaced or left out."""

    culprits: tuple[Culprit, ...]
    segments: int
    segments_without: int
    cheaper: str

    @property
    def ratio(self) -> float:
        """How many times the price of the cheaper text is paid."""
        return self.segments / self.segments_without

    @property
    def sentence(self) -> str:
        """One line for whoever writes the text: what is dear, where it stands, and what to write instead."""
        first = self.culprits[0]
        others = len(self.culprits) - 1
        named = f"the {first.character} at character {first.position}"
        if others:
            named += f" and {others} other character{'s' if others > 1 else ''}"
        verb = "turn" if others else "turns"
        if self.segments <= self.segments_without:
            return f"{named} {'are' if others else 'is'} not in GSM-7, at no extra cost here"
        before = f"{self.segments_without} segment{'s' if self.segments_without > 1 else ''}"
        return f"{named} {verb} {before} into {self.segments}: {self.ratio:.1f} times the price"


def price_of_characters(text: str) -> CharacterPrice | None:
    """What the characters outside GSM-7 cost; None for a text that has none."""
    measured = measure(text)
    if measured.encoding is Encoding.GSM_7:
        return None
    characters = list(characters_of(unicodedata.normalize("NFC", text)))
    counted = Counter(characters)
    instead = {character: _replacement(character) for character in measured.offending}
    cheaper = "".join(instead.get(each, each) or "" for each in characters)
    return CharacterPrice(
        culprits=tuple(
            Culprit(each, characters.index(each) + 1, counted[each], replacement)
            for each, replacement in instead.items()
        ),
        segments=measured.segments,
        segments_without=measure(cheaper).segments,
        cheaper=cheaper,
    )


def _replacement(character: str) -> str | None:
    """The look-alike of smart encoding, else the letter without its marks; never one that is not in GSM-7."""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", character.translate(_SPELLED_OUT))
        if unicodedata.category(sign)[0] != "M"
    )
    for guess in (smart_encoded(character), plain):
        if guess != character and is_gsm_7(guess):
            return guess
    return None
