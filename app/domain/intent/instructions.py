"""Quoted instructions, as in a forwarded advertisement: "reply STOP to unsubscribe" asks nothing of us."""

from collections.abc import Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.whole import stop_word
from app.domain.keywords import Lexicon

_BETWEEN: Final = m.LIGHT | m.FILLER
_WRITER: Final = m.I | m.ME | m.ALREADY
SHORTEST_ADDRESS: Final = 4
_LINKS: Final = frozenset({"http", "https", "www"})


def quotes_instructions(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether somebody is told what to send where, and the writer does not speak of himself before that."""
    for place, word in enumerate(words):
        classes = lexicon.classes.get(word, 0)
        if classes & _WRITER:
            return False
        if not (classes & m.REPLY or stop_word(word, lexicon)):
            continue
        target = _target(words, place, lexicon)
        if _is_address(target) and target != words[place + 1]:
            return True
        if classes & m.REPLY and (stop_word(target, lexicon) or _is_address(target)):
            return True
    return False


def quotes_opt_out_line(message: Message) -> bool:
    """Whether the line that ends a campaign's text stands in a message with other words: "… Stop? Text STOP"."""
    text = " ".join(message.tokens)
    lines = (line for line in message.lexicon.opt_out_lines if line in text)
    return any(len(message.words) > len(line.split()) for line in lines)


def _target(words: Sequence[str], place: int, lexicon: Lexicon) -> str:
    """The next word of weight: the STOP of "reply with STOP", the number of "STOP to 12345"."""
    heavy = (word for word in words[place + 1 :] if not lexicon.classes.get(word, 0) & _BETWEEN)
    return next(heavy, "")


def _is_address(word: str) -> bool:
    return word in _LINKS or (word.isdigit() and len(word) >= SHORTEST_ADDRESS)
