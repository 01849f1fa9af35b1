"""Where in a file each number stood first, on disk: a million numbers must not be a million in memory."""

import sqlite3
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

    def earlier(self, number: Number, row: int) -> int | None:
        """The row in which that number stood first; None when it is this one."""
        digits = int(number.e164)
        if self._rows.execute("INSERT OR IGNORE INTO first VALUES (?, ?)", (digits, row)).rowcount:
            return None
        found = self._rows.execute("SELECT row FROM first WHERE number = ?", (digits,)).fetchone()
        return int(found[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()
