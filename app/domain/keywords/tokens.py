"""Cuts a text into words, signs and the pauses between them."""

import re
from typing import Final

from app.domain.keywords.spelling import fold

PAUSE: Final = "."
QUESTION: Final = "?"
# A run of $ and @ is one token, even where no letter follows: a pattern that looks for the letter from each of them
# takes time that grows with the square.
_TOKEN: Final = re.compile(r"[^\W_]+(?:[$@]+[^\W_]+)*|[$@]+[^\W_]*|[.!?;,:()\n\r\u2026\u3002]+|[^\w\s]")
_PAUSES: Final = frozenset(".!?;,:()\n\r\u2026\u3002")
_LIKE_LETTERS: Final = frozenset("$@")
# Between spaces a dash parts what is said: "Stop - where is my parcel".
_DASH: Final = re.compile(r"(?<!\S)[-|\u2013\u2014]+(?!\S)")


def tokens_of(text: str) -> list[str]:
    """Words and signs in folded spelling; every run of punctuation is one PAUSE, or QUESTION if it asks."""
    return [
        token if token.isalnum() else _shortened(token)
        for token in _TOKEN.findall(_DASH.sub(PAUSE, fold(text)))
    ]


def _shortened(token: str) -> str:
    """PAUSE or QUESTION for punctuation; a single sign for a run of $ or @ without letters after it."""
    if token[0] in _PAUSES:
        return QUESTION if "?" in token else PAUSE
    return token[0] if token[-1] in _LIKE_LETTERS else token


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text; the signs too when it has nothing else."""
    if text.isascii() and text.isalpha():  # most entries of the files
        return (fold(text),)
    tokens = tokens_of(text)
    return tuple(token for token in tokens if token[0].isalnum() or token[0] in _LIKE_LETTERS) or tuple(
        token for token in tokens if token != PAUSE
    )
