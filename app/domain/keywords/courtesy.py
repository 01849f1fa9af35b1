"""Courtesy of several words, which may stand around a keyword: "STOP, have a nice day"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.domain.keywords.classes import WordClass
from app.domain.keywords.tokens import words_of

_POLITE: Final = WordClass.COURTESY | WordClass.CLOSING


def courteous(listed: Iterable[Mapping[str, int]]) -> Iterator[str]:
    """The entries of the language files that are courtesy or come before a name, whatever else they are."""
    for classes in listed:
        yield from (text for text, bits in classes.items() if bits & _POLITE)


def courtesies(said: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Those of several words, by the first of them, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for words in map(words_of, said):
        if len(words) > 1:
            found[words[0]].add(words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}
