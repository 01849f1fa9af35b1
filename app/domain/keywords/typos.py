"""Which word a misspelt one was meant to be: one slip, two in a long word, and never a word of its own.

Words are indexed under every spelling with a letter (or two) left out, so that a look-up needs no search.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.keywords.spelling import unleet

# STOP has too many neighbours that are words (shop, step, top, spot) for anything but swapped or doubled
# letters; those are keywords of their own in the language files. From here on a slip can be told from a word.
SHORTEST: Final = 6
LONG: Final = 11
LONGEST: Final = 16
# A word that opts in has to be longer: consent is never guessed from little.
SHORTEST_OPT_IN: Final = 8
_HELD_DOWN: Final = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words that are known, and the spellings at one or two letters from those that may be misspelt.

    `initials`: the first letters of those that two slips are forgiven in. `opt_ins`: those that opt in.
    """

    known: frozenset[str]
    nearby: Mapping[str, tuple[str, ...]]
    initials: frozenset[str]
    opt_ins: frozenset[str] = frozenset()

    def mended(self, plain: str) -> str:
        """The known word that a word is, or was most likely meant to be; itself without one.

        `plain`: without letters that were held down.
        """
        if plain in self.known or plain.isdigit():
            return plain
        if plain[-1:] == "e" and len(plain) >= SHORTEST and f"{plain}n" in self.known:
            return f"{plain}n"  # as it is said in Dutch: ontvange, sture
        return self._nearest(plain) if SHORTEST - 1 <= len(plain) <= LONGEST else plain

    def held_down(self, word: str) -> str:
        """The known word with letters for digits, and without those that come of a key held down."""
        if word in self.known or word.isdigit():
            return word
        return next((guess for guess in _plain_guesses(word) if guess in self.known), word)

    def _nearest(self, word: str) -> str:
        """The word that it may be a slip of; one that opts in only where no other is within its slips."""
        slips = 2 if word[0] in self.initials and len(word) >= LONG - 1 else 1
        opt_in = word
        tried: set[str] = set()
        for spelling in _shortened(word, slips):
            for known in self.nearby.get(spelling, ()):
                if known[0] != word[0] or known in tried:
                    continue
                tried.add(known)
                slipped = distance(known, word, slips)
                if known not in self.opt_ins:
                    if slipped <= _allowed(known):
                        return known
                elif slipped == 1 and _end_alike(known, word):
                    opt_in = known
        return opt_in


def spellings(known: Iterable[str], misspelt: Iterable[str], opt_ins: Iterable[str] = ()) -> Spellings:
    """Index `misspelt`, the words that are recognised with a slip; `known` are recognised as they are.

    `opt_ins`: a long one is recognised with one slip and the same ending, where no word of `misspelt` is within its
    own slips: "aamelden" may be "afmelden".
    """
    joins = {word for word in opt_ins if len(word) >= SHORTEST_OPT_IN} - {*misspelt}
    nearby: dict[str, list[str]] = {}
    for word in sorted(joins.union(misspelt)):
        if len(word) >= SHORTEST and word.isalpha():
            for spelling in set(_shortened(word, 1 if word in joins else _allowed(word))):
                nearby.setdefault(spelling, []).append(word)
    initials = frozenset(word[0] for word in misspelt if _allowed(word) > 1)
    index = {spelling: tuple(words) for spelling, words in nearby.items()}
    return Spellings(frozenset(known), index, initials, frozenset(joins))


def _end_alike(one: str, other: str) -> bool:
    """Whether the last two letters are the same, in any order: another ending may make another word, "subscribed"."""
    return sorted(one[-2:]) == sorted(other[-2:])


def distance(one: str, other: str, most: int = LONGEST) -> int:
    """Letters left out, put in, replaced or swapped with a neighbour (Damerau-Levenshtein, restricted).

    Exact up to `most`; any greater number for more, which is found out sooner.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i, *[most + 1] * len(other)]
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            opposite = other[j - 1]
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and opposite == one[i - 2]:
                best = min(best, last[j - 2] + 1)
            row[j] = best
        if min(row) > most and min(before) > most:
            break
    return row[-1]


def _allowed(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _plain_guesses(word: str) -> Iterator[str]:
    """Letters for digits, and letters that were held down let go."""
    if not word.isalpha():
        bare, word = word.strip("$@"), unleet(word)
        yield word
        yield bare
    for left in (r"\1", r"\1\1"):
        let_go, runs = _HELD_DOWN.subn(left, word)
        if not runs:
            return
        yield let_go


def _shortened(word: str, letters: int) -> Iterator[str]:
    yield word
    for position in range(len(word)):
        without = word[:position] + word[position + 1 :]
        yield without
        if letters > 1:
            for second in range(position, len(without)):
                yield without[:second] + without[second + 1 :]
