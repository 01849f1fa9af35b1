"""One process of the stack: its own process group, its own log file, ended by its own id."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.machine.tether import tethered

# Every process of a stack has this variable, its forked children too, so that none can be overlooked.
MARK = "TEST_STACK"
STOP_SECONDS = 15.0


@dataclass(slots=True)
class Part:
    """A process that can be started, killed and started again; its log goes on in the same file."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    directory: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return self.directory / f"{self.name}.log"

    @property
    def pid(self) -> int:
        assert self.process is not None, f"{self.name} was never started"
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it. The thread that calls this has to outlive the process, which dies with it."""
        assert not self.running, f"{self.name} is running"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tethered(self.command),
                cwd=self.directory,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to this one process."""
        if self.running:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL for its whole process group, and wait for the end of the first of them."""
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)

    def stop(self) -> int:
        """SIGTERM, and the exit code; SIGKILL when it does not end in time."""
        assert self.process is not None
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


def children(pid: int) -> list[int]:
    """The processes that `pid` has forked and that still run."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def kill_marked(mark: str) -> None:
    """SIGKILL for every process that carries this mark: a worker's child outlives its killed parent."""
    wanted = f"{MARK}={mark}".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)
