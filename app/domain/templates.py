"""A campaign's text: Liquid with named fields, checked when it is written rather than when it is sent.

Of Liquid there are fields, a few filters and conditions: nothing that loops, includes, reads the clock or
grows what it is given. A field that a person may lack has a default in the text; any other must have a value
for everyone, and nobody is sent a text with a hole in it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from liquid import BoundTemplate, Environment, Node, RenderContext
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.output import OutputNode
from liquid.exceptions import LiquidError, LiquidSyntaxError, OutputStreamLimitError
from rapidfuzz import fuzz, process

from app.domain.errors import BadInput

LONGEST: Final = 1600
"""The longest body that the provider takes (Twilio's REST reference, Body)."""

_FILTERS: Final = ("capitalize", "default", "downcase", "strip", "truncate", "upcase")
_TAGS: Final = ("case", "comment", "if", "unless")
_OF_THE_LANGUAGE: Final = ("content", "illegal", "output")
_STATEMENT: Final = re.compile(r"\{\{.*?\}\}|\{\{|\{%", re.DOTALL)
# Ends of lines and tabs apart.
_STEERING: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class TextRefused(BadInput):
    """The text of a campaign cannot be used. `line` and `column` (from 1) say where, `suggestion` what was meant."""

    def __init__(self, sentence: str, line: int, column: int, suggestion: str | None = None) -> None:
        meant = f"; did you mean {suggestion}?" if suggestion else ""
        super().__init__(f"line {line}, column {column}: {sentence}{meant}")
        self.line = line
        self.column = column
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True, order=True)
class Hole:
    """A field that stands in a text without a default, and where it does so first (from 1)."""

    line: int
    column: int
    field: str

    @property
    def with_default(self) -> str:
        """What could be written there instead."""
        return f'{{{{ {self.field} | default: "…" }}}}'


class ValueMissing(BadInput):
    """A person has no value for fields that have no default, so this person cannot be sent the text."""

    def __init__(self, holes: tuple[Hole, ...]) -> None:
        first = holes[0]
        super().__init__(
            f"line {first.line}, column {first.column}: there is no value for the field {first.field}; give it one, "
            f"or a default in the text, as in {first.with_default}"
        )
        self.holes = holes


class TextTooLong(BadInput):
    """With this person's values the text is longer than any provider sends."""


class _Texts(Environment):
    """Liquid without what could grow, repeat, read or include anything."""

    block_nesting_limit = 5
    output_stream_limit = 4 * LONGEST  # in bytes

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in (*_TAGS, *_OF_THE_LANGUAGE)}
        self.filters = {name: self.filters[name] for name in _FILTERS}


