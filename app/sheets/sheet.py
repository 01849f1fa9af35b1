"""What every kind of file with rows comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading and the rows below it, each with its number as spreadsheets count. `kind`: what the file is.

    `doubt`: what somebody should look at before the rows are believed, or "".
    """

    kind: str
    header: Sequence[str]
    rows: Iterator[tuple[int, Sequence[str]]]
    doubt: str = ""
