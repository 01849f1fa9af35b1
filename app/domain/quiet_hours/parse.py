"""From the package's table of rules, and the program's own hours, to QuietHours."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from app.domain.errors import Misconfigured
from app.domain.quiet_hours.caps import Caps
from app.domain.quiet_hours.hours import QuietHours
from app.domain.quiet_hours.places import State, States
from app.domain.quiet_hours.rule import Rule, rule_from

Document = Mapping[str, Any]
"""The table as tomllib reads it. It comes with the package, so only its rules are checked with sentences."""

NO_HOURS: Final[Mapping[str, object]] = {}
PROGRAM: Final = "quiet_hours"
_DEFAULT: Final = "default"
_OWN: Final = ("hours", "closed_on", "cap", "minutes_between")


def quiet_hours_from(document: Document, own: Mapping[str, object] = NO_HOURS) -> QuietHours:
    """All rules, and the program's `own`: hours, closed_on, cap (in 24 hours) and minutes_between, each optional.

    Own hours take the place of the default, which is nobody's law, and hold beside every law.
    Raises Misconfigured with what is wrong in `own`.
    """
    rules = {name: _rule(name, table) for name, table in document["rules"].items()}
    program, caps = _own(own)
    if program:
        rules[_DEFAULT] = program
    us, unknown = document["us"], document["unknown"]
    states = _states(us["states"])
    return QuietHours(
        rules=rules,
        program=program,
        caps=caps,
        default=_DEFAULT,
        unknown=unknown["rule"],
        federal=us["federal"],
        of_the_us=us["rule"],
        us_regions=frozenset(us["regions"]),
        us_zones=frozenset(zone for state in states.by_code.values() for zone in state.zones),
        unknown_zones=tuple(unknown["zones"]),
        countries=document["countries"],
        states=states,
    )


def _rule(name: str, table: Mapping[str, Any]) -> Rule:
    return rule_from(name, table["hours"], table.get("closed_on", ()), table.get("cap"))


def _own(own: Mapping[str, object]) -> tuple[Rule | None, Caps]:
    if unknown := sorted(own.keys() - set(_OWN)):
        raise Misconfigured(f"{PROGRAM}: there is no {unknown[0]!r}; there are {', '.join(_OWN)}")
    minutes, cap = _whole(own, "minutes_between"), _whole(own, "cap")
    caps = Caps(cap, timedelta(minutes=minutes or 0))
    lists = {name: _lines(own, name) for name in ("hours", "closed_on")}
    if lists["closed_on"] and not lists["hours"]:
        raise Misconfigured(f'{PROGRAM}: closed_on needs hours beside it, such as ["mon-sun 8:00-21:00"]')
    program = rule_from(PROGRAM, lists["hours"], lists["closed_on"]) if lists["hours"] else None
    return program, caps


def _whole(own: Mapping[str, object], name: str) -> int | None:
    value = own.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Misconfigured(f"{PROGRAM}: {name} must be a whole number from 1")
    return value


def _lines(own: Mapping[str, object], name: str) -> list[str]:
    value = own.get(name, [])
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise Misconfigured(f"{PROGRAM}: {name} must be a list of texts")
    return value


def _states(table: Mapping[str, Mapping[str, Any]]) -> States:
    return States(
        by_code={code: State(row["rule"], tuple(row["zones"])) for code, row in table.items()},
        by_area_code={area: code for code, row in table.items() for area in row["area_codes"].split()},
        by_zip={zip_: code for code, row in table.items() for zip_ in _zips(row["zip"])},
    )


def _zips(ranges: str) -> Iterator[str]:
    for written in ranges.split():
        first, _, last = written.partition("-")
        for prefix in range(int(first), int(last or first) + 1):
            yield f"{prefix:03d}"
