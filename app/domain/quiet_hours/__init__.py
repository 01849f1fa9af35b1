"""When a campaign may text somebody: the hours of the law and of the program, where the person is."""

from app.domain.quiet_hours.answer import Allowed, NeverOpen, WaitUntil
from app.domain.quiet_hours.caps import Caps
from app.domain.quiet_hours.hours import QuietHours, seconds_left
from app.domain.quiet_hours.parse import quiet_hours_from
from app.domain.quiet_hours.places import (
    ZIP,
    States,
    Whereabouts,
    beginning_of,
    number_beginning,
    particulars_that_decide,
)

__all__ = [
    "ZIP",
    "Allowed",
    "Caps",
    "NeverOpen",
    "QuietHours",
    "States",
    "WaitUntil",
    "Whereabouts",
    "beginning_of",
    "number_beginning",
    "particulars_that_decide",
    "quiet_hours_from",
    "seconds_left",
]
