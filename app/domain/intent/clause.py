"""One clause as one language sees it: its words with their classes, and what rules ask of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Sentence
from app.domain.signal import Signal

_BETWEEN_VERB_AND_NOT: Final = m.ME | m.FILLER | m.YOU | m.COURTESY
# In the files "this" is MY and VAGUE, Dutch "me" MY and ME: only MY alone owns something ("not my phone, stop").
_LIKE_MY: Final = m.MY | m.ME | m.VAGUE
_DECISIVE: Final = m.OPT_OUT | m.CLEAR | m.DOUBT
_SAYING: Final = m.CLEAR | m.DOUBT | m.LEAVE
# How far before a verb its negation may stand: "I do not want to ever stop".
NEGATION_REACH: Final = 5
# Longer than anybody's clause; it bounds what a rule can cost.
LONGEST_CLAUSE: Final = 30


@dataclass(frozen=True, slots=True)
class Clause:
    """Words, their classes as bits (0: a word that means something else) and all those bits together.

    `business`: whether it names what a customer otherwise writes about. Such a word has no class besides.
    `elsewhere`: the classes of the words in the other sentences of the message.
    """

    words: tuple[str, ...]
    classes: tuple[int, ...]
    asks: bool
    all: int
    business: bool
    elsewhere: int = 0

    @property
    def named(self) -> bool:
        """Whether another sentence names our messages, a list or a number, and nothing that a customer orders."""
        ours = self.elsewhere & m.SUBJECT or (self.elsewhere & m.PITCH and self.elsewhere & m.YOU)
        return bool(ours) and not self.elsewhere & m.BUSINESS

    @property
    def other_matter(self) -> bool:
        """Whether it is about what a customer otherwise writes about, and names nothing of ours."""
        return self.business and not self.all & m.SUBJECT

    def has(self, classes: int) -> bool:
        return bool(self.all & classes)

    def places(self, classes: int, start: int = 0) -> Iterator[int]:
        """Where words of these classes stand."""
        if not self.all & classes:
            return iter(())
        return (i for i in range(start, len(self.words)) if self.classes[i] & classes)

    def first(self, classes: int, start: int = 0, end: int | None = None) -> int | None:
        """Where the first word of these classes stands, before `end`."""
        if not self.all & classes:
            return None
        for place in range(start, len(self.classes) if end is None else min(end, len(self.classes))):
            if self.classes[place] & classes:
                return place
        return None

    def foreign(self, start: int = 0, end: int | None = None) -> int:
        """How many words there are of which the language's file says nothing."""
        return self.classes[start:end].count(0)

    def said(self, *places: int | None) -> tuple[str, ...]:
        """The words at these places, in the order of the clause."""
        return tuple(self.words[place] for place in sorted({p for p in places if p is not None}))

    def is_noun(self, verb: int) -> bool:
        """Whether the word only looks like a verb: "the end"."""
        return verb > 0 and bool(self.classes[verb - 1] & m.ARTICLE)

    def own_business(self, verb: int) -> bool:
        """Whether the verb is what the writer, or somebody else, does: "I stop texting", "he should stop"."""
        subjects = (place for place in self.places(m.THIRD) if place < verb)
        if any(not self.classes[place + 1] & m.NUMBER for place in subjects):  # "her number" is an object
            return True
        writer = self.first(m.I, end=verb)
        if writer is None or self.first(m.WANT, end=verb) is not None:
            return False
        # "can I", "how do I" ask; "I can" does not, unless the whole is a question.
        return self.first(m.HOW, end=verb if self.asks else writer) is None

    def asked_of_you(self, verb: int) -> bool:
        """Whether the last person named before the verb is the one spoken to: "I report you if you don't stop"."""
        people = [self.classes[place] for place in self.places(m.I | m.YOU | m.THIRD) if place < verb]
        return bool(people and people[-1] & m.YOU and self.first(m.IF | m.WHY, end=verb) is not None)

    def happened(self, verb: int) -> bool:
        """Whether it is only asked what we did: "did you stop sending texts"."""
        past = self.first(m.PAST, end=verb)
        return past is not None and self.first(m.YOU, past, verb) is not None and not self.has(m.NOT)

    def supposed(self, verb: int) -> bool:
        """Whether the writer only thinks of doing it himself: "if I unsubscribe".

        "If you don't unsubscribe me, I complain" is a threat.
        """
        condition = self.first(m.IF, end=None if self.asks else verb)
        if condition is None or self.first(m.I, condition) is None:
            return False
        return not (self.asked_of_you(verb) and self.first(m.NOT, condition, verb) is not None)

    def supposed_of_us(self, verb: int) -> bool:
        """Whether a condition says that we might: "a shame if you stopped texting me"; no threat, "if you don't"."""
        condition = self.first(m.IF, end=verb)
        if condition is None or self.first(m.YOU, condition, verb) is None:
            return False
        return self.first(m.NOT | m.NO, condition, verb) is None

    def addressee(self, verb: int) -> Signal:
        """Whom the texting goes to: STOP for the writer or nobody, OTHER for somebody else, or UNCLEAR."""
        for place in range(verb + 1, len(self.words)):
            classes = self.classes[place]
            if classes & m.THIRD:
                return Signal.OTHER
            if classes & m.ME and self._named(verb, place + 1):
                return Signal.OTHER  # "stop calling me that"
            if classes & m.ME and self.classes[place + 1 : place + 2] == (0,):
                return Signal.UNCLEAR  # "stop calling me names"
            if classes & m.RECIPIENT:
                return Signal.STOP
            if not classes & m.PASSED_OVER:
                return Signal.UNCLEAR
        return Signal.STOP

    def _named(self, verb: int, name: int) -> bool:
        """Whether the verb gives the writer a name, which stands last: "don't call me stupid"."""
        naming = self.classes[verb] & m.NAMING and name == len(self.classes) - 1
        return bool(naming and self.classes[name] & (m.VAGUE | m.EPITHET))

    def denied(self, verb: int) -> bool:
        """Whether a negation governs the verb at this place: "don't stop", "stop niet"."""
        after = verb + 1
        while after < len(self.words) and self.classes[after] & _BETWEEN_VERB_AND_NOT:
            after += 1
        if after < len(self.words) and self._denies(after):
            return self.first(m.WHY, end=verb) is None  # "why don't you stop", "waarom stop je niet"
        return self._denied_before(verb)

    def _denied_before(self, verb: int) -> bool:
        reach = NEGATION_REACH
        for place in range(verb - 1, -1, -1):
            if not self.classes[place] or self.classes[place] & _LIKE_MY == m.MY:
                return False  # "not my phone, stop"
            if self._denies(place):
                # A threat or a reproach is a request: "if you do not stop …", "why don't you stop …".
                return self.first(m.IF | m.WHY, end=place) is None
            # The words of one expression count once.
            if not self.classes[place] & self.classes[verb] & m.ENDING:
                reach -= 1
            if not reach:
                break
        return False

    def _denies(self, place: int) -> bool:
        return bool(self.classes[place] & m.NOT) and not self.classes[place] & _SAYING


