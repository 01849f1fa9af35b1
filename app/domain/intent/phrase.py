"""Labelled phrases: what people write and what it means, to measure the words with."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.errors import BadInput
from app.domain.signal import Signal

# Some collections of phrases have these names for "a person should look" and "an ordinary message".
_ALSO_CALLED: Final = {"hold": Signal.UNCLEAR, "none": Signal.OTHER}
LABELS: Final = (Signal.STOP, Signal.UNCLEAR, Signal.START, Signal.CONFIRM, Signal.HELP, Signal.OTHER)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message and what a reasonable person would understand by it."""

    text: str
    signal: Signal

    def accepts(self, found: Signal) -> bool:
        """Whether a reading does justice to it: STOP for a doubtful one, a yes that nobody asked for."""
        if self.signal is Signal.UNCLEAR:
            return found in {Signal.UNCLEAR, Signal.STOP}
        return found is self.signal or (self.signal is Signal.OTHER and found is Signal.CONFIRM)


def phrases_from(lines: Iterable[str], where: str) -> Iterator[Phrase]:
    """Parse lines of JSON with "text" and "signal". Raises BadInput with the number of the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _phrase(line, f"{where}, line {number}")


def _phrase(line: str, where: str) -> Phrase:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{where} is not JSON: {error}") from error
    text, label = (entry.get("text"), entry.get("signal")) if isinstance(entry, dict) else (None, None)
    if not isinstance(text, str):
        raise BadInput(f'{where} has no "text"')
    if not isinstance(label, str) or label not in {*LABELS, *_ALSO_CALLED}:
        raise BadInput(f'{where}: "signal" is {label!r}, not one of {", ".join(LABELS)}')
    return Phrase(text, _ALSO_CALLED.get(label) or Signal(label))
