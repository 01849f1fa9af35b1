"""What somebody wants of a campaign, as they say it when they make or edit it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from app.domain.campaign import Audience, Cap
from app.domain.errors import BadInput
from app.domain.replies import Language


class Clear(StrEnum):
    """What a campaign may have and can be rid of again."""

    END = "ends_at"
    SENDERS = "senders"


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to send, and to whom. None: as it was (or as the program has it).

    `leaves_out`: fields, whoever lacks which gets no text; `clears`: what is taken away.
    """

    name: str | None = None
    texts: Mapping[Language, str] | None = None
    audience: Audience | None = None
    ends_at: datetime | None = None
    senders: tuple[str, ...] | None = None
    caps: tuple[Cap, ...] | None = None
    leaves_out: frozenset[str] | None = None
    clears: frozenset[Clear] = frozenset()

    @property
    def changes(self) -> dict[str, object]:
        """What a campaign is given by it. Raises BadInput for nothing."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "clears"}
        given = {name: value for name, value in values.items() if value is not None}
        given |= {str(name): None for name in self.clears}
        if not given:
            raise BadInput("there is nothing to change: give a name, a text, an audience, an end or a sender")
        return given
