"""One child process with everything below it: started in a session of its own, heard, stopped, buried."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.launcher.relay import PIECE, Lines
from app.machine.tether import tethered


def at_once() -> bool:
    """The readiness of a child that nobody waits for."""
    return True


@dataclass(frozen=True, slots=True)
class Child:
    """What to run, and how to know that it is ready.

    `explained`: where its failure is explained. Without a `needed` one the others go on, and it is told so.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready: Callable[[], bool] = at_once
    directory: Path | None = None
    descriptors: tuple[int, ...] = ()
    start_seconds: float = 30
    stop_seconds: float = 10
    explained: str = "see its lines above"
    needed: bool = True


class Process:
    """A child that runs. Its session keeps the terminal's Ctrl-C away: only we decide who stops when."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._lines = Lines()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            tethered(child.command),
            cwd=child.directory,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **child.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=child.descriptors,
            start_new_session=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._output = self._process.stdout.fileno()
        os.set_blocking(self._output, False)

    def fileno(self) -> int:
        """The end of the pipe where it is heard; -1 when it has closed its own end."""
        return self._output

    @property
    def pid(self) -> int:
        return self._process.pid

    def heard(self) -> list[str]:
        """The lines that it has written since the last time."""
        if self._output < 0:
            return []
        try:
            piece = os.read(self._output, PIECE)
        except BlockingIOError:
            return []
        if piece:
            return self._lines.add(piece)
        self._output = -1
        return self._lines.end()

    def ended(self) -> bool:
        """Whether it is dead; it stays a zombie, so that its id means nobody else until `bury`."""
        if self._process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def terminate(self) -> None:
        """Ask it to finish. Only it is asked: it knows best how to stop the processes below it."""
        if not self.ended():
            os.kill(self.pid, signal.SIGTERM)

    def bury(self) -> int:
        """Kill what is left of it and of all below it; returns its exit code (negative: the signal)."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
        return self._process.returncode

    def close(self) -> list[str]:
        """Let go of its output; returns the last lines."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        last = [*self.heard(), *self._lines.end()]
        self._process.stdout.close()
        return last
