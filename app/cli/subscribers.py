"""`stopwoord subscribers`: the audience as a whole."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import click
import rich_click

from app.bootstrap import Gateway
from app.cli.gateway import open_gateway
from app.cli.import_columns import known_of
from app.cli.import_subscribers import IMPORT, import_file
from app.cli.output import examples, json_option, left_out, say, show, show_json, show_table
from app.cli.personal_data import plain_profile
from app.domain.audience.cells import moment
from app.domain.number import Number
from app.domain.partition import PLACES
from app.domain.profile import tag_of
from app.services.list_subscribers import Listed, Wanted
from app.sheets.table import Table

COUNT: Final = "stopwoord subscribers count --tag vip"
LIST: Final = "stopwoord subscribers list --tag vip --since 2026-03-01"
EXPORT: Final = "stopwoord subscribers export --tag vip"
COLUMNS: Final = (
    "number",
    "since",
    "language",
    "first_name",
    "last_name",
    "zone",
    "postcode",
    "state",
    "tags",
)


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSONL = "jsonl"


@rich_click.group(epilog=examples(f"{IMPORT} --dry-run", COUNT, LIST, EXPORT))
def subscribers() -> None:
    """Import, count, list and export the people who may be texted."""


subscribers.add_command(import_file)


@dataclass(slots=True)
class _Unreadable:
    """Those who are left out because they cannot be read: how many, and some of them."""

    count: int = 0
    some: list[Number] = field(default_factory=list)

    def __call__(self, number: Number) -> None:
        self.count += 1
        if len(self.some) < PLACES:
            self.some.append(number)

    def tell(self) -> None:
        """Say so, if there are any."""
        if self.count:
            say(left_out(self.count, self.some))


def _choice(command: Callable[..., object]) -> Callable[..., object]:
    """The options by which people are chosen."""
    for option in (
        rich_click.option("--since", help="Only who was subscribed then or later, such as 2026-03-01."),
        rich_click.option("--language", help="Only who speaks it, such as nl."),
        rich_click.option("--tag", help="Only who has it."),
    ):
        command = option(command)
    return command


def _wanted(gateway: Gateway, tag: str | None, language: str | None, since: str | None) -> Wanted:
    """Whom they mean. Raises BadInput, for what is empty too: a variable that was not set does not mean everybody."""
    return Wanted(
        "" if tag is None else tag_of(tag),
        None if language is None else known_of(gateway.program.quiet_hours.states).language(language),
        None if since is None else moment(since, "--since"),
    )


@subscribers.command("count", epilog=examples(COUNT))
@_choice
@json_option
def count(*, tag: str | None, language: str | None, since: str | None, as_json: bool) -> None:
    """Say how many are subscribed."""
    gateway, unreadable = open_gateway(), _Unreadable()
    found = gateway.list_subscribers.count(_wanted(gateway, tag, language, since), unreadable)
    if as_json:
        show_json({"subscribed": found, "unreadable": unreadable.count})
    else:
        show(str(found))
    unreadable.tell()


@subscribers.command("list", epilog=examples(LIST))
@_choice
@rich_click.option(
    "--most", type=click.IntRange(1), default=100, show_default=True, help="List so many at most."
)
@json_option
def list_subscribers(
    *, tag: str | None, language: str | None, since: str | None, most: int, as_json: bool
) -> None:
    """List who is subscribed, with what is known of them."""
    gateway, unreadable, found = open_gateway(), _Unreadable(), list[dict[str, Any]]()
    for one in gateway.list_subscribers(_wanted(gateway, tag, language, since), unreadable):
        if len(found) == most:
            say(f"There are more; these are {most}. See --most, or `stopwoord subscribers export`.")
            break
        found.append(_plain(one))
    if as_json:
        show_json(found)
    else:
        show_table(COLUMNS, [[_text(one[name]) for name in COLUMNS] for one in found])
    unreadable.tell()


@subscribers.command("export", epilog=examples(EXPORT, "stopwoord subscribers export --format jsonl"))
@_choice
@rich_click.option(
    "--format",
    "kind",
    type=click.Choice(Format, case_sensitive=False),
    default=Format.CSV,
    show_default=True,
    help="csv for spreadsheets, jsonl for programs.",
)
def export(*, tag: str | None, language: str | None, since: str | None, kind: Format) -> None:
    """Write everybody who is subscribed to stdout, one line each.

    In CSV no cell is taken for a formula by a spreadsheet: what looks like one has a ' in front. Fields of your own are
    one column, as JSON.
    """
    gateway, unreadable = open_gateway(), _Unreadable()
    found = gateway.list_subscribers(_wanted(gateway, tag, language, since), unreadable)
    match kind:
        case Format.JSONL:
            for one in found:
                click.echo(json.dumps(_plain(one), ensure_ascii=False, default=_text))
        case Format.CSV:
            _write_csv(found)
    unreadable.tell()


def _write_csv(found: Iterable[Listed]) -> None:
    table = Table(sys.stdout, (*COLUMNS, "fields"))
    for one in found:
        plain = _plain(one)
        own = json.dumps(plain["fields"], ensure_ascii=False) if plain["fields"] else ""
        table.add([[*(_text(plain[name]) for name in COLUMNS), own]])


def _plain(one: Listed) -> dict[str, Any]:
    return {
        "number": one.number.e164,
        "since": one.record.since,
        "language": one.record.language,
        **plain_profile(one.profile),
    }


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            return ",".join(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return str(value)
