"""The children's output as one: whole lines, each with the name of who said it."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, TextIO

COLOURS: Final = ("36", "33", "32", "35", "34", "96")
PIECE: Final = 65_536


class Relay:
    """Prints lines behind names of equal width, coloured when a terminal reads them."""

    def __init__(self, names: Sequence[str], to: TextIO = sys.stdout) -> None:
        self._to = to
        self._coloured = to.isatty()
        self._width = max(map(len, names), default=0)
        self._colour = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}

    def line(self, name: str, text: str) -> None:
        """Print one line of `name`."""
        prefix = f"{name:<{self._width}} |"
        if self._coloured:
            prefix = f"\x1b[{self._colour.get(name, '1')}m{prefix}\x1b[0m"
        # Nobody may be listening any more, and the children still have to be stopped in order.
        with suppress(OSError, ValueError):
            self._to.write(f"{prefix} {text}\n")
            self._to.flush()


class Lines:
    """Cuts one child's bytes into lines, which may arrive in pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def add(self, piece: bytes) -> list[str]:
        """The lines that `piece` completes. A line that never ends is cut at PIECE bytes."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > PIECE:
            lines, self._rest = [*lines, self._rest], b""
        return [line.decode("utf-8", "replace").rstrip("\r") for line in lines]

    def end(self) -> list[str]:
        """What was left without an end of line."""
        return self.add(b"\n") if self._rest else []
