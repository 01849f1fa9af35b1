"""Fits the weights of words and classes anew, from labelled messages and files of ordinary sentences.

`python -m bench.weights FILE…`: the shipped phrases and those in bench/texts are always used. Of the files that are
named, each `.jsonl` has labelled messages as those have; any other has one ordinary sentence a line, such as
collections of text messages and of talk have. They teach what an ordinary message is like. Nothing of them is kept but
the words, parts of words and pairs of words that are frequent, with their figures. Prints how a trial fit to nine
messages in ten reads the tenth; the file is then fitted to all.
"""

import json
import math
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from operator import add
from pathlib import Path
from typing import Final

from app.domain.intent.features import classified, features_in, length_of
from app.domain.intent.leaning import LONGEST
from app.domain.intent.message import Message
from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.keywords import lexicon_from
from app.domain.keywords.classes import WordClass
from app.domain.keywords.weights import APART, EDGES, PART, Feature
from app.domain.signal import Signal
from app.language_files import PACKAGE, language_documents, shipped_phrases

# A feature seen less often, by table, says nothing about the language; one whose figures are all below SLIGHT is left
# out.
MIN_COUNT: Final = {"words": 5, "parts": 3, "neighbours": 5, "apart": 5}
MIN_COUNT_OTHERWISE: Final = 2
SLIGHT: Final = 12
EPOCHS: Final = 12
# The weights are averaged over the last epochs: after a single one they waver with its last examples.
AVERAGED_EPOCHS: Final = 6
LEARNING_RATE: Final = 0.25
# The most that the ridge penalty takes in an epoch, shared among the times that a feature is seen: what is rare would
# be learnt by heart otherwise. With 1.0 questions are missed that 0.3 finds.
L2: Final = 0.3
# An example with a smaller error is skipped: it would move hardly anything.
NEGLIGIBLE: Final = 0.005
# A shipped phrase counts for so much more than another message: tests hold the shipped ones to bars.
SHIPPED: Final = 1.5
TEXTS: Final = Path(__file__).parent / "texts"
SIDES: Final = ("asks", "stops", "helps")
# The number of the intercept, which every message has.
BASE: Final = 0

