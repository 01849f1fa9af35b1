"""Where in a file each number stood first, on disk: a million numbers must not be a million in memory."""

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from app.domain.number import Number

CACHE_KIBIBYTES: Final = 4096


class FirstRows:
    """Remembers numbers until it is closed, in a file without a name that only this process can see."""

    def __init__(self) -> None:
        # An empty name is a database on disk that is gone with its connection.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute("CREATE TABLE first (number INTEGER PRIMARY KEY, row INTEGER NOT NULL)")
        self._rows.execute("BEGIN")

    def earlier(self, rows: Sequence[tuple[Number, int]]) -> Sequence[int | None]:
        """Of each number, in that order, the row in which it stood first; None when it is this one."""
        stood = [(int(number.e164), row) for number, row in rows]
        added = self._rows.executemany("INSERT OR IGNORE INTO first VALUES (?, ?)", stood).rowcount
        if added == len(stood):
            return [None] * len(stood)
        return [self._earlier(digits, row) for digits, row in stood]

    def _earlier(self, digits: int, row: int) -> int | None:
        found = self._rows.execute("SELECT row FROM first WHERE number = ?", (digits,)).fetchone()
        return None if found[0] == row else int(found[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()
