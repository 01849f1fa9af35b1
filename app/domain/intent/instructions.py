"""Instructions that are quoted, as in a forwarded advertisement: "reply STOP to unsubscribe" asks nothing of us."""

from collections.abc import Sequence
from typing import Final

from app.domain.keywords import Lexicon
from app.domain.keywords.classes import WordClass as W  # noqa: N817
from app.domain.signal import Signal

_ASKED: Final = int(W.REPLY | W.SEND)
_BETWEEN: Final = int(W.LIGHT | W.FILLER | W.REPLY | W.SEND)
_SAID: Final = int(W.I | W.ALREADY | W.HOW)


def quotes_instructions(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether somebody is told to send a stop word, and it is not the writer who says that he did."""
    for place, word in enumerate(words):
        keyword = lexicon.keywords.get(word)
        if not keyword or keyword.signal is not Signal.STOP:
            continue
        before = place - 1
        while before >= 0 and place - before <= 2 and lexicon.classes.get(words[before], 0) & _BETWEEN:
            if lexicon.classes.get(words[before], 0) & _ASKED:
                return not any(lexicon.classes.get(each, 0) & _SAID for each in words[:before])
            before -= 1
    return False
