"""Servers for tests: started on free ports, ended by their own process id whatever happens to the test."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.launcher.embedded import EmbeddedStore
from app.machine.errors import LaunchFailed
from app.machine.ports import free_port

ATTEMPTS = 3


@contextmanager
def running_store(directory: Path, **settings: str) -> Iterator[EmbeddedStore]:
    """A store on a free port; on another one when that was snatched away. `settings` as for EmbeddedStore."""
    store = _started(directory, settings)
    try:
        yield store
    finally:
        store.stop()


def _started(directory: Path, settings: dict[str, str]) -> EmbeddedStore:
    for attempt in range(1, ATTEMPTS + 1):
        store = EmbeddedStore(directory, port=free_port(), **settings)
        try:
            store.start()
        except LaunchFailed:
            if attempt == ATTEMPTS:
                raise
        else:
            return store
    raise AssertionError("unreachable")


def alive(pid: int) -> bool:
    """Whether `pid` runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone_soon(*pids: int) -> bool:
    """Whether all of them are gone within five seconds."""
    limit = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(alive, pids))


def descendants(pid: int) -> list[int]:
    """The ids of all processes below `pid`."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    below = children.get(pid, [])
    return below + [lower for child in below for lower in descendants(child)]