def clauses_of(
    sentence: Sentence, classes: Sequence[int], *, elsewhere: int = 0, on_behalf: bool = False
) -> Iterator[Clause]:
    """The clauses of one sentence: it is parted at and, but, because.

    `on_behalf`: the writer speaks for somebody, who is meant as he would be himself.
    """
    words, asks = sentence.words, sentence.asks
    if on_behalf:
        classes = _as_the_writer(classes)
    start = 0
    # "want" is Dutch for because, except in English: "I don't want to".
    for place in [*(i for i, bits in enumerate(classes) if bits & m.AND and not bits & m.WANT), len(words)]:
        for first in range(start, place, LONGEST_CLAUSE):
            last = min(place, first + LONGEST_CLAUSE)
            bits, business = tuple(classes[first:last]), False
            if reduce(or_, bits) & m.TOPICS:
                business = any(each & (m.BUSINESS | m.EVENT) and not each & _DECISIVE for each in bits)
                bits = tuple(each & ~m.TOPICS for each in bits)
            yield Clause(words[first:last], bits, asks, reduce(or_, bits), business, elsewhere)
        start = place + 1


def _as_the_writer(classes: Sequence[int]) -> list[int]:
    """The classes where the writer speaks for "my mother": she is meant by "her", and after a verb by her name."""
    spoken: list[int] = []
    asked = 0
    for bits in classes:
        if bits & m.THIRD and bits & m.PRONOUN:
            spoken.append((bits & ~m.THIRD) | m.ME | m.MY)
        elif bits & m.KIN and asked and spoken[-1] & m.MY:
            spoken.append(bits | m.ME)
        else:
            spoken.append(bits)
        asked |= bits & (m.CEASE | m.REMOVE) or (bits & m.SEND and not bits & m.MESSAGE)
    return spoken
