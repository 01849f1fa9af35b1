"""What a row says that is worth nothing unless there is such a one: a language, a time zone, a place in the US."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.quiet_hours import ZIP, States
from app.domain.region import in_north_america, region_of
from app.domain.replies import Language

_LANGUAGE: Final = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
# 02134 as a spreadsheet has it that took it for a quantity.
_ZIP_AS_QUANTITY: Final = re.compile(r"([0-9]{3,5})(?:\.0)?")
_ZIP_PREFIX: Final = 3


class Place(NamedTuple):
    """Where a row says that somebody is. `left_out`: what of it is no such place, in sentences."""

    postcode: str
    state: str
    repaired: bool = False
    left_out: tuple[str, ...] = ()


NOWHERE: Final = Place("", "")


@dataclass(frozen=True, slots=True)
class Known:
    """The languages, time zones and states that there are."""

    is_language: Callable[[str], bool]
    is_zone: Callable[[str], bool]
    states: States

    def language(self, text: str) -> Language:
        """The language of a code such as nl or nl-NL. Raises BadInput."""
        found = _LANGUAGE.fullmatch(text)
        if found is None or not self.is_language(found[1].lower()):
            raise BadInput(f"the language {text!r} is no code such as nl")
        return Language(found[1].lower())

    def zone(self, name: str) -> str | None:
        """A time zone; None for no name. Raises BadInput."""
        if name and not self.is_zone(name):
            raise BadInput("the time zone is none such as Europe/Amsterdam")
        return name or None

    def place(self, number: Number, postcode: str, state: str) -> Place:
        """What is said of where somebody is, without what only looks as if it said so.

        Beside an American number these decide at which hours the person is texted; elsewhere they decide nothing.
        """
        if region_of(number) != "US":
            # A number of San Juan is not of the US, but its postcode of 00901 is, and lost its zeros likewise.
            whole = _with_zeros(postcode) if in_north_america(number) else postcode
            return Place(whole, state, whole != postcode)
        left_out = []
        if state and state.upper() not in self.states.by_code:
            left_out.append(f"the state {state!r} is none of the US such as NY")
            state = ""
        found = self._zip(postcode) if postcode else ""
        if postcode and not found:
            left_out.append(f"the postcode {postcode!r} is none of a state of the US such as 10001")
        return Place(found, state, bool(found) and found != postcode, tuple(left_out))

    def _zip(self, postcode: str) -> str:
        """The postcode with the zeros that a spreadsheet took; "" where no state has such a one."""
        whole = _with_zeros(postcode)
        return whole if ZIP.fullmatch(whole) and whole[:_ZIP_PREFIX] in self.states.by_zip else ""


def _with_zeros(postcode: str) -> str:
    """The postcode as it was before a spreadsheet took it for a quantity; anything else as it is."""
    quantity = _ZIP_AS_QUANTITY.fullmatch(postcode)
    return quantity[1].zfill(5) if quantity else postcode
