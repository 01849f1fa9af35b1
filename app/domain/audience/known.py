"""What a row says that is worth nothing unless there is such a one: a language, a time zone, a place in the US."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.quiet_hours import States
from app.domain.region import region_of
from app.domain.replies import Language

_LANGUAGE: Final = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_ZIP: Final = re.compile(r"[0-9]{5}(?:[- ]?[0-9]{4})?")
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
            return Place(postcode, state)
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
        if not _ZIP.fullmatch(postcode):
            quantity = _ZIP_AS_QUANTITY.fullmatch(postcode)
            postcode = quantity[1].zfill(5) if quantity else ""
        return postcode if postcode[:_ZIP_PREFIX] in self.states.by_zip else ""
