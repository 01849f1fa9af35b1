"""Fits the weights of words and classes anew, from labelled messages and files of ordinary sentences.

`python -m bench.weights FILE…`: the shipped phrases and those in bench/texts are always used. Of the files that are
named, each `.jsonl` has labelled messages as those have; any other has one ordinary sentence a line, such as
collections of text messages and of talk have. They teach what an ordinary message is like; nothing of them is kept but
the figures. Prints what the weights come to by themselves on every tenth message, which they are not fitted to.
"""

import json
import math
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

from app.domain.intent.leaning import LONGEST, classified, features_in, length_of
from app.domain.intent.message import Message
from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.keywords.classes import WordClass
from app.domain.keywords.weights import EDGES, Feature
from app.domain.signal import Signal
from app.language_files import PACKAGE, language_documents, shipped_phrases

# What is seen less often says nothing about the language; a weight below SLIGHT makes no difference.
SELDOM: Final = 2
SELDOM_TOGETHER: Final = 3
SLIGHT: Final = 8
ROUNDS: Final = 12
PACE: Final = 0.25
HOLD: Final = 0.001
# The shipped phrases are held to bars; most of the ordinary sentences nobody would write to a shop.
SHIPPED: Final = 1.5
ASIDE: Final = 0.5
TEXTS: Final = Path(__file__).parent / "texts"

Key = Feature | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A message: what is weighed of it, the yes or no of each sum, and how much it counts."""

    keys: tuple[Key, ...]
    wanted: tuple[bool, bool, bool]
    counts: float


SIDES: Final = ("asks", "stops", "helps")


def main(arguments: Sequence[str]) -> int:
    """Fit, print how well, and write the file; 2 without any ordinary sentences to fit to."""
    if not arguments:
        print("bench.weights: name files of ordinary sentences, one a line", file=sys.stderr)
        return 2
    lexicon = lexicon_from(language_documents())
    examples = list(_examples(lexicon, [Path(argument) for argument in arguments]))
    random.Random(1).shuffle(examples)
    seen = Counter(key for example in examples for key in example.keys)
    known = {key for key, times in seen.items() if times >= (SELDOM_TOGETHER if _is_pair(key) else SELDOM)}
    examples = [
        Example(tuple(key for key in each.keys if key in known), each.wanted, each.counts)
        for each in examples
    ]
    _try_out(examples)
    target = files(PACKAGE) / "weights.json"
    Path(str(target)).write_text(_written(_document(_fit_all(examples))), "utf-8")
    return 0


def _examples(lexicon: Lexicon, paths: Iterable[Path]) -> Iterator[Example]:
    yield from _weighed(lexicon, shipped_phrases(), SHIPPED)
    for path in [*sorted(TEXTS.glob("*.jsonl")), *paths]:
        lines = path.read_text("utf-8").splitlines()
        if path.suffix == ".jsonl":
            yield from _weighed(lexicon, phrases_from(lines, path.name), 1.0)
        else:
            phrases = [Phrase(line, Signal.OTHER) for line in lines if line.strip()]
            yield from _weighed(lexicon, phrases, ASIDE)


def _weighed(lexicon: Lexicon, phrases: Iterable[Phrase], counts: float) -> Iterator[Example]:
    for phrase in phrases:
        if keys := _keys(lexicon, phrase.text):
            signal = phrase.signal
            asks = signal in {Signal.STOP, Signal.UNCLEAR}
            yield Example(keys, (asks, signal is Signal.STOP, signal is Signal.HELP), counts)


def _keys(lexicon: Lexicon, text: str) -> tuple[Key, ...]:
    message = Message(text, lexicon)
    length = len(message.words)
    if not 0 < length <= LONGEST:
        return ()
    found: set[Key] = {("length", length_of(length)), *features_in(classified(message))}
    return tuple(sorted(found, key=str))


def _fit_all(examples: Sequence[Example]) -> list[dict[Key, float]]:
    """The weights of each sum, found side by side."""
    with multiprocessing.get_context("fork").Pool() as pool:
        return pool.map(partial(_fit, examples), range(len(SIDES)))


def _fit(examples: Sequence[Example], side: int) -> dict[Key, float]:
    """Logistic regression by gradient steps that shorten with what they have moved; "" is the base."""
    weights: dict[Key, float] = {"": 0.0}
    moved: dict[Key, float] = {"": 1.0}
    chance = random.Random(2)
    order = list(examples)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            wrong = example.counts * (example.wanted[side] - 1 / (1 + math.exp(-_sum(weights, example.keys))))
            for key in (*example.keys, ""):
                moved[key] = moved.get(key, 1.0) + wrong * wrong
                old = weights.get(key, 0.0)
                weights[key] = old + PACE * (wrong - HOLD * old) / math.sqrt(moved[key])
    return weights


def _sum(weights: dict[Key, float], keys: Iterable[Key]) -> float:
    total = weights[""] + sum(weights.get(key, 0.0) for key in keys)
    return max(-30.0, min(30.0, total))


def _try_out(examples: Sequence[Example]) -> None:
    held, rest = examples[::10], [each for place, each in enumerate(examples) if place % 10]
    for side, model in enumerate(_fit_all(rest)):
        right = Counter((each.wanted[side], _sum(model, each.keys) > 0) for each in held)
        for wanted in (True, False):
            of = right[wanted, True] + right[wanted, False]
            share = right[wanted, wanted] / max(1, of)
            print(f"{SIDES[side]:5} {'yes' if wanted else 'no':3} {share:.1%} of {of}")


def _document(models: Sequence[dict[Key, float]]) -> dict[str, dict[str, list[int]]]:
    tables: dict[str, dict[str, list[int]]] = {
        name: {} for name in ("base", "lengths", "classes", "pairs", "words", "neighbours")
    }
    for key in sorted(models[0], key=str):
        weight = [round(100 * model.get(key, 0.0)) for model in models]
        table, name = _place(key)
        if table in {"base", "lengths"} or max(map(abs, weight)) >= SLIGHT:
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
    match key:
        case "":
            return "base", "base"
        case str():
            return "neighbours" if _is_pair(key) else "words", key
        case int():
            return "classes", _name(key)
        case ("length", step):
            return "lengths", str(step)
        case first, second:
            return "pairs", f"{_name(int(first))} {_name(int(second))}"


def _is_pair(key: Key) -> bool:
    """Whether it is two neighbours as they are written."""
    return isinstance(key, str) and " " in key


def _name(bit: int) -> str:
    edges = {number: sign for sign, number in EDGES.items()}
    return edges[bit] if bit in edges else str(WordClass(bit).name).lower()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
