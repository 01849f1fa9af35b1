"""Why a campaign does not go on, or goes no faster: every reason that is true at the moment, and no other."""

from datetime import datetime

from app.domain.campaign import CampaignStatus
from app.domain.opt_out_line import can_receive
from app.domain.waiting import who_is_capped, who_waits
from app.services.campaign_ports import Speed
from app.services.manage_campaigns import Progress


def reasons(progress: Progress) -> list[str]:
    """The reasons, each in words; none when nothing holds it up."""
    campaign = progress.campaign
    match campaign.status:
        case CampaignStatus.PAUSED:
            by = f" by {campaign.halted_by}" if campaign.halted_by else ""
            return [f"paused{by}: {campaign.reason}"]
        case CampaignStatus.SCHEDULED if campaign.scheduled_at:
            return [f"begins at {_local(campaign.scheduled_at)}"]
        case CampaignStatus.FREEZING:
            written = progress.counts.get("frozen", 0)
            return [f"{written:,} written down so far, and more to come", *_waits(progress)]
        case CampaignStatus.RUNNING:
            return _while_it_runs(progress)
        case _:
            return _waits(progress)


def _waits(progress: Progress) -> list[str]:
    return [f"waits: {progress.waits}"] if progress.waits else []


def _while_it_runs(progress: Progress) -> list[str]:
    left = progress.left
    found = _waits(progress)
    if left.todo:
        found += _put_off(progress)
        found += [said for sender, speed in progress.speeds.items() if (said := _of(sender, speed, progress))]
    elif left.unknown:
        found.append(f"{left.unknown:,} of unknown fate: the provider is asked")
    return found


def _put_off(progress: Progress) -> list[str]:
    """Who comes up later, and when."""
    now, found = progress.at, []
    if hours := who_waits(progress.counts, now):
        found.append(hours)
    if capped := who_is_capped(progress.counts, now):
        people, first = capped
        found.append(f"{people:,} have had the most texts for now: they come up from {_local(first)} on")
    due = progress.next_due
    if not found and due and due > now:
        found.append(
            f"{progress.left.todo:,} come up from {_local(due)} on, to be tried again or capped until then"
        )
    return found


def _of(sender: str, speed: Speed, progress: Progress) -> str:
    """What one sender's rate holds up; "" for nothing."""
    whose = "the sender" if len(progress.speeds) == 1 else sender if can_receive(sender) else repr(sender)
    if speed.slowed_until:
        now, full = _rate(speed.now), _rate(speed.full)
        return (
            f"the provider asked to slow down (error 20429): {whose} sends {'nearly' if now == full else f'{now} of'} "
            f"{full} segments a second, and all of it from {speed.slowed_until.astimezone():%H:%M:%S} on"
        )
    return f"{whose}'s rate of {_rate(speed.full)} segments a second" if speed.limits else ""


def _rate(segments: float) -> str:
    return f"{segments:,.1f}".removesuffix(".0")


def _local(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M %Z}"
