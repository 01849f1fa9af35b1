"""Wishes for help with our messages in more words than a keyword has. To start, the keyword has to stand alone."""

from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.reading import Reading, Rule
from app.domain.signal import Signal

# Who asks for it says little besides.
LONGEST: Final = 12
_OURS: Final = m.MESSAGE | m.SERVICE | m.VAGUE | m.SEVERAL
_BESIDE: Final = (
    m.AID | m.LIGHT | m.FILLER | m.COURTESY | m.FROM | _OURS | m.YOU | m.ME | m.I | m.WANT | m.HOW
    | m.SEND | m.RECEIVE | m.LIST | m.ALREADY | m.CLOSING
)  # fmt: skip
_OTHERWISE: Final = (
    m.NOT | m.NO | m.IF | m.WHY | m.PAST | m.CEASE | m.REMOVE | m.OPT_OUT | m.BUSINESS | m.EVENT | m.THIRD
    | m.STAY | m.LEAVE | m.KIN
)  # fmt: skip


def wish(message: Message) -> Reading | None:
    """What a message of known words asks for, where a language has them all; None for any other."""
    words = message.words
    if not 0 < len(words) <= LONGEST:
        return None
    for grammar in message.lexicon.grammars.values():
        if not all(word in grammar.classes for word in words):
            continue
        classes = [
            bits for sentence in message.sentences for bits in message.classes(sentence.words, grammar)
        ]
        every = reduce(or_, classes, 0)
        if every & _OTHERWISE or not all(bits & _BESIDE for bits in classes):
            continue
        if every & m.AID and every & _OURS:
            known = zip(words, classes, strict=True)
            asked = tuple(word for word, bits in known if bits & m.AID)
            return Reading(Signal.HELP, Rule.ASKED_FOR_HELP, asked)
    return None
