"""Sentences of ours that are finished where the reader's language is known: English words, and what fills the gaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of them. `words`: the English, with gaps such as {seconds}; by it other languages find theirs.

    As a string it is the whole of it in English, as the command line says it.
    """

    words: str
    filled: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.in_words(self.words)

    def with_(self, **filled: object) -> "Sentence":
        """The same with its gaps filled. What fills one may be a sentence itself."""
        return Sentence(self.words, tuple(filled.items()))

    def in_words(self, words: str) -> str:
        """These words, which may be of another language, with this sentence's gaps filled."""
        return words.format_map(dict(self.filled)) if self.filled else words


def sentence(words: str, **filled: object) -> Sentence:
    """A sentence. The words stand here as they are, for this name is how translators' tools find them."""
    return Sentence(words, tuple(filled.items()))


def recognised(text: str, known: Iterable[Sentence]) -> Sentence | None:
    """The first of the known sentences that this text is one of, its gaps filled; None when it is none of them.

    What is stored is stored in English, as it was when it was written down.
    """
    for one in known:
        if found := _pattern(one.words).fullmatch(text):
            return one.with_(**found.groupdict())
    return None


@lru_cache(1024)
def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", words)
    gaps = [f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(gaps), re.DOTALL)
