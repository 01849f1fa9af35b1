"""When and how often one person may be texted: the rules that hold where the number is, put to a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.number import Number
from app.domain.quiet_hours.answer import Allowed, NeverOpen, Place, WaitUntil, answer
from app.domain.quiet_hours.caps import Caps
from app.domain.quiet_hours.places import State, States, Whereabouts, zones_of
from app.domain.quiet_hours.rule import Rule
from app.domain.region import in_north_america, region_of

# What the provider takes as ValidityPeriod: more than five seconds, ten hours at most (Twilio's REST reference).
SHORTEST_VALIDITY, LONGEST_VALIDITY = 6, 36_000
_NOTHING_KNOWN: Final = Whereabouts()


@dataclass(frozen=True, slots=True, eq=False)
class QuietHours:
    """All rules. `program`: the program's own hours, which hold everywhere beside those of the law.

    `default`, `unknown`, `federal` and `of_the_us` name rules; `unknown_zones`: where a +1 number of no place may be.
    """

    rules: Mapping[str, Rule]
    program: Rule | None
    caps: Caps
    default: str
    unknown: str
    federal: str
    of_the_us: str
    us_regions: frozenset[str]
    us_zones: frozenset[str]
    unknown_zones: tuple[str, ...]
    countries: Mapping[str, str]
    states: States

    def window_for(
        self, number: Number, when: datetime, known: Whereabouts = _NOTHING_KNOWN
    ) -> Allowed | WaitUntil | NeverOpen:
        """Whether a campaign may text `number` at `when` (aware): every place where it may be must be open."""
        return answer(self._place(number, known), when)

    def caps_for(self, number: Number, known: Whereabouts = _NOTHING_KNOWN) -> Caps:
        """How often a campaign may text `number`: the program's caps and those of the law, the strictest of each."""
        caps = self.caps
        for rule in self._place(number, known).rules:
            caps = caps.with_cap(rule.cap)
        return caps

    def _place(self, number: Number, known: Whereabouts) -> Place:
        stored, by_number = self.states.stored(number, known), zones_of(number)
        state = stored or self.states.given_out(number)
        if known.zone and _exists(known.zone):
            zones: tuple[str, ...] = (known.zone,)
        elif stored:
            zones = stored.zones
        elif state:
            zones = (*state.zones, *by_number)
        elif by_number:
            zones = by_number
        else:
            zones = self.unknown_zones if in_north_america(number) else ()
            return _put_together(self, zones, (self.unknown,))
        return _put_together(self, zones, self._names(number, state, zones))

    def _names(self, number: Number, state: State | None, zones: tuple[str, ...]) -> tuple[str, ...]:
        """The rules that hold for a number, by name."""
        if state:
            return self.federal, state.rule
        region = region_of(number)
        if region in self.us_regions:
            return (self.of_the_us,)
        of_the_country = self.countries.get(region, self.default)
        return (of_the_country, self.of_the_us) if zones[0] in self.us_zones else (of_the_country,)


def seconds_left(window: Allowed, when: datetime) -> int | None:
    """How long the provider may keep a text that is handed over at `when`, so that it cannot drift into the night.

    None when the window closes too soon for any text: wait for the next one.
    """
    left = int((window.until - when).total_seconds())
    return None if left < SHORTEST_VALIDITY else min(left, LONGEST_VALIDITY)


@lru_cache(maxsize=1 << 12)
def _put_together(hours: QuietHours, zones: tuple[str, ...], names: tuple[str, ...]) -> Place:
    rules = tuple(hours.rules[name] for name in dict.fromkeys(names))
    own = (hours.program,) if hours.program else ()
    return Place(tuple(map(ZoneInfo, dict.fromkeys(zones))), (*rules, *own))


@lru_cache(maxsize=1 << 10)
def _exists(zone: str) -> bool:
    """Whether what was stored is a time zone at all; if not, it is as if nothing were stored."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
