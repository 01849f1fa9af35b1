"""Cuts a text into words, signs and the pauses between them."""

import re
from typing import Final

from app.domain.keywords.spelling import fold

PAUSE: Final = "."
QUESTION: Final = "?"
# A run of signs that look like letters is one token, also where no letter follows: what has to look for the letter
# anew at each of them takes the square of the time.
_TOKEN: Final = re.compile(r"[^\W_]+(?:[$@]+[^\W_]+)*|[$@]+[^\W_]*|[.!?;,:()\n\r\u2026\u3002]+|[^\w\s]")
_PAUSES: Final = frozenset(".!?;,:()\n\r\u2026\u3002")
_LIKE_LETTERS: Final = frozenset("$@")
# Between spaces a dash parts what is said: "Stop - where is my parcel".
_DASH: Final = re.compile(r"(?<!\S)[-|\u2013\u2014]+(?!\S)")


def tokens_of(text: str) -> list[str]:
    """Words and signs in folded spelling; every run of punctuation is one PAUSE, or QUESTION if it asks."""
    return [_meant(token) for token in _TOKEN.findall(_DASH.sub(PAUSE, fold(text)))]


def _meant(token: str) -> str:
    if token[0] in _PAUSES:
        return QUESTION if "?" in token else PAUSE
    return token[0] if token[-1] in _LIKE_LETTERS else token


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text; the signs too when it has nothing else."""
    tokens = tokens_of(text)
    return tuple(token for token in tokens if token[0].isalnum() or token[0] in "$@") or tuple(
        token for token in tokens if token != PAUSE
    )
