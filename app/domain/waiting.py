"""Who waits for their quiet hours or for their caps to end, as it is counted while a campaign runs, and in words."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.quiet_hours import WaitUntil

_COUNTED: Final = "hours"
_CAPPED: Final = "capped"
QUARTER: Final = 900
SHOWN: Final = 3


def waiting(hours: WaitUntil) -> str:
    """The name under which somebody is counted who waits for that moment: it begins with "hours:"."""
    return f"{_COUNTED}:{int(hours.when.timestamp())}:{hours.zone}"


def who_waits(counts: Mapping[str, int], now: datetime) -> str:
    """Whom a campaign's counts say to wait now, the first ones first; "" for nobody."""
    by_time: Counter[tuple[datetime, str]] = Counter()
    for name, people in counts.items():
        kind, _, rest = name.partition(":")
        moment, _, zone = rest.partition(":")
        if kind != _COUNTED or not people or int(moment) <= now.timestamp():
            continue
        when = datetime.fromtimestamp(int(moment), UTC)
        local = when.astimezone(ZoneInfo(zone)) if zone else when
        by_time[when, f"{local:%H:%M} in their zone" if zone else f"{local:%H:%M} UTC"] += people
    sums: dict[str, int] = {}
    for (_, said), people in sorted(by_time.items()):
        sums[said] = sums.get(said, 0) + people
    first = [f"{people:,} wait for {said}" for said, people in list(sums.items())[:SHOWN]]
    others = sum(list(sums.values())[SHOWN:])
    return ", ".join([*first, *([f"{others:,} longer"] if others else [])])


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
