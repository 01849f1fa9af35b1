"""Writes rows that any spreadsheet can open and none takes for formulas."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TextIO

from app.domain.audience.cells import quoted
from app.domain.errors import BadInput

# Excel takes a file without the mark for Windows-1252.
ENCODING: Final = "utf-8-sig"


class Table:
    """Rows of comma-separated values on a stream."""

    def __init__(self, stream: TextIO, header: Sequence[str]) -> None:
        # With this ending the writer puts a cell between quotes that holds either half of it.
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(header)

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        self._writer.writerows([quoted(str(cell)) for cell in row] for row in rows)


def create_private(path: Path) -> TextIO:
    """A new file, or an emptied one, that only its owner can read: people's numbers are in it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.fchmod(descriptor, 0o600)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    return os.fdopen(descriptor, "w", encoding=ENCODING, newline="")
