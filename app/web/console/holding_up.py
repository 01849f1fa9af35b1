"""Why a campaign does not go on, or goes no faster: every reason that is true now, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.domain.campaign import CampaignStatus
from app.domain.waiting import SHOWN, Waiting, waits, who_is_capped
from app.services.campaign_ports import Speed
from app.services.manage_campaigns import Progress
from app.web.sentences import spoken


@dataclass(frozen=True, slots=True)
class HoldUp:
    """One of them; `at`: the moment that its words end on."""

    words: str
    at: datetime | None = None


def hold_ups(progress: Progress) -> list[HoldUp]:
    """What holds it up; none when nothing does. Why somebody halted it stands with its status."""
    found = [HoldUp(spoken(progress.waits))] if progress.waits else []
    status, left = progress.campaign.status, progress.left
    if status is CampaignStatus.SCHEDULED:
        found.append(HoldUp(_("It begins at"), progress.campaign.scheduled_at))
    elif status is CampaignStatus.RUNNING and left.todo:
        found += _put_off(progress)
        found += [_slow(sender, speed) for sender, speed in progress.speeds.items() if speed.limits]
    elif status is CampaignStatus.RUNNING and left.unknown:
        asked = _(
            "Texts that may have gone out or not: %(num)s. The provider is asked.", num=_figure(left.unknown)
        )
        found.append(HoldUp(asked))
    return found


def _put_off(progress: Progress) -> Iterator[HoldUp]:
    """Who comes up later, and when."""
    quiet = waits(progress.counts, progress.at)
    yield from (HoldUp(_quiet(each)) for each in quiet[:SHOWN])
    if longer := sum(each.people for each in quiet[SHOWN:]):
        yield HoldUp(_("Waiting longer: %(num)s.", num=_figure(longer)))
    if most := who_is_capped(progress.counts, progress.at):
        people, first = most
        said = _("Have had the most texts for now: %(num)s. They come up from", num=_figure(people))
        yield HoldUp(said, first)
    due = progress.next_due
    if not quiet and not most and due and due > progress.at:
        said = _("Tried again later: %(num)s. They come up from", num=_figure(progress.left.todo))
        yield HoldUp(said, due)


def _quiet(each: Waiting) -> str:
    num, hour = _figure(each.people), each.hour
    if each.theirs:
        said = _(
            "Waiting for their quiet hours to end, at %(hour)s where they are: %(num)s.", hour=hour, num=num
        )
    else:
        said = _("Waiting for their quiet hours to end, at %(hour)s UTC: %(num)s.", hour=hour, num=num)
    return str(said)


def _slow(sender: str, speed: Speed) -> HoldUp:
    full, now = _figure(speed.full), _figure(speed.now)
    if speed.slowed_until is None:
        said = _("%(sender)s sends at most %(full)s segments a second.", sender=sender, full=full)
        return HoldUp(said)
    slower = _(
        "The provider asked to slow down: %(sender)s sends %(now)s of %(full)s segments a second, and all of it from",
        sender=sender,
        now=now,
        full=full,
    )
    return HoldUp(slower, speed.slowed_until)


def _figure(number: float) -> str:
    return str(format_decimal(number))
