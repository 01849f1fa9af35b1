"""Which way a message leans: what is weighed of it, added up, where no rule is certain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import Final

from app.domain.intent.features import (
    Classified,
    classes_in,
    classified,
    features_in,
    features_of_word,
    length_of,
)
from app.domain.intent.message import Message
from app.domain.keywords.weights import LENGTHS, NONE, Feature, Weights

# In more words than these somebody tells a story: what they come to together says nothing.
LONGEST: Final = LENGTHS[-1]
# One word that is no keyword is too little to go by.
SHORTEST: Final = 2
# So many words are named as what a leaning stands on.
TELLING: Final = 3


class Sum(IntEnum):
    """The three sums, by their place in a weight."""

    ASKS = 0
    STOPS = 1
    HELPS = 2


@dataclass(frozen=True, slots=True)
class Leaning:
    """Hundredths: how much speaks for something that a person should see, for a request to stop, and for one for help.

    `telling` finds the words that speak most for one sum; only a reading that leans needs them, so they are not sought
    before.
    """

    asks: int
    stops: int
    helps: int
    telling: Callable[[Sum], tuple[str, ...]] = field(default=lambda _: (), compare=False)


def leaning(message: Message) -> Leaning | None:
    """Add up a message; None where there is too little or too much of it."""
    weights = message.lexicon.weights
    length = len(message.words)
    if not weights.features or not SHORTEST <= length <= LONGEST:
        return None
    read = classified(message)
    found = [*filter(None, map(weights.features.get, features_in(read, weights.features)))]
    found += [weights.base, weights.lengths.get(length_of(length), NONE)]
    asks, stops, helps = (sum(side) for side in zip(*found, strict=True))
    return Leaning(asks, stops, helps, partial(_telling, read, weights))


def _telling(read: Classified, weights: Weights, side: Sum) -> tuple[str, ...]:
    """The words that by themselves speak most for one side."""

    known = weights.features

    def points(features: Iterable[Feature]) -> int:
        return sum(known.get(feature, NONE)[side] for feature in features)

    each = {
        word: points(features_of_word(word, known)) + points(classes_in(bits))
        for sentence, classes in read
        for word, bits in zip(sentence.words, classes, strict=True)
    }
    most = sorted(each, key=lambda word: each[word], reverse=True)[:TELLING]
    return tuple(word for word in each if word in most and each[word] > 0)
