"""Text with a delimiter, as every program writes it a little differently."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from app.domain.errors import BadInput
from app.sheets.sheet import Sheet

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# What a spreadsheet writes above the heading to tell another one the delimiter.
_HINT: Final = "sep="
_PIECE: Final = 1 << 20


@contextmanager
def open_text(path: Path) -> Iterator[Sheet]:
    """The rows of a text file; encoding and delimiter are found out."""
    encoding, odd = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = _lines(file, path)
        first = next(lines, "")
        if not first:  # it has a mark of its encoding, and nothing else
            raise BadInput(f"{path} is empty")
        rows_before = 1
        if first.lower().startswith(_HINT) and len(first.rstrip()) == len(_HINT) + 1:
            delimiter = first[len(_HINT)]
            rows_before = 2
        else:
            delimiter = max(DELIMITERS, key=lambda each: _columns(first, each))
            lines = chain([first], lines)
        # Strict: otherwise a quote that is never closed swallows all rows below it into one.
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            header = next(reader)
        except StopIteration:
            raise BadInput(f"{path} has no heading in its first row") from None
        except csv.Error:
            raise _open_quote(path, rows_before) from None
        between = DELIMITERS.get(delimiter, f"{delimiter!r}")
        kind = f"text in {encoding} with {between}"
        yield Sheet(kind, header, _rows(reader, path, rows_before), _doubt(path, odd) if odd else "")


def _doubt(path: Path, line: int) -> str:
    return (
        f"{path.name} is not UTF-8 from line {line} on, so all of it is read as Windows-1252: see whether names with "
        "accents are right, and if not, save it as CSV in UTF-8"
    )


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8 or Windows-1252: save it as CSV in UTF-8") from None


def _columns(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except (StopIteration, csv.Error):
        return 0


def _rows(reader: Iterator[Sequence[str]], path: Path, before: int) -> Iterator[tuple[int, Sequence[str]]]:
    row = before
    try:
        for row, cells in enumerate(reader, before + 1):
            if any(cells):
                yield row, cells
    except csv.Error:
        raise _open_quote(path, row + 1) from None


def _open_quote(path: Path, row: int) -> BadInput:
    return BadInput(
        f'{path} cannot be read from row {row} on: a quote is not closed in it, or one in a cell is not doubled ("")'
    )


def _encoding(path: Path) -> tuple[str, int]:
    """By its mark; else UTF-8 when all of it is that, else what Windows wrote in Western Europe, and from which line.

    Line 0: there is no doubt.
    """
    decoder, lines = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        piece = file.read(_PIECE)
        if piece.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", 0
        if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", 0
        try:
            while piece:
                decoder.decode(piece)
                lines += piece.count(b"\n")
                piece = file.read(_PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return "cp1252", lines + error.object[: error.start].count(b"\n")
    return "utf-8", 0
