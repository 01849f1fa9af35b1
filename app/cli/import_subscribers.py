"""`stopwoord subscribers import`: look at a file, show what it will be taken for, and take the people in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final

import rich_click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.boundary import FAILED, OK
from app.cli.gateway import me, open_gateway
from app.cli.import_columns import columns_of, known_of, region_of
from app.cli.output import (
    confirm,
    examples,
    json_option,
    safe,
    say,
    show_json,
    show_table,
    so_many,
    talk,
    yes_option,
)
from app.domain.audience.columns import Column
from app.domain.audience.entry import Problem, Reader, Reason
from app.domain.audience.proof import Origin
from app.domain.errors import BadInput
from app.domain.program import Program
from app.services.import_subscribers import Effect, ImportSubscribers, Outcome, Row, Taken
from app.sheets.first_rows import FirstRows
from app.sheets.opening import open_sheet
from app.sheets.sheet import Sheet
from app.sheets.table import Table, create_private

# A script takes in what is in one of the store's 128 partitions: so many rows are some fifteen for each.
BATCH: Final = 2000
SHOWN: Final = 5
ERRORS: Final = ".errors.csv"
IMPORT: Final = "stopwoord subscribers import people.csv"
_Rows = Iterator[tuple[int, Sequence[str]]]


@dataclass
class Tally:
    """What has come of the rows so far. `troubled`: how many were not taken whole; `last`: the last one done."""

    counts: Counter[str] = field(default_factory=Counter)
    repaired: int = 0
    troubled: int = 0
    last: int = 0

    def add(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if isinstance(outcome, Taken):
                self.counts[outcome.effect] += 1
                self.repaired += outcome.entry.repaired
                self.last = outcome.entry.row
            else:
                self.last = outcome.row
            if problems := _problems(outcome):
                self.troubled += 1
                self.counts.update(problem.reason for problem in problems)

    @property
    def taken(self) -> int:
        return sum(self.counts[effect] for effect in Effect)


@rich_click.command(
    "import", epilog=examples(f"{IMPORT} --dry-run", f"{IMPORT} --wording v3 --where till --yes")
)
@rich_click.argument("file", type=rich_click.Path(path_type=Path))
@rich_click.option(
    "--map", "said", multiple=True, metavar="COLUMN=FIELD", help="What a column holds; may be repeated."
)
@rich_click.option("--when", default="", help="When they agreed, for rows that do not say.")
@rich_click.option("--where", default="", help="Where they agreed, for rows that do not say.")
@rich_click.option("--wording", default="", help="The version of the wording, for rows that do not say.")
@rich_click.option("--language", default="", help="Their language, for rows that do not say.")
@rich_click.option("--tag", "tags", multiple=True, help="A tag for everybody in the file; may be repeated.")
@rich_click.option("--default-region", help="Where numbers without a country code are from, such as NL.")
@rich_click.option("--dry-run", is_flag=True, help="Change nothing; say what would happen.")
@yes_option
@json_option
def import_file(  # noqa: PLR0913 - click passes each option by name
    *,
    file: Path,
    said: tuple[str, ...],
    when: str,
    where: str,
    wording: str,
    language: str,
    tags: tuple[str, ...],
    default_region: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Take in people from FILE (CSV or XLSX) who agreed elsewhere, each with when, where and which wording.

    Columns are found by their headings; FIELD is number, when, where, wording, language, first_name, last_name, tags,
    zone, postcode, state, f.NAME for a field of your own, or ignore. Rows that are not taken stand with their reason
    in FILE.errors.csv; so do a language, US state and US postcode that are none, without which their row is taken.
    Doing it twice changes nothing twice, and opted-out people stay so.
    """
    gateway = open_gateway()
    stated = {
        Column.WHEN: when,
        Column.WHERE: where,
        Column.WORDING: wording,
        Column.LANGUAGE: language,
        Column.TAGS: ",".join(tags),
    }
    with ExitStack() as stack:
        sheet = stack.enter_context(open_sheet(file))
        columns = columns_of(sheet, said, stated)
        reader = _reader(gateway.program, columns, stated, default_region)
        rows = _preview(file, sheet, columns)
        if not dry_run:
            confirm(f"import {file.name}?", yes=yes)
        read = batches(rows, reader, stack.enter_context(FirstRows()))
        tally = _run(gateway.import_subscribers, read, file, dry_run=dry_run)
    return _report(tally, file, dry_run=dry_run, as_json=as_json)


def _reader(
    program: Program, columns: dict[int, str], stated: dict[Column, str], region: str | None
) -> Reader:
    known = known_of(program.quiet_hours.states)
    return Reader(columns, stated, region_of(region or program.default_region), datetime.now(UTC), known)


