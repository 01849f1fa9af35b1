"""Servers for tests: started on free ports, ended by their own process id whatever happens to the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.launcher.embedded import EmbeddedStore
from app.launcher.errors import LaunchFailed
from app.launcher.ports import free_port

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
