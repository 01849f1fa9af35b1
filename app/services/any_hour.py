"""The hours of a campaign where none are kept: in tests against a sandbox."""

from datetime import datetime

from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.services.text_ports import MaySend


def any_hour(number: Number, person: Profile, now: datetime) -> MaySend | WaitUntil | NeverOpen:  # noqa: ARG001 - the port's
    """The port Window, always open."""
    return MaySend()
