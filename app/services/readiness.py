"""Is this installation fit to be trusted with an opt-out? Each check with what was found and how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from app.domain.errors import StopwoordError
from app.services.ports import Bookmarks, Now

STALE_CLOCK: Final = timedelta(seconds=15)
# Reading back may fail or take long a few times before it counts as stuck.
READINGS_MISSED: Final = 3
STALE_READING: Final = timedelta(seconds=60)
# A reply that is due is taken within a second or two; behind this nobody works.
LONGEST_WAIT: Final = timedelta(seconds=30)
# One fsync an answer, or an opt-out that was acknowledged can be lost with the machine.
NEEDED: Final = {
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "last-write": "ok",
}


class StoreHealth(Protocol):
    """The server's settings. Raises StoreUnavailable."""

    def durability(self) -> Mapping[str, str]: ...


class Heartbeat(Protocol):
    """The clock's sign of life. Raises StoreUnavailable."""

    def last_beat(self) -> datetime | None: ...


class Waiting(Protocol):
    """The replies that are due. Raises StoreUnavailable."""

    def oldest_due(self) -> datetime | None: ...


class QueueHealth(Protocol):
    """The job queue: how many workers listen to it. Raises StopwoordError when it cannot be reached."""

    def workers(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `fix` says what to do when it is not `ok`."""

    name: str
    ok: bool
    found: str
    fix: str = ""


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
        checks: list[Check] = []
        for look, name, fix in (
            (self._store, "store", "start the store, or correct STOPWOORD_REDIS_URL"),
            (self._clock, "clock", "start the store, or correct STOPWOORD_REDIS_URL"),
            (self._read_back, "read back", "start the store, or correct STOPWOORD_REDIS_URL"),
            (self._replies, "replies", "start the store, or correct STOPWOORD_REDIS_URL"),
            # Last: what asks the store comes together, so that a store that hangs is waited for once.
            (self._queue, "queue", "start the queue's server, or correct STOPWOORD_QUEUE_URL"),
        ):
            checks += _looked(look, name, fix)
        return checks

    def _store(self) -> Iterable[Check]:
        found = self.store.durability()
        for name, needed in NEEDED.items():
            value = found.get(name)
            fix = f"CONFIG SET {name} {needed}, and the same in the server's configuration"
            if name == "last-write":
                fix = "the disk is full or broken: the server's log says which"
            if value is None:
                fix = f"the server does not tell: let this user run CONFIG GET, and set {name} {needed}"
            yield Check(f"store {name}", value == needed, value or "unknown", fix)

    def _queue(self) -> Iterable[Check]:
        count = self.queue.workers()
        yield Check("queue", ok=True, found=f"reachable, {count} worker{'' if count == 1 else 's'}")

    def _clock(self) -> Iterable[Check]:
        beat = self.heartbeat.last_beat()
        if beat is None:
            yield Check("clock", ok=False, found="never seen", fix="start the clock: python -m workers.clock")
            return
        age = self.now() - beat
        yield Check(
            "clock",
            ok=age < STALE_CLOCK,
            found=f"last seen {age.total_seconds():.0f} s ago",
            fix="start the clock again: python -m workers.clock",
        )

    def _read_back(self) -> Iterable[Check]:
        read_to = self.bookmarks.read_back_to()
        if (
            read_to is None
        ):  # nothing was missed before the clock's first minute, and its own check tells of it
            yield Check("read back", ok=True, found="not begun")
            return
        age = self.now() - read_to
        limit = max(STALE_READING, timedelta(seconds=READINGS_MISSED * self.read_back_seconds))
        yield Check(
            "read back",
            ok=age < limit,
            found=f"missed messages were last read {age.total_seconds():.0f} s ago",
            fix='the clock\'s log says why, at "duty failed": a record that cannot be read, or the provider is away',
        )

    def _replies(self) -> Iterable[Check]:
        """A worker may be listed and yet do nothing: what waits shows it."""
        oldest = self.waiting.oldest_due()
        waits = max(self.now() - oldest, timedelta(0)) if oldest else timedelta(0)
        found = f"the oldest has waited for {waits.total_seconds():.0f} s" if waits else "none is waiting"
        fix = "start a worker: python -m workers.runner; if one runs, its log says why it sends nothing"
        yield Check("replies", waits < LONGEST_WAIT, found, fix)


def _looked(look: Callable[[], Iterable[Check]], name: str, fix: str) -> list[Check]:
    try:
        return list(look())
    except StopwoordError as error:
        return [Check(name, ok=False, found=str(error), fix=fix)]
