"""Fits the weights of words and classes anew, from the shipped phrases and files of ordinary sentences.

`python -m bench.weights FILE…`: each file has one ordinary sentence a line, such as collections of text messages and
of talk have. They teach what an ordinary message is like; nothing of them is kept but the figures. Prints what the
weights come to by themselves on every tenth message, which they are not fitted to.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from app.domain.intent.leaning import LONGEST, features_of, length_of, spoken
from app.domain.intent.message import sentences_of
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.keywords.classes import WordClass
from app.domain.keywords.grammar import classify
from app.domain.keywords.weights import EDGES, Feature
from app.domain.signal import Signal
from app.language_files import PACKAGE, language_documents, shipped_phrases

# What is seen less often says nothing about the language; a weight below this makes no difference.
SELDOM: Final = 3
SLIGHT: Final = 8
ROUNDS: Final = 12
PACE: Final = 0.25
HOLD: Final = 0.0004

Key = Feature | tuple[str, int]
Example = tuple[tuple[Key, ...], bool, bool]


def main(arguments: Sequence[str]) -> int:
    """Fit, print how well, and write the file; 2 without any ordinary sentences to fit to."""
    if not arguments:
        print("bench.weights: name files of ordinary sentences, one a line", file=sys.stderr)
        return 2
    lexicon = lexicon_from(language_documents())
    examples = list(_examples(lexicon, arguments))
    random.Random(1).shuffle(examples)
    seen = Counter(key for keys, *_ in examples for key in keys)
    known = {key for key, times in seen.items() if times >= SELDOM}
    examples = [(tuple(key for key in keys if key in known), asks, stops) for keys, asks, stops in examples]
    _try_out(examples)
    models = (
        _fit([(keys, asks) for keys, asks, _ in examples]),
        _fit([(k, stops) for k, _, stops in examples]),
    )
    target = files(PACKAGE) / "weights.json"
    Path(str(target)).write_text(_written(_document(models)), "utf-8")
    return 0


def _examples(lexicon: Lexicon, paths: Iterable[str]) -> Iterator[Example]:
    labelled = [(phrase.text, phrase.signal) for phrase in shipped_phrases()]
    labelled += [
        (line, Signal.OTHER)
        for path in paths
        for line in Path(path).read_text("utf-8").splitlines()
        if line.strip()
    ]
    for text, signal in labelled:
        keys = _keys(lexicon, text)
        if keys:
            yield keys, signal in {Signal.STOP, Signal.UNCLEAR}, signal is Signal.STOP


def _keys(lexicon: Lexicon, text: str) -> tuple[Key, ...]:
    sentences = sentences_of(text, lexicon)
    length = sum(len(sentence.words) for sentence in sentences)
    if not 0 < length <= LONGEST:
        return ()
    found: set[Key] = {("length", length_of(length))}
    for sentence in sentences:
        found.update(features_of(sentence, classify(sentence.words, spoken(sentence, lexicon))))
    return tuple(sorted(found, key=str))


def _fit(examples: Sequence[tuple[tuple[Key, ...], bool]]) -> dict[Key, float]:
    """Logistic regression by gradient steps that shorten with what they have moved; "" is the base."""
    weights: dict[Key, float] = {"": 0.0}
    moved: dict[Key, float] = {"": 1.0}
    chance = random.Random(2)
    order = list(examples)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for keys, wanted in order:
            wrong = wanted - 1 / (1 + math.exp(-_sum(weights, keys)))
            for key in (*keys, ""):
                moved[key] = moved.get(key, 1.0) + wrong * wrong
                old = weights.get(key, 0.0)
                weights[key] = old + PACE * (wrong - HOLD * old) / math.sqrt(moved[key])
    return weights


def _sum(weights: dict[Key, float], keys: Iterable[Key]) -> float:
    total = weights[""] + sum(weights.get(key, 0.0) for key in keys)
    return max(-30.0, min(30.0, total))


def _try_out(examples: Sequence[Example]) -> None:
    held, rest = examples[::10], [each for place, each in enumerate(examples) if place % 10]
    for name, which in (("asks", 1), ("stops", 2)):
        model = _fit([(each[0], bool(each[which])) for each in rest])
        right = Counter((bool(each[which]), _sum(model, each[0]) > 0) for each in held)
        for wanted in (True, False):
            share = right[wanted, wanted] / max(1, right[wanted, True] + right[wanted, False])
            print(
                f"{name:5} {'yes' if wanted else 'no':3} {share:.1%} of {right[wanted, True] + right[wanted, False]}"
            )


def _document(models: tuple[dict[Key, float], dict[Key, float]]) -> dict[str, dict[str, list[int]]]:
    tables: dict[str, dict[str, list[int]]] = {
        name: {} for name in ("base", "lengths", "classes", "pairs", "words")
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
            return "words", key
        case int():
            return "classes", _name(key)
        case ("length", step):
            return "lengths", str(step)
        case first, second:
            return "pairs", f"{_name(int(first))} {_name(int(second))}"


def _name(bit: int) -> str:
    edges = {number: sign for sign, number in EDGES.items()}
    return edges[bit] if bit in edges else str(WordClass(bit).name).lower()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
