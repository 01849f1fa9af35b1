"""Starting commands out of a process that has imported all of them already: a second less for each."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from app.machine.tether import tethered

ROOT: Final = Path(__file__).parents[2]


class Forker:
    """That process, `tests.cli.forked`, seen from the tests. It runs one command at a time."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        self._answers = self._ours.makefile("r")
        self._free = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                tethered([sys.executable, "-m", "tests.cli.forked", str(theirs.fileno())]),
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")},
                pass_fds=[theirs.fileno()],
            )

    def close(self) -> None:
        self._answers.close()
        self._ours.close()
        self._process.wait()

    def start(
        self,
        arguments: Sequence[str],
        directory: Path,
        environment: Mapping[str, str],
        streams: tuple[int, int, int],
        seconds: float,
    ) -> "Command":
        """`stopwoord ARGUMENTS` in a session of its own; somebody has to `wait` for it."""
        self._free.acquire()
        socket.send_fds(self._ours, [b"\n"], streams)
        self._ours.sendall(json.dumps([[*arguments], str(directory), {**environment}]).encode() + b"\n")
        return Command(self._said(), self, seconds)

    def ended(self) -> int:
        """The exit code of the command, once it has one."""
        try:
            return self._said()
        finally:
            self._free.release()

    def _said(self) -> int:
        return int(self._answers.readline())


class Command:
    """A command that runs, for `seconds` at most."""

    def __init__(self, pid: int, forker: Forker, seconds: float) -> None:
        self._forker = forker
        self._limit = threading.Timer(seconds, os.kill, [pid, signal.SIGKILL])
        self._limit.start()

    def wait(self) -> int:
        """Its exit code; minus the signal that ended it."""
        try:
            return self._forker.ended()
        finally:
            self._limit.cancel()
            self._limit.join()


@cache
def forker() -> Forker:
    """The one of this process of tests, and ended with it."""
    started = Forker()
    atexit.register(started.close)
    return started
