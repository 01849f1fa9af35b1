"""What a command prints: data on stdout, for people or as JSON; talk, progress and questions on stderr."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

import click
import rich_click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.partition import place_of
from app.domain.sentence import Sentence

# The joiner inside emoji is the one invisible character that a text may keep.
JOINER: Final = "\u200d"

json_option = rich_click.option("--json", "as_json", is_flag=True, help="Print the data as JSON.")
yes_option = rich_click.option("--yes", "-y", is_flag=True, help="Do not ask for confirmation.")


def examples(*commands: str) -> str:
    """The end of a command's help: what people would type."""
    return "\n\n".join(["Examples:" if len(commands) > 1 else "Example:", *commands])


def talk() -> Console:
    """The console for everything that is not the answer itself."""
    return Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    """Tell the person something, on stderr."""
    talk().print(Text(sentence))


def show(text: str) -> None:
    """Print a piece of the answer, on stdout, each line made safe for a terminal."""
    click.echo("\n".join(safe(line) for line in text.split("\n")))


def show_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can say, and our own values
    """Print the answer as JSON, on stdout; dataclasses, enums, paths and times say themselves."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows: as a table in a terminal, elsewhere one line a row with tabs between, headings first.

    A heading above nothing is for scripts only.
    """
    cells = [[safe("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for line in [list(columns), *cells]:
            click.echo("\t".join(line))
        return
    if not cells:
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for line in cells:
        table.add_row(*map(Text, line))
    Console(highlight=False).print(table)


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be taken back; returns only for a yes.

    Without a terminal and without `--yes` it raises BadInput; a no ends the command with exit code 1.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput(f"this needs a yes ({question}), and there is nobody to ask: add --yes")
    if not click.confirm(question, err=True):
        say("nothing was changed")
        raise click.exceptions.Exit(1)


def so_many(count: int, one: str, several: str) -> str:
    """A number with its noun: `1 row`, `2,000 rows`."""
    return f"1 {one}" if count == 1 else f"{count:,} {several}"


def left_out(count: int, some: Sequence[Number]) -> str:
    """That so many people are left out because what is kept of them cannot be read, and where some of them are."""
    whom = "1 person is" if count == 1 else f"{count:,} people are"
    others = "; …" if count > len(some) else ""
    return (
        f"{whom} left out: what is kept of them cannot be read, so that they get no texts either "
        f"({'; '.join(map(place_of, some))}{others})."
    )


def safe(text: str) -> str:
    """`text` without anything that steers a terminal: what is invisible is written as its code."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character == JOINER
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case Path() | Sentence():
            return str(value)
        case set() | frozenset():
            return sorted(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
