"""The hours of a campaign where none are kept."""

from datetime import datetime

from app.domain.number import Number
from app.domain.profile import Profile
from app.services.campaign_ports import MaySend, WaitUntil


def any_hour(number: Number, person: Profile, now: datetime) -> MaySend | WaitUntil:  # noqa: ARG001 - the port's
    """The port Window, always open."""
    return MaySend()
