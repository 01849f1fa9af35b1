"""One spelling for all that people and phones do to a word: case, accents, widths, quotes, hidden signs."""

import unicodedata
from typing import Final

# Written inside words without meaning anything there, so they go without leaving a gap: can't, photo's.
_APOSTROPHES: Final = "'\u2018\u2019\u201b\u2032\u02bc\u00b4`"
_DROPPED: Final = dict.fromkeys(map(ord, _APOSTROPHES))


def fold(text: str) -> str:
    """Lower case without accents, compatibility forms (full width, ligatures) or invisible signs.

    Folding what is folded changes nothing.
    """
    if not text.isascii():
        text = _plain(text)
    return text.casefold().translate(_DROPPED)


def _plain(text: str) -> str:
    """Without accents and formatting signs. Case folding can undo composition, hence twice."""
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.translate(_DROPPED)).casefold()
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Mn", "Me", "Cf"})


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in folded spelling; whatever is neither letter nor digit parts them."""
    folded = fold(text)
    if folded.isalnum():
        return (folded,)
    return tuple("".join(sign if sign.isalnum() else " " for sign in folded).split())
