"""Typing commands as a person or a script would: a process of its own, with nothing but what is given."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMIT_SECONDS = 30
NEVER_SHOWN = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Shell:
    """Where commands are typed: a directory, and the environment's own variables."""

    directory: Path
    variables: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        machine = {name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")}
        return machine | {"PYTHONPATH": str(Path(__file__).parents[2])} | dict(self.variables)

    def type(self, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """`stopwoord ARGUMENTS` without a terminal, with some variables changed. It never ends in a traceback."""
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            cwd=self.directory,
            env=self.environment | changed,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        assert NEVER_SHOWN not in done.stderr
        return done

    def type_in_terminal(self, *arguments: str) -> str:
        """The same in a terminal of 100 columns; everything that the terminal was sent."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments],
            cwd=self.directory,
            env=self.environment | {"COLUMNS": "100", "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        sent = b""
        with suppress(OSError):  # how a terminal says that nobody is at its other end any more
            while piece := os.read(ours, 65_536):
                sent += piece
        os.close(ours)
        process.wait(LIMIT_SECONDS)
        return sent.decode()
