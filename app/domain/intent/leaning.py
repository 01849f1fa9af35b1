"""Which way a message leans: the weights of its words and classes, added up, where no rule is certain."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import product
from typing import Final

from app.domain.intent.message import Message, Sentence
from app.domain.keywords.weights import EDGES, LENGTHS, NONE, Feature, Weights

# In more words than these somebody tells a story: what they come to together says nothing.
LONGEST: Final = LENGTHS[-1]
# One word that is no keyword is too little to go by.
SHORTEST: Final = 2
# So many words are named as what a leaning stands on.
TELLING: Final = 3
# Their places in a weight.
ASKS: Final = 0
HELPS: Final = 2
Classes = tuple[int, ...]
Classified = Sequence[tuple[Sentence, Sequence[int]]]
_BEGINS: Final = (EDGES["^"],)
_CLASSLESS: Final = (EDGES["0"],)


@dataclass(frozen=True, slots=True)
class Leaning:
    """Hundredths: how much speaks for something that a person should see, for a request to stop, and for one for help.

    `telling` finds the words that speak most for one of these sums, by its place in a weight.
    """

    asks: int
    stops: int
    helps: int
    telling: Callable[[int], tuple[str, ...]] = field(default=lambda _: (), compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Those that speak for it most: for help, where that is more than is asked otherwise."""
        return self.telling(HELPS if self.helps > self.asks else ASKS)


def leaning(message: Message) -> Leaning | None:
    """Add up a message; None where there is too little or too much of it."""
    weights = message.lexicon.weights
    length = len(message.words)
    if not weights.features or not SHORTEST <= length <= LONGEST:
        return None
    read = classified(message)
    found = [weight for feature in features_in(read) if (weight := weights.features.get(feature))]
    found += [weights.base, weights.lengths.get(length_of(length), NONE)]
    asks, stops, helps = (sum(side) for side in zip(*found, strict=True))
    return Leaning(asks, stops, helps, partial(_telling, read, weights))


def classified(message: Message) -> Classified:
    """Each sentence with the classes of its words in the language that has most of them."""
    return [
        (sentence, message.classes(sentence.words, message.languages(sentence.words)[0][1]))
        for sentence in message.sentences
    ]


def features_in(read: Classified) -> set[Feature]:
    """Everything in a message that is weighed, each once, but for its length."""
    return {feature for sentence, classes in read for feature in _features_of(sentence, classes)}


def _features_of(sentence: Sentence, classes: Sequence[int]) -> Iterator[Feature]:
    """What is weighed of a sentence: its words, their classes, and both of neighbours."""
    end = "?" if sentence.asks else "$"
    yield from sentence.words
    yield from map("{} {}".format, ("^", *sentence.words), (*sentence.words, end))
    before: Classes = _BEGINS
    for bits in classes:
        here = _bits_of(bits)
        yield from here
        yield from product(before, here)
        before = here
    yield from product(before, (EDGES[end],))


def length_of(words: int) -> int:
    """The step of LENGTHS that a message of so many words stands on."""
    return next(step for step in LENGTHS if words <= step)


def _telling(read: Classified, weights: Weights, side: int) -> tuple[str, ...]:
    """The words that by themselves speak most for one side."""

    def points(feature: Feature) -> int:
        return weights.features.get(feature, NONE)[side]

    each = {
        word: points(word) + sum(map(points, _bits_of(bits)))
        for sentence, classes in read
        for word, bits in zip(sentence.words, classes, strict=True)
    }
    most = sorted(each, key=lambda word: each[word], reverse=True)[:TELLING]
    return tuple(word for word in each if word in most and each[word] > 0)


@lru_cache(maxsize=8192)
def _bits_of(mask: int) -> Classes:
    """The classes of a word one by one."""
    return tuple(1 << place for place in range(mask.bit_length()) if mask >> place & 1) or _CLASSLESS
