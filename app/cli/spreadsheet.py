"""Tables for spreadsheets: a cell that would be taken for a formula is made a text."""

import csv
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

# A spreadsheet runs what begins with one of these, a number with a plus included.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> str:
    """The value as a text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as they come, each cell made safe."""
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
