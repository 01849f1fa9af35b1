"""Reads the language files and the phrases that come with the package. Adding a language is adding a file."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from app.domain.errors import Misconfigured
from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.keywords.weights import Weights, weights_from
from app.domain.replies import Language
from app.domain.signal import Signal

PACKAGE = "app.domain.keywords"


@cache
def language_documents() -> Mapping[Language, Mapping[str, object]]:
    """Every language file, by its language, in alphabetical order; read once."""
    documents: dict[Language, dict[str, object]] = {}
    for file in _packaged(files(PACKAGE), ".toml"):
        text = file.read_text(encoding="utf-8")
        documents[Language(file.name.removesuffix(".toml"))] = parse_document(text, file.name)
    return MappingProxyType(documents)


def parse_document(text: str, name: str) -> dict[str, object]:
    """Parse one language file. Raises Misconfigured with the file's name and the line."""
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise Misconfigured(f"{name}: {error}") from error


def shipped_weights() -> Weights:
    """What words and classes speak for; bench/weights.py fits them anew."""
    return weights_from(json.loads((files(PACKAGE) / "weights.json").read_text(encoding="utf-8")))


def shipped_phrases(language: Language | None = None) -> Iterator[Phrase]:
    """The labelled phrases of one language, or of all."""
    for file in _packaged(files(PACKAGE) / "phrases", ".jsonl"):
        if language is None or file.name == f"{language}.jsonl":
            yield from phrases_from(file.read_text(encoding="utf-8").splitlines(), file.name)


def ordinary_messages() -> Iterator[str]:
    """The phrases that mean nothing to us: no word may take one of them for a request."""
    return (phrase.text for phrase in shipped_phrases() if phrase.signal is Signal.OTHER)


def _packaged(folder: Traversable, ending: str) -> list[Traversable]:
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(ending)), key=lambda file: file.name
    )
