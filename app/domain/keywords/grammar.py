"""From the listed words of one language to its grammar, and from a sentence to the classes of its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.keywords.classes import WordClass as W
from app.domain.keywords.lexicon import Expression, Grammar
from app.domain.keywords.tokens import words_of

# How far apart the parts of an expression may stand: "schrijf mij nu maar even uit".
REACH: Final = 9
SHORTEST_NUMBER: Final = 7
SHORTEST_COMPOUND: Final = 5
_PARTED: Final = "..."
_SLOT: Final = re.compile(r"<(\w+)>")
_BORROWED: Final = int(
    W.NOT
    | W.I
    | W.YOU
    | W.THIRD
    | W.ME
    | W.MORE
    | W.YET
    | W.COURTESY
    | W.FILLER
    | W.CLOSING
    | W.MISTAKE
    | W.FROM
)
_SKIPPED: Final = int(W.FILLER | W.COURTESY | W.LIGHT | W.FROM)
_NUMBER: Final = int(W.NUMBER)
_DIGITS: Final = int(W.DIGITS)
_STAY: Final = int(W.STAY)


def grammar_of(listed: Mapping[str, int], borrowed: Mapping[str, int]) -> Grammar:
    """Sort the entries of a language's classes into single words and expressions."""
    classes: dict[str, int] = {}
    expressions: dict[str, dict[str, list[Expression]]] = defaultdict(lambda: defaultdict(list))
    endings: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    for text, bits in listed.items():
        if text.startswith(_PARTED) or text.endswith(_PARTED):
            part, *more = words_of(text)
            if more:
                raise Misconfigured(
                    f"{text!r} must be one word with ... before or after it, the part of a compound"
                )
            parts_of_words = endings if text.startswith(_PARTED) else beginnings
            parts_of_words[part] = parts_of_words.get(part, 0) | bits
            continue
        parts = [part for entry in text.replace(_PARTED, " ").split() for part in _parts(entry)]
        words, slots = tuple(word for word, _ in parts), tuple(slot for _, slot in parts)
        if not words[0]:
            raise Misconfigured(f"{text!r} must begin with a word: classes in angle brackets come after it")
        for word in filter(None, words):
            classes.setdefault(word, 0)
        if len(words) == 1:
            classes[words[0]] |= bits
        else:
            expression = Expression(words, slots, bits, parted=_PARTED in text)
            expressions[words[0]][_mark_of(words)].append(expression)
    little = {word: bits & _BORROWED for word, bits in borrowed.items() if bits & _BORROWED}
    by_words = {
        first: {mark: tuple(found) for mark, found in marked.items()} for first, marked in expressions.items()
    }
    stays = (first for first, marked in expressions.items() if any(map(_says_to_stay, marked.values())))
    return Grammar(frozenset(classes), {**little, **classes}, by_words, frozenset(stays), endings, beginnings)


def _says_to_stay(expressions: Iterable[Expression]) -> bool:
    return any(each.classes & _STAY for each in expressions)


def _mark_of(words: Sequence[str]) -> str:
    """The word beside its first that tells an expression apart: its longest, which is seldom said otherwise."""
    return max(words[1:], key=len)


def _parts(entry: str) -> list[tuple[str, int]]:
    """The words of an entry, each with 0, or a class in angle brackets as its bit."""
    if slot := _SLOT.fullmatch(entry):
        if slot.group(1).upper() not in W.__members__:
            raise Misconfigured(f"{entry!r}: there is no class {slot.group(1)!r}")
        return [("", int(W[slot.group(1).upper()]))]
    return [(word, 0) for word in words_of(entry)]


def classify(words: Sequence[str], grammar: Grammar) -> list[int]:
    """The classes of every word as bits: its own and those of the expressions that it takes part in.

    An ordinary expression, such as "stop by", takes all classes from its words.
    """
    classes = [grammar.classes.get(word) or _of_digits(word) or _by_its_part(word, grammar) for word in words]
    own = tuple(classes)
    ordinary: list[int] = []
    for start, expression in _said_in(words, grammar):
        places = _places(expression, words, own, start)
        for place in places:
            classes[place] |= expression.classes
        if not expression.classes:
            ordinary.extend(places)
    for place in ordinary:
        classes[place] = 0
    return classes


def _said_in(words: Sequence[str], grammar: Grammar) -> Iterator[tuple[int, Expression]]:
    """The expressions of which every word is said, each with a place where it may begin."""
    said = {*words, ""}  # a class in angle brackets has no word
    for start, word in enumerate(words):
        marked = grammar.expressions.get(word)
        if marked is None:
            continue
        for mark in marked.keys() & said:
            for expression in marked[mark]:
                if said.issuperset(expression.words):
                    yield start, expression


def _by_its_part(word: str, grammar: Grammar) -> int:
    """The classes of a compound that no file could list: "kutberichten", "smsgedoe"."""
    if word in grammar.classes or len(word) < SHORTEST_COMPOUND:
        return 0
    if word.endswith(tuple(grammar.endings)):
        return next(bits for ending, bits in grammar.endings.items() if word.endswith(ending))
    if word.startswith(tuple(grammar.beginnings)):
        return next(bits for beginning, bits in grammar.beginnings.items() if word.startswith(beginning))
    return 0


def _of_digits(word: str) -> int:
    if not word.isdigit():
        return 0
    return _NUMBER if len(word) >= SHORTEST_NUMBER else _DIGITS


def _places(expression: Expression, words: Sequence[str], classes: Sequence[int], start: int) -> list[int]:
    """Where the words of an expression stand, from `start`; empty when it is not there."""
    places = [start]
    for wanted, slot in zip(expression.words[1:], expression.slots[1:], strict=True):
        at = places[-1] + 1
        end = min(len(words), start + REACH if expression.parted else at + 3)
        while at < end and not (classes[at] & slot if slot else words[at] == wanted):
            if not (expression.parted or classes[at] & _SKIPPED):
                return []
            at += 1
        if at >= end:
            return []
        places.append(at)
    return places
