"""Reads a TOML file; what is wrong in it is told in words for whoever wrote it: the key, and what to write."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from app.domain.errors import StopwoordError

Form = TypeVar("Form", bound=BaseModel)

# What pydantic adds to the name of a key: that the key itself is meant, or which of several types it tried.
_NO_KEYS: Final = frozenset({"[key]", "datetime", "date"})
_MOMENT: Final = "must be a moment, such as 2026-12-01T10:00:00+01:00"
_WRONG_FORM: Final = "is not of the right form"
_NUMBER: Final = "must be a number, without quotes"

_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": lambda _: "is missing",
    "string_type": lambda _: "must be text between quotes",
    "string_too_short": lambda _: "may not be empty",
    "string_too_long": lambda limits: f"may have {limits['max_length']} characters at most",
    "float_type": lambda _: _NUMBER,
    "float_parsing": lambda _: _NUMBER,
    "finite_number": lambda _: _NUMBER,
    "greater_than": lambda limits: f"must be more than {limits['gt']:g}",
    "dict_type": lambda _: (
        "must be a table, with a heading in square brackets and lines of key = value below it"
    ),
    "model_type": lambda _: (
        "must be a table, with a heading in square brackets and lines of key = value below it"
    ),
    "list_type": lambda _: 'must be a list, such as ["one", "two"]',
    "too_short": lambda _: "may not be empty",
    "enum": lambda allowed: f"is no name that is known; there are {allowed['expected']}",
    "literal_error": lambda allowed: f"is no name that is known; there are {allowed['expected']}",
    "value_error": lambda found: str(found["error"]),
}


def read_toml(
    form: type[Form], path: Path, named: str, examples: Mapping[str, str], problem: type[StopwoordError]
) -> Form:
    """The file in its form. Raises `problem` with every mistake in one sentence, which begins with how it is `named`.

    `examples`: all keys that there are, by their dotted name, as one writes them.
    """
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise problem(f"{named} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise problem(f"{named} is not text in UTF-8: save it as that") from None
    except tomllib.TOMLDecodeError as error:
        raise problem(f"{named} is not TOML: {error}") from None
    except ValidationError as error:
        raise problem(f"{named}: {_told(error, examples)}") from None


def _told(error: ValidationError, examples: Mapping[str, str]) -> str:
    return "; ".join(dict.fromkeys(_sentence(dict(found), examples) for found in error.errors()))


def _sentence(found: Mapping[str, Any], examples: Mapping[str, str]) -> str:
    key = ".".join(str(part) for part in found["loc"] if part not in _NO_KEYS)
    kind, known = found["type"], examples.get(key)
    if kind == "extra_forbidden":
        return f"there is no key {key}; {_meant(key, examples)}"
    if kind.startswith("date"):
        return f"{key} {_MOMENT}"
    words = _WORDS[kind](found.get("ctx", {})) if kind in _WORDS else _WRONG_FORM
    return f"{key} {words}" + (f": write {known}" if known and kind != "value_error" else "")


def _meant(key: str, examples: Mapping[str, str]) -> str:
    close = process.extractOne(key.lower(), sorted(examples), scorer=fuzz.ratio, score_cutoff=70)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(examples))}"
