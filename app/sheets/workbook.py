"""Workbooks (.xlsx): the first sheet, row by row."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.errors import BadInput
from app.sheets.sheet import Sheet

ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"
# AttributeError: openpyxl's own, such as for a sheet that is nothing but a chart.
_UNREADABLE: Final = (
    *(BadZipFile, InvalidFileException, ParseError),
    *(AttributeError, KeyError, ValueError, TypeError, OSError),
)


@contextmanager
def open_workbook(path: Path) -> Iterator[Sheet]:
    """The rows of a workbook's first sheet; formulas count as what they came to when it was saved."""
    with path.open("rb") as file:  # by its name openpyxl would refuse one that is called .csv
        yield from _sheet(file, path)


def _sheet(file: BinaryIO, path: Path) -> Iterator[Sheet]:
    try:
        with warnings.catch_warnings():  # of styles and extensions, which no row depends on
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (*_UNREADABLE, IndexError):
        raise _unreadable(path) from None
    try:
        if not book.worksheets:
            raise _unreadable(path)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # many programs write them wrongly
        rows = _rows(sheet.iter_rows(values_only=True), path)
        _, header = next(rows, (0, ()))
        if not header:
            raise BadInput(f"{path} has no heading in the first row of its first sheet")
        yield Sheet("a workbook", header, rows)
    finally:
        book.close()


def _rows(values: Iterator[tuple[object, ...]], path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        for row, cells in enumerate(values, 1):
            if any(cell is not None for cell in cells):
                yield row, [_text(cell) for cell in cells]
    except _UNREADABLE:
        raise _unreadable(path) from None


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(sep=" ")
        case float():
            return repr(cell)
        case _:
            return str(cell)


def _unreadable(path: Path) -> BadInput:
    return BadInput(
        f"{path} is a damaged workbook, or one without a sheet of rows: save it anew as .xlsx, or as .csv"
    )
