"""What is wrong with a request's field, in words for whoever wrote the shop's side: what it has to be."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from pydantic import ValidationError

from app.domain.errors import BadInput
from app.web.api.forms import LANGUAGE, NAMES, VISIBLE

_MOMENT: Final = "must be a date and time with its offset from UTC, such as 2026-03-02T12:00:00+01:00"
_ADDRESS: Final = (
    "must be an IP address as text, such as 203.0.113.9 or 2001:db8::1; leave it out if it is not known"
)
_OBJECT: Final = "must be a JSON object, with its fields between braces"
_WHOLE: Final = "must be a whole number, such as 50"
_UNKNOWN: Final = "there is a field that does not belong here: leave it out, or see /api/v1/docs for its name"
_WRONG_FORM: Final = "is not of the right form: see /api/v1/docs for what it has to be"
_PATTERNS: Final[Mapping[str, str]] = {
    LANGUAGE: "must be the two small letters of a language, such as nl",
    VISIBLE: "may have letters, digits and signs of ASCII only, and no spaces: a UUID will do",
}
_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": lambda _: "is missing, and has to be given",
    "string_type": lambda _: "must be text between quotes",
    "string_unicode": lambda _: "must be text that can be written as UTF-8",
    "string_too_short": lambda _: (
        "may not be empty: leave it out if there is nothing to say, where it may be left out"
    ),
    "string_too_long": lambda limits: f"may have {limits['max_length']:,} characters at most",
    "string_pattern_mismatch": lambda found: _PATTERNS[found["pattern"]],
    "too_long": lambda limits: f"may hold {limits['max_length']} at most",
    "model_type": lambda _: _OBJECT,
    "dict_type": lambda _: _OBJECT,
    "list_type": lambda _: 'must be a JSON list, such as ["garden"]',
    "int_parsing": lambda _: _WHOLE,
    "int_parsing_size": lambda _: _WHOLE,
    "greater_than_equal": lambda limits: f"must be {limits['ge']:,} or more",
    "less_than_equal": lambda limits: f"must be {limits['le']:,} or less",
    "timezone_aware": lambda _: _MOMENT,
    "datetime_parsing": lambda _: _MOMENT,
    "datetime_from_date_parsing": lambda _: _MOMENT,
    "ip_v4_address": lambda _: _ADDRESS,
    "ip_v6_address": lambda _: _ADDRESS,
    "extra_forbidden": lambda _: _UNKNOWN,
    "value_error": lambda found: str(found["error"]),
}


class WrongField(BadInput):
    """A field has the right form and a value that cannot be used; the message says why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@contextmanager
def about(field: str) -> Iterator[None]:
    """Say of what cannot be used that it stood in this field."""
    try:
        yield
    except BadInput as error:
        raise WrongField(field, str(error)) from None


def mistakes(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Each with the field, "" for the whole; once, and with nothing in it that was sent."""
    found = error.errors(include_url=False, include_input=False)
    yield from dict.fromkeys(
        (_field(each["loc"], each["type"]), _what(each["type"], each.get("ctx", {}))) for each in found
    )


def _field(path: tuple[str | int, ...], kind: str) -> str:
    """The field as our description names it: a name that was sent may be anything, and is not repeated."""
    named = path[:-1] if kind == "extra_forbidden" else path
    return ".".join(str(part) for part in named if isinstance(part, int) or part in NAMES)


def _what(kind: str, limits: Mapping[str, Any]) -> str:
    return _WORDS[kind](limits) if kind in _WORDS else _WRONG_FORM
