"""The simplest parts that a campaign can be sent with: any hour, and plain texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.campaign import Campaign
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.campaign_ports import MaySend, WaitUntil

# Every message says who sends it and how to stop (facts 23, 28).
OPT_OUT_LINES: Final[Mapping[str, str]] = {"nl": "Afmelden: STOP", "en": "Reply STOP to opt out"}
_SAYS_STOP: Final = re.compile(r"\bSTOP\b")


def any_hour(number: Number, person: Profile, now: datetime) -> MaySend | WaitUntil:  # noqa: ARG001 - the port's
    """The port Window where no hours are kept."""
    return MaySend()


@dataclass(frozen=True, slots=True)
class PlainText:
    """The port Render: the brand, the text as it stands, and how to opt out."""

    brand: str
    default: Language

    def __call__(self, campaign: Campaign, language: Language, person: Profile) -> str:  # noqa: ARG002 - the port's
        spoken, text = campaign.text_in(language, self.default)
        named = text if self.brand.casefold() in text.casefold() else f"{self.brand}: {text}"
        if _SAYS_STOP.search(text):
            return named
        return f"{named}\n{OPT_OUT_LINES.get(spoken, OPT_OUT_LINES['en'])}"
