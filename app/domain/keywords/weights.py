"""What words and classes of words say about a message: how much each speaks for a request.

Three sums: whether something is asked that a person should see, whether it is to stop, and whether it is help with our
messages. The figures, in hundredths, were fitted to labelled messages; they are data, so that what a message came to
can be added up by hand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.keywords.classes import WordClass

# Beside the classes a pair can have the beginning of a sentence, its end, a question, or a word of no class.
EDGES: Final = {"^": -1, "$": -2, "?": -3, "0": 0}

# Between two words with one or two others between them, and before a part of a word ("<" and ">" are its ends).
APART: Final = " ... "
PART: Final = "~"

# How long a message is, by steps: so many words or fewer.
LENGTHS: Final = (2, 5, 9, 14, 24, 40)

# As JSON hands them over: 60,000 tuples more would take half as long again at every start. A test looks at their
# length.
Weight = Sequence[int]
# A word or part of one, two neighbours with a space between or two that stand apart, a class of words as its bit, or
# the classes of two neighbours.
Feature = str | int | tuple[int, int]
NONE: Final[Weight] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Weights:
    """Hundredths for (asks, stops, helps). `base` is where the sums begin, `lengths` has one for each of LENGTHS."""

    base: Weight = NONE
    features: Mapping[Feature, Weight] = field(default_factory=dict)
    lengths: Mapping[int, Weight] = field(default_factory=dict)


NO_WEIGHTS: Final = Weights()


def weights_from(document: Mapping[str, Mapping[str, list[int]]]) -> Weights:
    """Parse the file of weights. Raises Misconfigured, naming a class that there is not."""
    features: dict[Feature, Weight] = {}
    for table in _BY_NAME:
        features.update(document[table])
    for table, feature_of in _BY_CLASS.items():
        features.update((feature_of(name), weight) for name, weight in document[table].items())
    lengths = {int(words): weight for words, weight in document["lengths"].items()}
    return Weights(document["base"]["base"], features, lengths)


def _pair(names: str) -> tuple[int, int]:
    first, second = names.split()
    return _bit(first), _bit(second)


def _bit(name: str) -> int:
    if name in EDGES:
        return EDGES[name]
    try:
        return int(WordClass[name.upper()])
    except KeyError:
        raise Misconfigured(f"the file of weights: there is no class {name!r}") from None


_BY_NAME: Final = ("words", "parts", "neighbours", "apart")
_BY_CLASS: Final[Mapping[str, Callable[[str], Feature]]] = {"classes": _bit, "pairs": _pair}