_ENVIRONMENT: Final = _Texts(autoescape=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A checked text. `fields`: all that it names; `holes`: where it needs a value of everyone, from front to back."""

    text: str
    fields: frozenset[str]
    holes: tuple[Hole, ...]
    _parsed: BoundTemplate = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str, known_fields: Collection[str]) -> "Template":
        """Check `text`; it may name `known_fields` only. Raises TextRefused, which says where and what was meant."""
        if not text.strip():
            raise TextRefused("the text is empty", 1, 1)
        if steering := _STEERING.search(text):
            sign = f"the sign U+{ord(steering[0]):04X} steers a screen and is none to be read: leave it out"
            raise TextRefused(sign, *_place(text, steering.start()))
        parsed = _parse(text)
        _refuse_unknown_filters(text, parsed)
        fields = _fields(text, parsed, known_fields)
        _try_out(text, parsed, fields)
        return cls(text, fields, _holes(text, parsed), parsed)

    @property
    def required(self) -> frozenset[str]:
        """The fields that everyone must have a value for."""
        return frozenset(hole.field for hole in self.holes)

    def missing(self, fields: Mapping[str, str]) -> tuple[Hole, ...]:
        """The required fields that have no value, in the order of the text."""
        return tuple(hole for hole in self.holes if not fields.get(hole.field, "").strip())

    def render(self, fields: Mapping[str, str]) -> str:
        """The text for one person, in NFC, lines ended by \\n; blank is no value. Raises ValueMissing, TextTooLong."""
        if missing := self.missing(fields):
            raise ValueMissing(missing)
        values = {name: fields[name].strip() for name in self.fields if fields.get(name, "").strip()}
        try:
            rendered = unicodedata.normalize("NFC", self._parsed.render(values))
        except OutputStreamLimitError:
            raise TextTooLong(f"the text has more than {LONGEST} characters") from None
        if len(rendered) > LONGEST:
            raise TextTooLong(f"the text has {len(rendered)} characters; at most {LONGEST} can be sent")
        return rendered


def _parse(text: str) -> BoundTemplate:
    try:
        return _ENVIRONMENT.from_string(text)
    except LiquidSyntaxError as error:
        line, column = _place(text, _where(text, error))
        sentence = str(error.message)
        known = re.match(r"unexpected tag '(\w+)'", sentence)
        if known and not known[1].startswith("end"):
            sentence = f"there is no tag {known[1]}; there are {', '.join(_TAGS)}"
        raise TextRefused(sentence, line, column) from None
    except LiquidError as error:
        raise TextRefused(str(error.message), 1, 1) from None


def _where(text: str, error: LiquidError) -> int:
    """Where the mistake begins; of one at a statement's end Liquid does not know it, so the statement's begin."""
    if error.token is not None and error.token.start_index >= 0:
        return error.token.start_index
    last = 0
    for statement in _STATEMENT.finditer(text):
        last = statement.start()
        if statement[0].startswith("{{") and not _is_sound(statement[0]):
            return last
    return last


def _try_out(text: str, parsed: BoundTemplate, fields: Collection[str]) -> None:
    """A filter looks at its arguments only when it is used, so use each once; a text's own length shows as well."""
    for values in (dict.fromkeys(fields, "x"), {}):
        try:
            rendered = parsed.render(values)
        except OutputStreamLimitError:
            rendered = " " * (LONGEST + 1)
        except LiquidError as error:
            raise TextRefused(str(error.message), *_place(text, _where(text, error))) from None
        if len(rendered) > LONGEST:
            raise TextRefused(f"the text has more than the {LONGEST} characters that can be sent", 1, 1)


def _is_sound(statement: str) -> bool:
    try:
        _ENVIRONMENT.from_string(statement)
    except LiquidError:
        return False
    return True


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def _refuse_unknown_filters(text: str, parsed: BoundTemplate) -> None:
    for name, spans in parsed.analyze().filters.items():
        if name not in _FILTERS:
            sentence = f"there is no filter {name}; there are {', '.join(_FILTERS)}"
            raise TextRefused(sentence, *_place(text, spans[0].index), _close(name, _FILTERS))


def _fields(text: str, parsed: BoundTemplate, known: Collection[str]) -> frozenset[str]:
    for variables in parsed.analyze().variables.values():
        for variable in variables:
            name, *parts = variable.segments
            place = _place(text, variable.span.index)
            if parts or not isinstance(name, str):
                raise TextRefused(f"{variable} is not the plain name of a field", *place)
            if name not in known:
                there = f"there are {', '.join(sorted(known))}" if known else "this campaign has no fields"
                raise TextRefused(f"there is no field {name}; {there}", *place, _close(name, known))
    return frozenset(parsed.analyze().variables)


def _close(name: str, known: Collection[str]) -> str | None:
    found = process.extractOne(name.lower(), sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def _holes(text: str, parsed: BoundTemplate) -> tuple[Hole, ...]:
    """Each field that needs a value, where it first does."""
    first: dict[str, Hole] = {}
    for hole in sorted(Hole(*_place(text, index), name) for name, index in _without_default(parsed)):
        first.setdefault(hole.field, hole)
    return tuple(first.values())


def _without_default(parsed: BoundTemplate) -> Iterator[tuple[str, int]]:
    """The fields that are put into the text without a default. A condition may ask for one that is not there."""
    for node in _nodes(parsed.nodes, RenderContext(parsed)):
        for expression in node.expressions():
            if not isinstance(node, OutputNode) or not isinstance(expression, FilteredExpression):
                continue
            first, *others = expression.children()
            filters = expression.filters or []
            has_default = bool(filters) and filters[0].name == "default" and bool(filters[0].args)
            for path in others if has_default else (first, *others):
                if isinstance(path, Path):
                    yield str(path.path[0]), path.token.start_index


def _nodes(nodes: Iterable[Node], context: RenderContext) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children(context), context)