def _preview(file: Path, sheet: Sheet, columns: dict[int, str]) -> _Rows:
    """Show what the columns are taken for, and the first rows; all rows again."""
    first = list(islice(sheet.rows, SHOWN))
    if not first:
        raise BadInput(f"{file} has headings and no rows below them: there is nobody to import")
    say(f"{file.name} is {sheet.kind}. Its columns:")
    for place, heading in enumerate(sheet.header):
        some = ", ".join(cells[place] for _, cells in first if place < len(cells) and cells[place])
        say(safe(f"  {heading} → {columns.get(place, 'ignored')}  ({some[:60] or 'empty'})"))
    if sheet.doubt:
        say(f"Warning: {sheet.doubt}.")
    return chain(first, sheet.rows)


def batches(rows: _Rows, reader: Reader, numbers: FirstRows) -> Iterator[list[Row]]:
    """The rows as people and problems, so many at a time as one exchange with the store is worth."""
    while batch := [reader.read(*row) for row in islice(rows, BATCH)]:
        entries = [row for row in batch if not isinstance(row, Problem)]
        if any(earlier := numbers.earlier([(entry.number, entry.row) for entry in entries])):
            repeated = {
                entry.row: row for entry, row in zip(entries, earlier, strict=True) if row is not None
            }
            yield [_duplicate(row, repeated[row.row]) if row.row in repeated else row for row in batch]
        else:
            yield batch


def _duplicate(row: Row, earlier: int) -> Row:
    if isinstance(row, Problem):
        return row
    return Problem(row.row, Reason.DUPLICATE, f"the same number stands in row {earlier}", row.number.e164)


def _run(work: ImportSubscribers, read: Iterator[list[Row]], file: Path, *, dry_run: bool) -> Tally:
    tally = Tally()
    run = work.rehearse if dry_run else work
    columns = (TextColumn("{task.completed} rows"), BarColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=talk(), transient=True, disable=not talk().is_terminal) as progress,
        create_private(_errors(file)) as stream,
    ):
        table, task = (
            Table(stream, ("row", "number", "reason", "what to do")),
            progress.add_task("", total=None),
        )
        try:
            for outcomes in run(read, Origin(file.name, me())):
                tally.add(outcomes)
                table.add(_lines(outcomes))
                progress.advance(task, len(outcomes))
        except BaseException:
            # Whatever it is (Ctrl-C, a store that went away, a damaged file), what is done is done.
            stopped = f"stopped; everything up to row {tally.last or 1} is done"
            say(stopped if dry_run else f"{stopped}. Run it again to go on: nothing is done twice")
            raise
    return tally


def _problems(outcome: Outcome) -> Sequence[Problem]:
    """What of a row was not taken, if anything."""
    if isinstance(outcome, Problem):
        return (outcome,)
    entry = outcome.entry
    left_out = [Problem(entry.row, Reason.LEFT_OUT, said, entry.number.e164) for said in entry.left_out]
    return [outcome.but, *left_out] if outcome.but else left_out


def _lines(outcomes: Iterable[Outcome]) -> Iterator[tuple[object, ...]]:
    for problem in chain.from_iterable(map(_problems, outcomes)):
        yield problem.row, problem.number, problem.reason, problem.remark


def _errors(file: Path) -> Path:
    return file.with_name(file.name + ERRORS)


def _report(tally: Tally, file: Path, *, dry_run: bool, as_json: bool) -> int:
    errors = _errors(file)
    if not tally.troubled:
        errors.unlink(missing_ok=True)
    rows = {name: tally.counts[name] for name in (*Effect, *Reason)} | {"repaired": tally.repaired}
    if as_json:
        show_json({"dry_run": dry_run, **rows, "errors": str(errors) if tally.troubled else None})
    else:
        show_table(("rows", "outcome"), [(count, name) for name, count in rows.items() if count])
    _warn(tally)
    if tally.troubled:
        say(f"See {errors} for {so_many(tally.troubled, 'row', 'rows')} with the reason of each.")
    if dry_run:
        say("This was a rehearsal: nothing was changed.")
    return OK if tally.taken or not tally.troubled else FAILED


def _warn(tally: Tally) -> None:
    if tally.repaired:
        rows = so_many(tally.repaired, "row", "rows")
        say(f"Warning: a spreadsheet had changed the number or postcode of {rows}, which was repaired.")
    if left_out := tally.counts[Reason.LEFT_OUT]:
        values = so_many(left_out, "value was", "values were")
        say(
            f"Warning: {values} left out for being no language, US state or US postcode; the rows were taken."
        )
