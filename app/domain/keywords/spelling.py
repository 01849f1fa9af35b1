"""One spelling for all that people and phones do to a word: case, accents, widths, quotes, hidden signs."""

import re
import unicodedata
from functools import lru_cache
from itertools import repeat
from typing import Final

# The longest message that a provider hands over. A sign can stand for 18 letters, so what comes of it is
# bounded as well; no person writes what that cuts off.
LONGEST: Final = 1600
_LONGEST_TAKEN_APART: Final = 2 * LONGEST

# Written inside words without meaning anything there, so they go without leaving a gap: can't, photo's.
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u201b\u2032\u02bc\u00b4`]")
_MARKS: Final = frozenset({"Mn", "Me", "Cf"})

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_BOXED_LETTERS: Final = (0x1F150, 0x1F170, 0x1F1E6)  # in black circles, in black squares, in flags
_LOOK_ALIKES: Final = (
    ("авекмнорстухѕіјһԁԛԝ", "abekmhopctyxsijhdqw"),
    ("αβεζηικμνορτυχςσ", "abezhikmnoptyxss"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıøłđ", "abcdefghijklmnoprstuvwyziold"),
    *(("".join(map(chr, range(first, first + 26))), _ALPHABET) for first in _BOXED_LETTERS),
)
_TO_LATIN: Final = {odd: plain for row, latin in _LOOK_ALIKES for odd, plain in zip(row, latin, strict=True)}

# Digits and signs that stand for letters inside a word.
_DIGIT_LETTERS: Final = str.maketrans("013457$@", "oieastsa")


def fold(text: str) -> str:
    """Lower case without accents, compatibility forms (full width, ligatures) or invisible signs.

    Letters of other scripts become the Latin ones that they look like. Folding twice changes nothing.
    """
    text = text[:LONGEST]
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    for _ in repeat(None, 2):  # case folding can undo a decomposition
        text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()[:_LONGEST_TAKEN_APART]
    return text.translate({ord(sign): _plain(sign) for sign in set(text)})[:LONGEST]


@lru_cache(maxsize=1024)
def _plain(sign: str) -> str:
    """The Latin letter that a sign looks like, or the sign; nothing for an accent or what is not seen."""
    return "" if unicodedata.category(sign) in _MARKS else _TO_LATIN.get(sign, sign)


def unleet(word: str) -> str:
    """The word with letters for its digits: st0p."""
    return word.translate(_DIGIT_LETTERS)
