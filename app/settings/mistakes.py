"""What is wrong with a setting's value, in words for whoever set it: what it has to be."""

from collections.abc import Callable, Mapping
from typing import Any, Final

_NUMBER: Final = "must be a number, such as 10 or 0.5"
_WHOLE: Final = "must be a whole number, such as 10"

_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "int_parsing": lambda _: _WHOLE,
    "int_parsing_size": lambda _: _WHOLE,
    "int_from_float": lambda _: _WHOLE,
    "float_parsing": lambda _: _NUMBER,
    "finite_number": lambda _: _NUMBER,
    "greater_than": lambda limits: f"must be more than {limits['gt']:g}",
    "greater_than_equal": lambda limits: f"must be {limits['ge']:g} or more",
    "less_than_equal": lambda limits: f"must be {limits['le']:g} or less",
    "too_short": lambda _: "may not be empty",
    "enum": lambda allowed: f"must be {allowed['expected']}",
    "literal_error": lambda allowed: f"must be {allowed['expected']}",
    "value_error": lambda found: str(found["error"]),
}


def wrong(kind: str, limits: Mapping[str, Any]) -> str:
    """What it has to be, by pydantic's name for the mistake. The value, which may be a secret, is not repeated."""
    return _WORDS[kind](limits) if kind in _WORDS else "is not of the right form"
