"""One clause in the eyes of one language: its words with their classes, and the questions that rules ask of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.keywords.classes import WordClass as W  # noqa: N817 - read on every line of the rules
from app.domain.keywords.grammar import classify
from app.domain.keywords.lexicon import Grammar

_AND: Final = int(W.AND)
_NOT: Final = int(W.NOT)
_IF: Final = int(W.IF)
_WHY: Final = int(W.WHY)
_SAYING: Final = int(W.CLEAR | W.DOUBT)
_BEFORE_A_NOT: Final = int(W.ME | W.FILLER | W.YOU)
# How far before a verb its negation may stand: "I do not want to ever stop".
_NEGATION_REACH: Final = 5


@dataclass(frozen=True, slots=True)
class Clause:
    """Words, their classes as bits (0: a word that means something else) and all those bits together."""

    words: tuple[str, ...]
    classes: tuple[int, ...]
    asks: bool
    all: int

    def has(self, classes: int) -> bool:
        return bool(self.all & classes)

    def places(self, classes: int, start: int = 0) -> Iterator[int]:
        """Where words of these classes stand."""
        return (i for i in range(start, len(self.words)) if self.classes[i] & classes)

    def first(self, classes: int, start: int = 0, end: int | None = None) -> int | None:
        """Where the first of these classes stands, before `end`."""
        found = next(self.places(classes, start), None)
        return found if found is None or end is None or found < end else None

    def foreign(self, start: int = 0, end: int | None = None) -> int:
        """How many words there are of which this language's file says nothing."""
        return self.classes[start:end].count(0)

    def said(self, *places: int | None) -> tuple[str, ...]:
        """The words at these places, in the order of the clause."""
        return tuple(self.words[place] for place in sorted({p for p in places if p is not None}))

    def denied(self, verb: int) -> bool:
        """Whether a negation governs the verb at this place: "don't stop", "stop niet"."""
        if self._denied_afterwards(verb + 1):
            return True
        for place in range(verb - 1, max(-1, verb - 1 - _NEGATION_REACH), -1):
            if not self.classes[place]:
                return False
            if self.classes[place] & _NOT and not self.classes[place] & _SAYING:
                # A threat or a reproach is a request: "if you do not stop …", "why don't you stop …".
                return not any(c & (_IF | _WHY) for c in self.classes[:place])
        return False

    def _denied_afterwards(self, place: int) -> bool:
        while place < len(self.words) and self.classes[place] & _BEFORE_A_NOT:
            place += 1
        return place < len(self.words) and bool(self.classes[place] & _NOT) and not self.classes[place] & _SAYING


def clauses_of(words: Sequence[str], grammar: Grammar, *, asks: bool) -> list[Clause]:
    """The clauses of one sentence: it is parted at and, but, because."""
    classes = classify(words, grammar)
    clauses: list[Clause] = []
    start = 0
    for place in [*(i for i, bits in enumerate(classes) if bits & _AND), len(words)]:
        if place > start:
            bits = classes[start:place]
            everything = 0
            for each in bits:
                everything |= each
            clauses.append(Clause(tuple(words[start:place]), tuple(bits), asks, everything))
        start = place + 1
    return clauses
