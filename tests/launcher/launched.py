"""A program that a test starts as a shell would, in a process group of its own, and that never outlives the test."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from app.machine.tether import tethered


class Launched:
    """The program; its output, errors included, is read line by line. It is killed after `seconds`."""

    def __init__(
        self,
        command: Sequence[str],
        seconds: float,
        *,
        directory: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            tethered(command),
            cwd=directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._seconds = seconds
        self._limit = threading.Timer(seconds, self.process.kill)
        self._limit.start()

    @property
    def output(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def interrupt(self) -> None:
        """Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)

    def rest(self) -> tuple[int, str]:
        """The exit code, and what was still said."""
        said = self.output.read()
        return self.process.wait(self._seconds), said

    def close(self) -> None:
        self._limit.cancel()
        self._limit.join()
        self.process.kill()
        self.process.wait()
        self.output.close()
