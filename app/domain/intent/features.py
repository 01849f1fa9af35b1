"""What is weighed of a message: its words, what stands beside and near them, and the classes of both."""

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

from app.domain.intent.message import Message, Sentence
from app.domain.keywords.weights import APART, EDGES, LENGTHS, PART, Feature

# A word without a weight of its own, such as a misspelt one, is weighed by its character n-grams of these lengths.
PARTS: Final = (3, 4)
# Longer than a word that people type; it bounds what reading can cost.
LONGEST_WORD: Final = 20
Classes = tuple[int, ...]
Classified = Sequence[tuple[Sentence, Sequence[int]]]
_BEGINS: Final = (EDGES["^"],)
_CLASSLESS: Final = (EDGES["0"],)


def classified(message: Message) -> Classified:
    """Each sentence with the classes of its words in the language that has most of them."""
    read = []
    for sentence in message.sentences:
        _, best = message.languages(sentence.words)[0]
        read.append((sentence, message.classes(sentence.words, best)))
    return read


def features_in(read: Classified, known: Container[Feature]) -> set[Feature]:
    """Everything in a message that is weighed, each once, but for its length.

    `known`: the words that have a weight of their own.
    """
    found: set[Feature] = set()
    for sentence, classes in read:
        words, end = sentence.words, "?" if sentence.asks else "$"
        for word in words:
            found.update(features_of_word(word, known))
        found.update([f"{word} {following}" for word, following in pairwise(("^", *words, end))])
        for distance in (2, 3):  # one or two words between: skip-bigrams
            found.update(
                [f"{one}{APART}{other}" for one, other in zip(words, words[distance:], strict=False)]
            )
        found.update(*_of_classes(classes, end))
    return found


def _of_classes(classes: Sequence[int], end: str) -> Iterator[Sequence[Feature]]:
    yield from map(_beside, (None, *classes), classes)
    yield [*product(classes_in(classes[-1]), (EDGES[end],))]


# What people say has few pairs of classes: at 4,096 most are found ready, and it takes a few megabytes.
@lru_cache(maxsize=4096)
def _beside(before: int | None, mask: int) -> Sequence[Feature]:
    """The classes of a word, and each beside each of those of the word before it; None before the first word."""
    here = classes_in(mask)
    return (*here, *product(_BEGINS if before is None else classes_in(before), here))


def features_of_word(word: str, known: Container[Feature]) -> Sequence[str]:
    """The word itself where it has a weight or is no plain word; else its parts."""
    if word in known or not word.isalpha() or len(word) > LONGEST_WORD:
        return (word,)
    framed = f"<{word}>"
    return [
        f"{PART}{framed[start : start + size]}" for size in PARTS for start in range(len(framed) - size + 1)
    ]


@lru_cache(maxsize=8192)
def classes_in(mask: int) -> Classes:
    """The classes of a word one by one."""
    return tuple(1 << place for place in range(mask.bit_length()) if mask >> place & 1) or _CLASSLESS


def length_of(words: int) -> int:
    """The step of LENGTHS that a message of so many words stands on."""
    return next(step for step in LENGTHS if words <= step)
