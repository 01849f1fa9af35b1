"""Who waits for their quiet hours or for their caps to end, as it is counted while a campaign runs, and in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.quiet_hours import WaitUntil

_COUNTED: Final = "hours"
_CAPPED: Final = "capped"
# "waited": how often somebody was put off, for either reason.
_WAITING: Final = frozenset({_COUNTED, _CAPPED, "waited"})
QUARTER: Final = 900
SHOWN: Final = 3


def waiting(hours: WaitUntil) -> str:
    """The name under which somebody is counted who waits for that moment: it begins with "hours:"."""
    return f"{_COUNTED}:{int(hours.when.timestamp())}:{hours.zone}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many people who wait for the same hour: `theirs`, where they are, or in UTC."""

    people: int
    hour: str
    theirs: bool


def waits(counts: Mapping[str, int], now: datetime) -> list[Waiting]:
    """Whom a campaign's counts say to wait for their quiet hours to end, the first ones first."""
    by_time: Counter[tuple[datetime, str, bool]] = Counter()
    for name, people in counts.items():
        kind, _, rest = name.partition(":")
        moment, _, zone = rest.partition(":")
        if kind != _COUNTED or not people or int(moment) <= now.timestamp():
            continue
        when = datetime.fromtimestamp(int(moment), UTC)
        local = when.astimezone(ZoneInfo(zone)) if zone else when
        by_time[when, f"{local:%H:%M}", bool(zone)] += people
    sums: dict[tuple[str, bool], int] = {}
    for (_, hour, theirs), people in sorted(by_time.items()):
        sums[hour, theirs] = sums.get((hour, theirs), 0) + people
    return [Waiting(people, hour, theirs) for (hour, theirs), people in sums.items()]


def who_waits(counts: Mapping[str, int], now: datetime) -> str:
    """The same in words; "" for nobody."""
    found = waits(counts, now)
    first = [
        f"{each.people:,} wait for {each.hour} {'in their zone' if each.theirs else 'UTC'}"
        for each in found[:SHOWN]
    ]
    others = sum(each.people for each in found[SHOWN:])
    return ", ".join([*first, *([f"{others:,} longer"] if others else [])])


def outcomes(counts: Mapping[str, int]) -> dict[str, int]:
    """What the counts say of people who were meant to get it, without who waits and who had to."""
    return {name: people for name, people in counts.items() if name.partition(":")[0] not in _WAITING}


def capped(free: datetime) -> str:
    """The name under which somebody is counted who may be texted again from then on. campaign_claim.lua has it too."""
    return f"{_CAPPED}:{int(free.timestamp()) // QUARTER * QUARTER}"


def who_is_capped(counts: Mapping[str, int], now: datetime) -> tuple[int, datetime] | None:
    """How many have had the most texts for now, and from when on they come up; None for nobody.

    They are counted by the quarter of an hour: in their last minutes they are not seen any more.
    """
    found = {
        int(moment): people
        for name, people in counts.items()
        for kind, _, moment in [name.partition(":")]
        if kind == _CAPPED and people and int(moment) > now.timestamp()
    }
    return (sum(found.values()), datetime.fromtimestamp(min(found), UTC)) if found else None
