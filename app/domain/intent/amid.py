"""Keywords amid other words: a sentence by themselves, before their reason, or as what comes of the rest."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Sentence
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt
from app.domain.intent.whole import keywords_in, stop_word
from app.domain.keywords import Lexicon
from app.domain.signal import Signal

MOST_NAMES: Final = 2
_BESIDE_NAMES: Final = m.COURTESY | m.FILLER | m.FROM


def classes_of(words: Sequence[str], lexicon: Lexicon) -> int:
    """All classes of some words together, in any language."""
    return reduce(or_, (lexicon.classes.get(word, 0) for word in words), 0)


def keyword_alone(sentence: Sentence, lexicon: Lexicon, elsewhere: int, *, outer: bool) -> Iterator[Finding]:
    """A stop word between two pauses. A word such as "off" needs the rest of the message to agree.

    Before a question mark it is only a doubt: "Unsubscribe? Never!"
    """
    for found in keywords_in(sentence.words, lexicon):
        if found.signal is Signal.STOP:
            classes = lexicon.classes.get(found.text, 0)
            if classes & m.WITHDRAW and elsewhere & m.BUSINESS:
                continue  # "I don't need the order any more, cancel please"
            if sentence.asks:
                yield doubt(Rule.KEYWORD_SENTENCE, (found.text,))
                continue
            named = classes & m.REMOVE and outer and _speaks_of_himself(elsewhere)
            firm = classes & m.OPT_OUT or (outer and classes & m.CEASE) or named
            otherwise = Signal.STOP if firm else Signal.UNCLEAR
            yield Finding(Signal.STOP, Rule.KEYWORD_SENTENCE, (found.text,), otherwise)


def _speaks_of_himself(elsewhere: int) -> bool:
    """Whether the rest could be a reason to remove the writer: it names him, or nothing that happened."""
    if elsewhere & m.TOPICS:
        return False
    return bool(elsewhere & (m.ME | m.SUBJECT)) or not elsewhere & (m.PAST | m.RECEIVE)


def keyword_first(sentence: Sentence, lexicon: Lexicon) -> Iterator[Finding]:
    """A stop word, and then its reason without a pause: "stop I'm at work", "stop want ik ben verhuisd"."""
    first = stop_word(sentence.words[0], lexicon)
    if first is None or not lexicon.classes.get(first.text, 0) & m.CEASE:
        return
    for word in sentence.words[1:]:
        classes = lexicon.classes.get(word, 0)
        if classes & m.BECAUSE and classes & m.WANT:
            continue  # "want" is Dutch for because: somebody must follow
        if classes & (m.I | m.BECAUSE):
            if not sentence.asks and not classes_of(sentence.words, lexicon) & m.MISTAKE:
                yield Finding(Signal.STOP, Rule.KEYWORD_SENTENCE, (first.text,), Signal.STOP)
            return
        if not classes & (m.FILLER | m.COURTESY):
            return


def keyword_and_name(words: Sequence[str], lexicon: Lexicon) -> Iterator[Finding]:
    """A stop word and a word or two that no file has, such as a shop's name: "STOP Zalando", "afmelden bij Zalando"."""
    for edge in (0, -1):
        found = stop_word(words[edge], lexicon)
        if found is None or lexicon.classes.get(found.text, 0) & m.WITHDRAW:
            continue
        rest = words[1:] if edge == 0 else words[:-1]
        names = [word for word in rest if word not in lexicon.classes]
        beside = (lexicon.classes.get(word, 0) & _BESIDE_NAMES for word in rest if word in lexicon.classes)
        if 0 < len(names) <= MOST_NAMES and all(beside):
            yield doubt(Rule.KEYWORD_SENTENCE, (found.text,))
            return


def keyword_last(sentence: Sentence, lexicon: Lexicon) -> Iterator[Finding]:
    """A stop word as what comes of the rest: "nothing personal but stop", "ik ben verhuisd dus geen sms meer"."""
    for place in range(len(sentence.words) - 1, 0, -1):
        if lexicon.classes.get(sentence.words[place - 1], 0) & m.THEREFORE:
            rest = Sentence(sentence.words[place:], sentence.asks)
            yield from keyword_alone(rest, lexicon, 0, outer=True)
            return
