"""The shipped rules, and moments as they stand on a clock somewhere."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.number import Number
from app.domain.quiet_hours import Allowed, NeverOpen, QuietHours, WaitUntil, Whereabouts, quiet_hours_from
from app.rule_files import quiet_hours_document

HOURS: Final = quiet_hours_from(quiet_hours_document())
DUTCH: Final = Number("+31612345678")
NOTHING: Final = Whereabouts()


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def with_own(own: Mapping[str, object]) -> QuietHours:
    return quiet_hours_from(quiet_hours_document(), own)


def told(window: Allowed | WaitUntil | NeverOpen, zone: str = "UTC") -> str:
    """The window in one line: until when one may text, or from when on."""
    match window:
        case Allowed(until):
            return f"until {until.astimezone(ZoneInfo(zone)):%a %d %H:%M}"
        case WaitUntil(when):
            return f"from {when.astimezone(ZoneInfo(zone)):%a %d %H:%M}"
        case NeverOpen():
            return "never"


def window(number: str, moment: datetime, known: Whereabouts = NOTHING, zone: str = "UTC") -> str:
    return told(HOURS.window_for(Number(number), moment.astimezone(UTC), known), zone)
