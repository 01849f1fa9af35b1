"""What the text of one recipient is made of: who they are, when they may be texted, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.campaign import Campaign, Cap
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.domain.replies import Language


@dataclass(frozen=True, slots=True)
class MaySend:
    """Now is a good time. `seconds`: how long it still is; None for no end. `caps`: how often the law lets one text."""

    seconds: int | None = None
    caps: tuple[Cap, ...] = ()


class Window(Protocol):
    """The hours in which a person may be texted: the same for all whose numbers begin alike and who are alike known.

    Of a number its `beginning_of` decides, of a person where they are, as far as `Whereabouts.coarse` has it.
    """

    def __call__(self, number: Number, person: Profile, now: datetime) -> MaySend | WaitUntil | NeverOpen: ...


class OwnLinks(Protocol):
    """Links that people opt out by, all of one length. Raises StoreUnavailable when it cannot answer truly."""

    def of(self, number: Number) -> str:
        """A number's own."""

    def of_nobody(self) -> str:
        """One that leads to nobody."""


class Render(Protocol):
    """The texts of campaigns."""

    def __call__(
        self, campaign: Campaign, language: Language, person: Profile, number: Number | None = None
    ) -> str:
        """One person's text; without their number with nobody's link, which is as long.

        Raises ValueMissing, or BadInput for another reason that there can be none, and StoreUnavailable.
        """

    def example(self, campaign: Campaign, language: Language) -> str:
        """The text with the name of every field in its place. Raises BadInput."""

    def fields(self, campaign: Campaign) -> frozenset[str]:
        """The fields of people that any of its texts names; nothing else of them decides what they read."""

    def check(self, campaign: Campaign) -> None:
        """Raises BadInput with what is wrong with the campaign's texts, senders or fields, and where."""


class People(Protocol):
    """What is known of people. Raises StoreUnavailable when it cannot answer truly."""

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        """Their profiles, in that order; None for one that cannot be read."""