Key = Feature | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A message: the numbers of what is weighed of it, the yes or no of each sum, and how much it counts."""

    numbers: tuple[int, ...]
    wanted: tuple[bool, bool, bool]
    counts: float


def main(arguments: Sequence[str]) -> int:
    """Fit, print how well, and write the file; 2 without any ordinary sentences to fit to."""
    if not arguments:
        print("bench.weights: name files of ordinary sentences, one a line", file=sys.stderr)
        return 2
    lexicon = lexicon_from(language_documents())
    messages = [
        (message, phrase.signal, counts)
        for phrase, counts in _phrases([Path(argument) for argument in arguments])
        if 0 < len((message := Message(phrase.text, lexicon)).words) <= LONGEST
    ]
    seen = Counter(word for message, _, _ in messages for word in set(message.words))
    known = {word for word, times in seen.items() if times >= MIN_COUNT["words"]}
    keyed = [(_keys(message, known), signal, counts) for message, signal, counts in messages]
    numbers = _numbered(key for keys, _, _ in keyed for key in keys)
    examples = [_example(keys, signal, counts, numbers) for keys, signal, counts in keyed]
    random.Random(1).shuffle(examples)
    _try_out(examples, len(numbers))
    target = files(PACKAGE) / "weights.json"
    Path(str(target)).write_text(_written(_document(numbers, _fit_all(examples, len(numbers)))), "utf-8")
    return 0


def _phrases(paths: Iterable[Path]) -> Iterator[tuple[Phrase, float]]:
    """Every labelled message, and how much it counts."""
    for phrase in shipped_phrases():
        yield phrase, SHIPPED
    for path in [*sorted(TEXTS.glob("*.jsonl")), *paths]:
        lines = path.read_text("utf-8").splitlines()
        if path.suffix == ".jsonl":
            for phrase in phrases_from(lines, path.name):
                yield phrase, 1.0
        else:
            yield from ((Phrase(line, Signal.OTHER), 1.0) for line in lines if line.strip())


def _keys(message: Message, known: Container[Feature]) -> list[Key]:
    found: set[Key] = {("length", length_of(len(message.words))), *features_in(classified(message), known)}
    return sorted(found, key=str)


def _numbered(keys: Iterable[Key]) -> dict[Key, int]:
    """A number for each that is seen often enough, from BASE, which every message has."""
    seen = Counter(keys)
    often = (
        key for key, times in seen.items() if times >= MIN_COUNT.get(_place(key)[0], MIN_COUNT_OTHERWISE)
    )
    return {key: number for number, key in enumerate(["", *sorted(often, key=str)])}


def _example(keys: Iterable[Key], signal: Signal, counts: float, numbers: Mapping[Key, int]) -> Example:
    asks = signal in {Signal.STOP, Signal.UNCLEAR}
    found = tuple(numbers[key] for key in keys if key in numbers)
    return Example((BASE, *found), (asks, signal is Signal.STOP, signal is Signal.HELP), counts)


def _fit_all(examples: Sequence[Example], size: int) -> list[list[float]]:
    """The weights of each sum, found side by side."""
    with multiprocessing.get_context("fork").Pool() as pool:
        return pool.map(partial(_fit, examples, size), range(len(SIDES)))


def _fit(examples: Sequence[Example], size: int, side: int) -> list[float]:
    """Logistic regression by AdaGrad with an L2 penalty, averaged over the last epochs."""
    weights, squares = [0.0] * size, [1.0] * size
    times = Counter(number for example in examples for number in example.numbers)
    penalties = [L2 / max(1, times[number]) for number in range(size)]
    chance = random.Random(2)
    order = list(examples)
    sums = [0.0] * size
    for remaining in reversed(range(EPOCHS)):
        chance.shuffle(order)
        for example in order:
            error = example.counts * (example.wanted[side] - 1 / (1 + math.exp(-_sum(weights, example))))
            if abs(error) < NEGLIGIBLE:
                continue
            square = error * error
            for number in example.numbers:
                squares[number] += square
                old = weights[number]
                weights[number] = old + LEARNING_RATE * (error - penalties[number] * old) / math.sqrt(
                    squares[number]
                )
        if remaining < AVERAGED_EPOCHS:
            sums = list(map(add, sums, weights))
    return [total / AVERAGED_EPOCHS for total in sums]


def _sum(weights: Sequence[float], example: Example) -> float:
    return max(-30.0, min(30.0, sum(weights[number] for number in example.numbers)))


def _try_out(examples: Sequence[Example], size: int) -> None:
    held, rest = examples[::10], [each for place, each in enumerate(examples) if place % 10]
    for side, weights in enumerate(_fit_all(rest, size)):
        right = Counter((each.wanted[side], _sum(weights, each) > 0) for each in held)
        for wanted in (True, False):
            of = right[wanted, True] + right[wanted, False]
            share = right[wanted, wanted] / max(1, of)
            print(f"{SIDES[side]:5} {'yes' if wanted else 'no':3} {share:.1%} of {of}")


def _document(numbers: Mapping[Key, int], sums: Sequence[Sequence[float]]) -> dict[str, dict[str, list[int]]]:
    """The tables of the file. A known word stays, however little it weighs: it has no parts then."""
    tables: dict[str, dict[str, list[int]]] = {
        name: {} for name in ("base", "lengths", "classes", "pairs", "words", "parts", "neighbours", "apart")
    }
    for key, number in numbers.items():
        weight = [round(100 * weights[number]) for weights in sums]
        table, name = _place(key)
        if table in {"base", "lengths", "words"} or max(map(abs, weight)) >= SLIGHT:
            tables[table][name] = weight
    return tables


def _written(tables: dict[str, dict[str, list[int]]]) -> str:
    """One entry a line, so that a change of the weights can be read."""
    blocks = []
    for name, table in tables.items():
        lines = (
            f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(weight)}" for key, weight in table.items()
        )
        blocks.append(f"{json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _place(key: Key) -> tuple[str, str]:
    """The table of the file that it belongs in, and its name there."""
    match key:
        case "":
            return "base", "base"
        case str():
            return _table(key), key
        case int():
            return "classes", _name(key)
        case ("length", step):
            return "lengths", str(step)
        case first, second:
            return "pairs", f"{_name(int(first))} {_name(int(second))}"


def _table(key: str) -> str:
    if key.startswith(PART):
        return "parts"
    if APART in key:
        return "apart"
    return "neighbours" if " " in key else "words"


def _name(bit: int) -> str:
    edges = {number: sign for sign, number in EDGES.items()}
    return edges[bit] if bit in edges else str(WordClass(bit).name).lower()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
