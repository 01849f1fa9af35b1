"""The port Window by the law and the program: when a person may be texted, for how long, and how often."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.campaign import Cap
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import Caps, NeverOpen, QuietHours, WaitUntil, Whereabouts, seconds_left
from app.domain.quiet_hours.caps import DAY
from app.services.text_ports import MaySend


@dataclass(frozen=True, slots=True)
class CampaignHours:
    """Quiet hours where each person is, as far as that is known."""

    hours: QuietHours

    def __call__(self, number: Number, person: Profile, now: datetime) -> MaySend | WaitUntil | NeverOpen:
        known = whereabouts(person)
        window = self.hours.window_for(number, now, known)
        if isinstance(window, WaitUntil | NeverOpen):
            return window
        seconds = seconds_left(window, now)
        if seconds is not None:
            return MaySend(seconds, caps_of(self.hours.caps_for(number, known)))
        # It closes before any text could arrive.
        after = self.hours.window_for(number, window.until, known)
        zone = person.zone or ""
        return after if isinstance(after, WaitUntil | NeverOpen) else WaitUntil(window.until, zone, "")


def whereabouts(person: Profile) -> Whereabouts:
    """What is stored of where somebody is."""
    return Whereabouts(person.zone, person.postcode or None, person.state or None)


def caps_of(caps: Caps) -> tuple[Cap, ...]:
    """The same limits, as a claim takes them."""
    found = [Cap(caps.per_24_hours, DAY)] if caps.per_24_hours is not None else []
    return (*found, Cap(1, caps.between)) if caps.between > timedelta(0) else tuple(found)
