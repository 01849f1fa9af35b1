"""One rule: the hours of each day of the week, the holidays on which it is closed, and how often one may text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.quiet_hours.holidays import CALENDARS, holidays

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? ([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
# Nobody is texted in the night, whatever a file says; nor does a clock anywhere change between these.
EARLIEST, LATEST = time(6), time(23)


@dataclass(frozen=True, slots=True)
class Opening:
    """The part of a day in which one may text: from `start` on, and no longer from `end` on."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule by its name. `week`: Monday first; `cap`: texts in 24 hours, None for no limit of its own."""

    name: str
    week: tuple[Opening | None, ...]
    closed_on: tuple[str, ...] = ()
    cap: int | None = None

    def opening(self, day: date) -> Opening | None:
        """The hours of one day; None when it is closed."""
        if any(day in holidays(calendar, day.year) for calendar in self.closed_on):
            return None
        return self.week[day.weekday()]


def rule_from(name: str, hours: Iterable[str], closed_on: Iterable[str] = (), cap: int | None = None) -> Rule:
    """A rule as the files have it. Raises Misconfigured with what is wrong and what was expected."""
    week: list[Opening | None] = [None] * len(DAYS)
    for line in hours:
        for day, opening in _days(name, line):
            week[day] = opening
    if not any(week):
        raise Misconfigured(f'{name}: hours has no open day; write them as in "mon-sat 9:00-20:00"')
    calendars = tuple(closed_on)
    if unknown := [calendar for calendar in calendars if calendar not in CALENDARS]:
        raise Misconfigured(f"{name}: there is no calendar {unknown[0]!r}; there are {', '.join(CALENDARS)}")
    if cap is not None and cap < 1:
        raise Misconfigured(f"{name}: cap must be 1 or more")
    return Rule(name, tuple(week), calendars, cap)


def _days(name: str, line: str) -> list[tuple[int, Opening]]:
    found = _HOURS.fullmatch(line)
    if not found or found[1] not in DAYS or (found[2] or found[1]) not in DAYS:
        raise Misconfigured(f'{name}: {line!r} is not written as in "mon-sat 9:00-20:00"')
    try:
        opening = Opening(time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6])))
    except ValueError:
        raise Misconfigured(f"{name}: {line!r} has a time that no clock shows") from None
    if not EARLIEST <= opening.start < opening.end <= LATEST:
        raise Misconfigured(f"{name}: {line!r} must lie between {EARLIEST:%H:%M} and {LATEST:%H:%M}")
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    return [(day % 7, opening) for day in range(first, last + 1 if last >= first else last + 8)]
