"""What words and classes of words say about a message: how much each speaks for a request.

Three sums: whether something is asked that a person should see, whether it is to stop, and whether it is help with our
messages. The figures, in hundredths, were fitted to labelled messages; they are data, so that what a message came to
can be added up by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.keywords.classes import WordClass

# Beside the classes a pair can have the beginning of a sentence, its end, a question, or a word of no class.
EDGES: Final = {"^": -1, "$": -2, "?": -3, "0": 0}

# How long a message is, by steps: so many words or fewer.
LENGTHS: Final = (2, 5, 9, 14, 24, 40)

Weight = tuple[int, int, int]
# A word, two neighbours with a space between, a class of words as its bit, or the classes of two neighbours.
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
    for table, feature_of in _TABLES.items():
        features.update((feature_of(name), _weight(figures)) for name, figures in document[table].items())
    return Weights(
        base=_weight(document["base"]["base"]),
        features=features,
        lengths={int(words): _weight(figures) for words, figures in document["lengths"].items()},
    )


def _weight(figures: list[int]) -> Weight:
    asks, stops, helps = figures
    return asks, stops, helps


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


_TABLES: Final[Mapping[str, Callable[[str], Feature]]] = {
    "words": str,
    "neighbours": str,
    "classes": _bit,
    "pairs": _pair,
}
