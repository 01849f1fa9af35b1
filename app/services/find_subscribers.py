"""Finding somebody by what staff have of them: a number in any notation, or its last digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.consent import Record
from app.domain.errors import BadInput
from app.domain.number import Number, find_number
from app.services.care_ports import Directory
from app.services.ports import Consents

FEWEST_DIGITS: Final = 4
MOST_DIGITS: Final = 7
SHOWN: Final = 25
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Alike:
    """Those whose number ends on the digits, as many as are shown, and how many there are."""

    digits: str
    found: Sequence[tuple[Number, Record]]
    total: int


@dataclass(frozen=True, slots=True)
class FindSubscribers:
    """Raises BadInput for what is neither, and StoreUnavailable."""

    directory: Directory
    consents: Consents
    region: str

    def __call__(self, text: str) -> Number | Alike:
        """The number that was meant; or everybody whose number ends so, when only a few digits were given."""
        written = text.strip()
        if not written or len(written) > LONGEST:
            raise BadInput("type a number, or at least its last four digits")
        digits = written.lstrip(".…*•").strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
            return self._alike(digits)
        return find_number(written, self.region)

    def _alike(self, digits: str) -> Alike:
        if len(digits) < FEWEST_DIGITS:
            raise BadInput("type at least the last four digits")
        numbers = self.directory.ending_with(digits)
        shown = numbers[:SHOWN]
        records = self.consents.load_many(shown)
        return Alike(digits, list(zip(shown, records, strict=True)), len(numbers))
