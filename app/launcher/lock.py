"""One directory, one owner: a lock that ends with the last process that holds it, so it is never stale."""

import fcntl
import os
import time
from pathlib import Path
from typing import Final

from app.machine.errors import LaunchFailed

# A server whose owner was killed is killed with it, but a large one needs a moment to be gone.
GRACE_SECONDS: Final = 1.0


class DirectoryLock:
    """A lock on a directory for one `holder` of its kind; its file names the owner's process and port.

    A child that inherits `descriptor` keeps the lock even when the owner dies before it.
    """

    def __init__(self, directory: Path, holder: str) -> None:
        self.directory = directory
        self.holder = holder
        self.path = directory / f"{holder}.lock"
        self.descriptor = -1

    def take(self, port: int) -> None:
        """Raises LaunchFailed with one sentence when another process has the directory."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _locked(descriptor):
            owner = _owner(os.read(descriptor, 64))
            os.close(descriptor)
            raise LaunchFailed(
                f"the data in {self.directory} is in use by a {self.holder} that is already running{owner}; "
                "stop that one first, or start this one in another directory"
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {port}\n".encode())
        self.descriptor = descriptor

    def drop(self) -> None:
        """Give up our hold; does nothing when there is none."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _locked(descriptor: int) -> bool:
    limit = time.monotonic() + GRACE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > limit:
                return False
            time.sleep(0.05)
        else:
            return True


def _owner(content: bytes) -> str:
    match content.decode("ascii", "replace").split():
        case [pid, port]:
            return f" (process {pid}, port {port})"
        case _:
            return ""
