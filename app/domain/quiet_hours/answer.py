"""Whether one may text now, until when, or else from when on: at every place where the person may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.quiet_hours.rule import Rule

# Longer than any Sunday beside holidays; where nothing opens within it, nothing ever does.
_HORIZON: Final = timedelta(days=15)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Allowed:
    """One may text now, and until `until` (UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """One may text from `when` (UTC) on. `zone` and `rule`: what kept it closed the longest."""

    when: datetime
    zone: str
    rule: str


@dataclass(frozen=True, slots=True)
class NeverOpen:
    """There is no moment that all zones and rules allow: too little is known of where the person is."""

    rule: str


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a person may be: all zones and all rules, each of which must be open. One object for each such place."""

    zones: tuple[ZoneInfo, ...]
    rules: tuple[Rule, ...]


def answer(place: Place, when: datetime) -> Allowed | WaitUntil | NeverOpen:
    """The answer for `when` (aware). Everything opens and closes on the minute, so one answer serves for it."""
    return _at(place, int(when.timestamp()) // _MINUTE)


@lru_cache(maxsize=1 << 16)
def _at(place: Place, minute: int) -> Allowed | WaitUntil | NeverOpen:
    asked = _EPOCH + timedelta(minutes=minute)
    moment, waiting = asked, None
    while closed := next(_closed(place, moment), None):
        moment, waiting = closed
        if moment - asked > _HORIZON:
            return NeverOpen(waiting[1].name)
    if not place.zones:
        return NeverOpen(place.rules[0].name)
    if waiting is not None:
        zone, rule = waiting
        return WaitUntil(moment, zone.key, rule.name)
    return Allowed(min(_closes(zone, rule, moment) for zone in place.zones for rule in place.rules))


def _closed(place: Place, moment: datetime) -> Iterator[tuple[datetime, tuple[ZoneInfo, Rule]]]:
    """Each zone and rule that does not allow `moment`, with when it opens again."""
    for zone in place.zones:
        for rule in place.rules:
            opens = _opens(zone, rule, moment)
            if opens > moment:
                yield opens, (zone, rule)


def _opens(zone: ZoneInfo, rule: Rule, moment: datetime) -> datetime:
    """`moment` itself when it is open, else the next opening."""
    today = moment.astimezone(zone).date()
    for days in range(_HORIZON.days + 1):
        day = today + timedelta(days=days)
        if opening := rule.opening(day):
            start = datetime.combine(day, opening.start, zone).astimezone(UTC)
            end = datetime.combine(day, opening.end, zone).astimezone(UTC)
            if moment < end:
                return max(moment, start)
    return moment + 2 * _HORIZON


def _closes(zone: ZoneInfo, rule: Rule, moment: datetime) -> datetime:
    """When an open place closes."""
    day = moment.astimezone(zone).date()
    opening = rule.opening(day)
    return datetime.combine(day, opening.end, zone).astimezone(UTC) if opening else moment
