"""Typing commands as a person or a script would: a process of its own, with nothing but what is given."""

import os
import pty
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from tests.cli.forker import Command, forker

LIMIT_SECONDS: Final = 30
NEVER_SHOWN: Final = "Traceback (most recent call last)"
# What an interpreter reads only when it starts.
AT_THE_START: Final = ("PYTHON", "LC_", "LANG")


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
        with (
            Path(os.devnull).open() as nothing,
            TemporaryFile("w+") as output,
            TemporaryFile("w+") as errors,
        ):
            streams = (nothing.fileno(), output.fileno(), errors.fileno())
            code = self._started(arguments, changed, streams).wait()
            output.seek(0)
            errors.seek(0)
            assert code >= 0, f"ended by signal {-code}, or by us after {LIMIT_SECONDS} s"
            done = subprocess.CompletedProcess(arguments, code, output.read(), errors.read())
        assert NEVER_SHOWN not in done.stderr
        return done

    def type_in_terminal(self, *arguments: str) -> str:
        """The same in a terminal of 100 columns; everything that the terminal was sent."""
        ours, theirs = pty.openpty()
        command = self._started(arguments, {"COLUMNS": "100", "TERM": "xterm"}, (theirs, theirs, theirs))
        os.close(theirs)
        sent = b""
        with suppress(OSError):  # how a terminal says that nobody is at its other end any more
            while piece := os.read(ours, 65_536):
                sent += piece
        os.close(ours)
        command.wait()
        return sent.decode()

    def _started(
        self, arguments: tuple[str, ...], changed: Mapping[str, str], streams: tuple[int, int, int]
    ) -> Command:
        given = {**self.variables, **changed}
        assert not any(name.startswith(AT_THE_START) for name in given), "start an interpreter for these"
        return forker().start(arguments, self.directory, self.environment | given, streams, LIMIT_SECONDS)
