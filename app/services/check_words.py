"""Try the words before they go live: explain one message, or measure a file of labelled ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.intent import Reading, read
from app.domain.intent.phrase import LABELS, Phrase
from app.domain.program import Program
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Miss:
    """A phrase that is not read as it should be."""

    phrase: Phrase
    reading: Reading


@dataclass(frozen=True, slots=True)
class Measured:
    """How phrases were read: `table[wanted, found]` counts them all, `misses` lists those that went wrong."""

    table: Counter[tuple[Signal, Signal]]
    misses: tuple[Miss, ...]

    def total(self, wanted: Signal) -> int:
        return sum(self.table[wanted, found] for found in LABELS)

    def share(self, wanted: Signal, *found: Signal) -> float:
        """The part of the phrases labelled `wanted` that was read as one of `found`; 0 without any."""
        total = self.total(wanted)
        return sum(self.table[wanted, each] for each in found) / total if total else 0.0

    def rows(self) -> list[tuple[str, ...]]:
        """The confusion table: one row a label, one column a reading, headed."""
        heads = ("", *LABELS, "phrases")
        counted = [
            (wanted, *(str(self.table[wanted, found]) for found in LABELS), str(self.total(wanted)))
            for wanted in LABELS
        ]
        return [heads, *counted]


def check_words(phrases: Iterable[Phrase], program: Program) -> Measured:
    """Read every phrase and compare."""
    table: Counter[tuple[Signal, Signal]] = Counter()
    misses: list[Miss] = []
    for phrase in phrases:
        reading = read(phrase.text, program)
        table[phrase.signal, reading.signal] += 1
        if not phrase.accepts(reading.signal):
            misses.append(Miss(phrase, reading))
    return Measured(table, tuple(misses))


def explain(reading: Reading) -> str:
    """A decision in sentences: what the message is, by which rule, words and language."""
    said = f" Words: {', '.join(reading.words)}." if reading.words else ""
    language = f" Language: {reading.language}." if reading.language else ""
    return f"{reading.signal.upper()} by the rule {reading.rule}. {reading.rule.meaning}{said}{language}"
