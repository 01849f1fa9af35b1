"""Where the sandbox keeps its messages, handsets and blocks: SQLite, in a file or in memory.

One connection behind one lock: a write takes some 30 µs, which is far below what a developer's machine asks
for, and a message is in the file (outside this process) before its sender hears of it.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from app.sandbox.message import Direction, Message, Status

_COLUMNS: Final = tuple(each.name for each in fields(Message))
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM messages"  # noqa: S608 - our own field names
_INSERT: Final = (
    f"INSERT INTO messages ({', '.join(_COLUMNS)}, changed) "  # noqa: S608 - our own field names
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)}, :changed)"
)
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, changed INTEGER NOT NULL,
    {", ".join(_COLUMNS)}, UNIQUE (sid));
CREATE INDEX IF NOT EXISTS by_recipient ON messages (recipient, id);
CREATE INDEX IF NOT EXISTS by_sender ON messages (sender, id);
CREATE INDEX IF NOT EXISTS by_change ON messages (changed);
CREATE TABLE IF NOT EXISTS callbacks (id INTEGER PRIMARY KEY AUTOINCREMENT, sid, status, answer, at);
CREATE TABLE IF NOT EXISTS handsets (number TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (number TEXT, sender TEXT, PRIMARY KEY (number, sender));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which messages to list. Times are milliseconds since 1970, `before` exclusive; empty means any."""

    recipient: str = ""
    sender: str = ""
    sent_from: int | None = None
    sent_before: int | None = None
    older_than: str = ""
    newer_than: str = ""


class Store:
    """Everything that has to survive a restart."""

    def __init__(self, file: Path | None) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)
        (last,) = self._db.execute("SELECT coalesce(max(changed), 0) FROM messages").fetchone()
        self._changed = int(last)

    def close(self) -> None:
        """Write everything out; the store cannot be used afterwards."""
        with self._lock:
            self._db.close()

    def add(self, message: Message) -> None:
        """Keep a new message."""
        with self._lock:
            self._changed += 1
            self._db.execute(_INSERT, asdict(message) | {"changed": self._changed})

    def change(self, sid: str, **values: object) -> None:
        """Change columns of one message."""
        names = ", ".join(f"{name} = :{name}" for name in values)
        update = f"UPDATE messages SET {names}, updated = :updated, changed = :changed WHERE sid = :sid"  # noqa: S608 - our own field names
        with self._lock:
            self._changed += 1
            given = values | {"sid": sid, "changed": self._changed, "updated": now()}
            self._db.execute(update, given)

    def get(self, sid: str) -> Message | None:
        """The message with that SID, unless it was deleted."""
        found = self._messages("WHERE sid = ? AND NOT deleted", (sid,))
        return found[0] if found else None

    def page(self, query: Query, size: int) -> list[Message]:
        """The newest `size` messages that match, newest first."""
        where, values = _conditions(query)
        oldest_first = bool(query.newer_than)
        order = "ASC" if oldest_first else "DESC"
        found = self._messages(f"WHERE {where} ORDER BY id {order} LIMIT ?", (*values, size))
        return found[::-1] if oldest_first else found

    def unfinished(self) -> list[Message]:
        """Messages whose statuses or webhook a stopped sandbox had not come to the end of, oldest first."""
        return self._messages(
            "WHERE status IN ('queued', 'sending', 'sent') OR webhook LIKE '%\"pending\"%' ORDER BY id", ()
        )

    def changes(self, since: int, numbers: Sequence[str] = ()) -> tuple[int, list[Message]]:
        """What is new or changed since a cursor, oldest first, and the cursor to ask with next."""
        marks = ", ".join("?" * len(numbers))
        of = f"AND (sender IN ({marks}) OR recipient IN ({marks}))" if numbers else ""
        with self._lock:
            found = self._messages(f"WHERE changed > ? {of} ORDER BY id", (since, *numbers, *numbers))
            return self._changed, found

    def keep_callback(self, sid: str, status: str, answer: int | None) -> None:
        """Remember that a status callback was posted, and the HTTP status of its answer (None: no answer)."""
        with self._lock:
            self._db.execute(
                "INSERT INTO callbacks (sid, status, answer, at) VALUES (?, ?, ?, ?)",
                (sid, status, answer, now()),
            )

    def callbacks(self, sid: str) -> list[tuple[str, int | None, int]]:
        """Status, answer and time (ms) of each callback of a message, in the order they were posted."""
        return self._rows("SELECT status, answer, at FROM callbacks WHERE sid = ? ORDER BY id", (sid,))

    def block(self, number: str, sender: str) -> None:
        """Refuse messages from `sender` to `number` from now on."""
        with self._lock:
            self._db.execute("INSERT OR IGNORE INTO blocks VALUES (?, ?)", (number, sender))

    def unblock(self, number: str, sender: str) -> None:
        """Allow messages from `sender` to `number` again."""
        with self._lock:
            self._db.execute("DELETE FROM blocks WHERE number = ? AND sender = ?", (number, sender))

    def is_blocked(self, number: str, sender: str) -> bool:
        """Whether that number has opted out of that sender."""
        return bool(self._rows("SELECT 1 FROM blocks WHERE number = ? AND sender = ?", (number, sender)))

    def blocks(self) -> list[tuple[str, str]]:
        """Every blocked pair of number and sender."""
        return self._rows("SELECT number, sender FROM blocks ORDER BY number, sender", ())

    def handsets(self) -> list[tuple[str, str]]:
        """The number and name of every handset, in the order they were added."""
        return self._rows("SELECT number, name FROM handsets ORDER BY rowid", ())

    def add_handset(self, number: str, name: str) -> None:
        """Add a handset, or name it anew."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO handsets VALUES (?, ?)", (number, name))

    def remove_handset(self, number: str) -> bool:
        """Remove a handset, not its messages; whether there was one."""
        with self._lock:
            return bool(self._db.execute("DELETE FROM handsets WHERE number = ?", (number,)).rowcount)

    def clear(self) -> None:
        """Forget every message, callback and block; handsets stay."""
        with self._lock:
            self._db.executescript("DELETE FROM messages; DELETE FROM callbacks; DELETE FROM blocks;")

    def _messages(self, clause: str, values: Iterable[object]) -> list[Message]:
        return [_message(row) for row in self._rows(f"{_SELECT} {clause}", values)]

    def _rows(self, select: str, values: Iterable[object]) -> list[Any]:
        with self._lock:
            return self._db.execute(select, tuple(values)).fetchall()


def now() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _message(row: Sequence[Any]) -> Message:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["direction"] = Direction(values["direction"])
    values["status"] = Status(values["status"])
    return Message(**values)


def _conditions(query: Query) -> tuple[str, list[object]]:
    position = "(SELECT id FROM messages WHERE sid = ?)"
    wanted: list[tuple[str, object]] = [
        ("recipient = ?", query.recipient),
        ("sender = ?", query.sender),
        ("sent >= ?", query.sent_from),
        ("sent < ?", query.sent_before),
        (f"id < {position}", query.older_than),
        (f"id > {position}", query.newer_than),
    ]
    given = [(clause, value) for clause, value in wanted if value not in {"", None}]
    return " AND ".join(["NOT deleted", *(clause for clause, _ in given)]), [value for _, value in given]
