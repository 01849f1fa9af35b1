"""The words of all languages: keywords that decide on their own, and classes that requests are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.keywords.typos import Spellings
from app.domain.keywords.weights import NO_WEIGHTS, Weights
from app.domain.replies import Language
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word (or a few) that is a whole message. `text` is in folded spelling."""

    text: str
    signal: Signal
    languages: tuple[Language, ...]

    @property
    def language(self) -> Language | None:
        """Its language, when it has only one: STOP is said everywhere."""
        return self.languages[0] if len(self.languages) == 1 else None


@dataclass(frozen=True, slots=True)
class Expression:
    """Several words that have classes together. `parted`: words may stand between the first and the last.

    A word in angle brackets in the file stands for a class: it is empty in `words`, its bit is in `slots`.
    """

    words: tuple[str, ...]
    slots: tuple[int, ...]
    classes: int
    parted: bool


# Compared by identity: a Message keys what it found by it.
@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The words of one language: their classes as bits of WordClass, and expressions.

    `own`: those of its file. People mix languages: little words of the others ("don't", "please") count too.
    `expressions`: by their first word, then by the longest of the others, so that only those are tried of which both
    are said. `stays`: the first words of those that say that the messages are wanted.
    """

    own: frozenset[str]
    classes: Mapping[str, int]
    expressions: Mapping[str, Mapping[str, tuple[Expression, ...]]]
    stays: frozenset[str]
    endings: Mapping[str, int]
    beginnings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the reading of messages knows of words.

    `lengths`: by a word, of how many words the keywords are that begin with it, the most first.
    `classes`: those that a word has in any language. `spoken_in`: the languages whose files have a word.
    `spellings`: which word a misspelt one was meant to be.
    `courtesies`: by its first word, the courtesy of several words, the longest first. `beside_opt_in`: the courtesy, of
    one word or several, that may stand beside a word that opts in. `brand`: the words of the program's brand.
    `opt_out_lines`: how a campaign's text ends, as tokens.
    `weights`: what words and classes speak for, where no rule is certain.
    """

    languages: tuple[Language, ...]
    keywords: Mapping[str, Keyword]
    lengths: Mapping[str, tuple[int, ...]]
    grammars: Mapping[Language, Grammar]
    classes: Mapping[str, int]
    spoken_in: Mapping[str, tuple[Language, ...]]
    spellings: Spellings
    courtesies: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    beside_opt_in: frozenset[str] = frozenset()
    brand: tuple[str, ...] = ()
    opt_out_lines: tuple[str, ...] = ()
    weights: Weights = NO_WEIGHTS
