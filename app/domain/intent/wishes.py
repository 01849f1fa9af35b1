"""Wishes for help with our messages, or for the messages themselves, in more words than a keyword has."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Sentence
from app.domain.intent.reading import Reading, Rule
from app.domain.keywords import Lexicon
from app.domain.keywords.grammar import classify
from app.domain.signal import Signal

# Who asks for it says little besides.
LONGEST: Final = 12
_OURS: Final = m.MESSAGE | m.SERVICE | m.VAGUE | m.SEVERAL
_BESIDE: Final = (
    m.JOIN | m.AID | m.LIGHT | m.FILLER | m.COURTESY | m.FROM | _OURS | m.YOU | m.ME | m.I | m.WANT | m.HOW
    | m.SEND | m.RECEIVE | m.LIST | m.ALREADY | m.CLOSING
)  # fmt: skip
_OTHERWISE: Final = (
    m.NOT | m.NO | m.IF | m.WHY | m.PAST | m.CEASE | m.REMOVE | m.OPT_OUT | m.BUSINESS | m.EVENT | m.THIRD
    | m.STAY | m.LEAVE | m.KIN
)  # fmt: skip


def wish(sentences: Sequence[Sentence], words: Sequence[str], lexicon: Lexicon) -> Reading | None:
    """What a message of known words asks for, where a language has them all; None for any other."""
    if not 0 < len(words) <= LONGEST:
        return None
    asks = any(sentence.asks for sentence in sentences)
    for grammar in lexicon.grammars.values():
        if not all(word in grammar.classes for word in words):
            continue
        classes = [bits for sentence in sentences for bits in classify(sentence.words, grammar)]
        every = reduce(or_, classes, 0)
        if every & _OTHERWISE or not all(bits & _BESIDE for bits in classes):
            continue
        if every & m.AID and every & _OURS:
            return _reading(Signal.HELP, Rule.ASKED_FOR_HELP, words, classes, m.AID)
        if every & m.JOIN and (every & m.MESSAGE or (every & m.SEND and every & m.ME)) and not asks:
            return _reading(Signal.START, Rule.ASKED_TO_START, words, classes, m.JOIN)
    return None


def _reading(signal: Signal, rule: Rule, words: Sequence[str], classes: Sequence[int], said: int) -> Reading:
    return Reading(
        signal, rule, tuple(word for word, bits in zip(words, classes, strict=True) if bits & said)
    )
