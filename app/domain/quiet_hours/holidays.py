"""Public holidays, computed: of the US federation, France and the Netherlands."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@lru_cache(maxsize=256)
def holidays(calendar: str, year: int) -> frozenset[date]:
    """All holidays of `calendar` (one of CALENDARS) in `year`."""
    return CALENDARS[calendar](year)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    correction = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; the last one for n = -1."""
    if n < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _federal(year: int) -> frozenset[date]:
    """5 U.S.C. 6103. A fixed day at the weekend is kept on the Friday before or the Monday after as well: both."""
    fixed = [
        date(year, 1, 1),
        date(year, 6, 19),
        date(year, 7, 4),
        date(year, 11, 11),
        date(year, 12, 25),
        date(year + 1, 1, 1),
    ]
    kept = [_kept_on(day) for day in fixed]
    moving = [
        _nth(year, 1, MONDAY, 3),
        _nth(year, 2, MONDAY, 3),
        _nth(year, 5, MONDAY, -1),
        _nth(year, 9, MONDAY, 1),
        _nth(year, 10, MONDAY, 2),
        _nth(year, 11, THURSDAY, 4),
    ]
    return frozenset(day for day in (*fixed, *kept, *moving) if day.year == year)


def _kept_on(day: date) -> date:
    shift = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)


def _french(year: int) -> frozenset[date]:
    """Code du travail, L3133-1."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset({date(year, *day) for day in fixed} | _after_easter(year, 1, 39, 50))


def _dutch(year: int) -> frozenset[date]:
    """Algemene termijnenwet, article 3, with Liberation Day every year; the King's day is a day earlier on a Sunday."""
    king = date(year, 4, 27)
    king -= timedelta(days=king.weekday() == SUNDAY)
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    return frozenset({date(year, *day) for day in fixed} | {king} | _after_easter(year, -2, 0, 1, 39, 49, 50))


def _after_easter(year: int, *days: int) -> set[date]:
    return {easter(year) + timedelta(days=each) for each in days}


CALENDARS: Final[Mapping[str, Callable[[int], frozenset[date]]]] = {
    "fr": _french,
    "nl": _dutch,
    "us": _federal,
}
