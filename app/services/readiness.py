"""Is this installation fit to be trusted with an opt-out? Each check with what was found and how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from app.domain.errors import StopwoordError
from app.domain.sentence import Sentence, sentence
from app.services.ports import Bookmarks, Now

STALE_CLOCK: Final = timedelta(seconds=15)
# Reading back may fail or take long a few times before it counts as stuck.
READINGS_MISSED: Final = 3
STALE_READING: Final = timedelta(seconds=60)
# A reply leaves within a second or two; behind this nobody works, or nobody gets through.
LONGEST_WAIT: Final = timedelta(seconds=30)
# One fsync an answer, or an opt-out that was acknowledged can be lost with the machine.
NEEDED: Final = {
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "last-write": "ok",
}

STORE: Final = sentence("store")
CLOCK: Final = sentence("clock")
READ_BACK: Final = sentence("read back")
REPLIES: Final = sentence("replies")
QUEUE: Final = sentence("queue")
START_STORE: Final = sentence("start the store, or correct STOPWOORD_REDIS_URL")
Said = Sentence | str
"""A sentence; a plain string is a value, such as a setting's, or is for the command line only."""


class StoreHealth(Protocol):
    """The server's settings. Raises StoreUnavailable."""

    def durability(self) -> Mapping[str, str]: ...


class Heartbeat(Protocol):
    """The clock's sign of life. Raises StoreUnavailable."""

    def last_beat(self) -> datetime | None: ...


class Waiting(Protocol):
    """The replies that are owed. Raises StoreUnavailable."""

    def oldest_owed(self) -> datetime | None: ...


class QueueHealth(Protocol):
    """The job queue: how many workers listen to it. Raises StopwoordError when it cannot be reached."""

    def workers(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `fix` says what to do when it is not `ok`."""

    name: Said
    ok: bool
    found: Said
    fix: Said = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The checks that decide whether requests should come here at all."""

    store: StoreHealth
    queue: QueueHealth
    heartbeat: Heartbeat
    bookmarks: Bookmarks
    waiting: Waiting
    now: Now
    read_back_seconds: float

    def __call__(self) -> list[Check]:
        checks = self.of_the_store()
        for look, name, fix in (
            (self._clock, CLOCK, START_STORE),
            (self._read_back, READ_BACK, START_STORE),
            (self._replies, REPLIES, START_STORE),
            # Last: what asks the store comes together, so that a store that hangs is waited for once.
            (self._queue, QUEUE, sentence("start the queue's server, or correct STOPWOORD_QUEUE_URL")),
        ):
            checks += _looked(look, name, fix)
        return checks

    def of_the_store(self) -> list[Check]:
        """Those that need no process of ours to run."""
        return _looked(self._store, STORE, START_STORE)

    def _store(self) -> Iterable[Check]:
        found = self.store.durability()
        for name, needed in NEEDED.items():
            value = found.get(name)
            yield Check(
                sentence("store {setting}", setting=name),
                value == needed,
                value or sentence("unknown"),
                _remedy(name, value, needed),
            )

    def _queue(self) -> Iterable[Check]:
        count = self.queue.workers()
        workers = sentence("reachable, {count} workers", count=count)
        yield Check(QUEUE, ok=True, found=sentence("reachable, 1 worker") if count == 1 else workers)

    def _clock(self) -> Iterable[Check]:
        beat = self.heartbeat.last_beat()
        if beat is None:
            fix = sentence("start the clock: python -m workers.clock")
            yield Check(CLOCK, ok=False, found=sentence("never seen"), fix=fix)
            return
        age = self.now() - beat
        yield Check(
            CLOCK,
            ok=age < STALE_CLOCK,
            found=sentence("last seen {seconds} s ago", seconds=_seconds(age)),
            fix=sentence("start the clock again: python -m workers.clock"),
        )

    def _read_back(self) -> Iterable[Check]:
        read_to = self.bookmarks.read_back_to()
        if (
            read_to is None
        ):  # nothing was missed before the clock's first minute, and its own check tells of it
            yield Check(READ_BACK, ok=True, found=sentence("not begun"))
            return
        age = self.now() - read_to
        limit = max(STALE_READING, timedelta(seconds=READINGS_MISSED * self.read_back_seconds))
        yield Check(
            READ_BACK,
            ok=age < limit,
            found=sentence("missed messages were last read {seconds} s ago", seconds=_seconds(age)),
            fix=sentence(
                'the clock\'s log says why, at "duty failed": a record that cannot be read, or the provider is away'
            ),
        )

    def _replies(self) -> Iterable[Check]:
        """A worker may be listed and yet do nothing, or be refused all the time: what waits shows it."""
        oldest = self.waiting.oldest_owed()
        waits = max(self.now() - oldest, timedelta(0)) if oldest else timedelta(0)
        found = sentence("the oldest has waited for {seconds} s", seconds=_seconds(waits))
        fix = sentence(
            "start a worker: python -m workers.runner; if one runs, its log says why nothing is sent"
        )
        yield Check(REPLIES, waits < LONGEST_WAIT, found if waits else sentence("none is waiting"), fix)


def _remedy(name: str, value: str | None, needed: str) -> Sentence:
    if value is None:
        untold = sentence("the server does not tell: let this user run CONFIG GET, and set {setting} {value}")
        return untold.with_(setting=name, value=needed)
    if name == "last-write":
        return sentence("the disk is full or broken: the server's log says which")
    change = sentence("CONFIG SET {setting} {value}, and the same in the server's configuration")
    return change.with_(setting=name, value=needed)


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f}"


def _looked(look: Callable[[], Iterable[Check]], name: Sentence, fix: Sentence) -> list[Check]:
    try:
        return list(look())
    except StopwoordError as error:
        return [Check(name, ok=False, found=error.sentence, fix=fix)]
