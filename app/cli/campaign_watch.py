"""`stopwoord campaign watch`: a live bar, or one line of JSON a second."""

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import click
import rich_click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column

from app.boundary import OK
from app.cli.campaign_drafts import numbers
from app.cli.campaign_why import reasons
from app.cli.gateway import open_gateway
from app.cli.output import examples, json_option, safe, say, talk
from app.domain.campaign import Campaign, CampaignStatus
from app.services.manage_campaigns import Progress

WATCH: Final = "stopwoord campaign watch spring22"
LOOK_EVERY: Final = 0.5
# The rate is that of the last seconds.
RATE_SECONDS: Final = 5.0
OVER: Final = frozenset({CampaignStatus.FINISHED, CampaignStatus.CANCELLED})


@dataclass(slots=True)
class Pace:
    """How many a second, by what was done in the last seconds."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def of(self, done: int, now: float) -> float:
        self._seen.append((now, done))
        while now - self._seen[0][0] > RATE_SECONDS:
            self._seen.popleft()
        began, before = self._seen[0]
        return (done - before) / (now - began) if now > began else 0.0


@rich_click.command("watch", epilog=examples(WATCH, f"{WATCH} --json"))
@rich_click.argument("campaign")
@json_option
def watch(campaign: str, as_json: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Watch CAMPAIGN until it is over. Ctrl-C only leaves the watching; --json prints a line a second."""
    manage = open_gateway().campaigns.manage
    seen = manage.progress(campaign)

    def look() -> Progress:
        nonlocal seen
        seen = manage.progress(campaign)
        return seen

    try:
        if as_json:
            _lines(look)
        else:
            _bar(look)
    except KeyboardInterrupt:
        say(left_alone(seen.campaign))
    return OK


def left_alone(campaign: Campaign) -> str:
    """What becomes of it when nobody watches any more."""
    match campaign.status:
        case CampaignStatus.PAUSED:
            return f"The campaign stays paused. `stopwoord campaign resume {campaign.id}` lets it go on."
        case CampaignStatus.SCHEDULED:
            return (
                f"The campaign stays scheduled. `stopwoord campaign pause {campaign.id}` takes it off again."
            )
        case CampaignStatus.FREEZING | CampaignStatus.RUNNING:
            return f"The campaign goes on. `stopwoord campaign pause {campaign.id}` stops it."
        case CampaignStatus.DRAFT | CampaignStatus.FINISHED | CampaignStatus.CANCELLED:
            return f"The campaign is {campaign.status}. What was on its way still gets its outcome."


def _over(progress: Progress) -> bool:
    status = progress.campaign.status
    return status is CampaignStatus.DRAFT or (status in OVER and not progress.left.any)


def _done(progress: Progress) -> int:
    return sum(progress.counts.get(name, 0) for name in ("sent", "skipped", "failed"))


def _lines(look: Callable[[], Progress]) -> None:
    pace = Pace()
    while True:
        progress = look()
        rate = pace.of(_done(progress), time.monotonic())
        snapshot = {"status": progress.campaign.status, **numbers(progress)}
        snapshot |= {
            "rate": round(rate, 1),
            "seconds_left": _seconds_left(progress, rate),
            "why": "; ".join(reasons(progress)),
        }
        click.echo(json.dumps(snapshot))
        if _over(progress):
            return
        time.sleep(1)


def _seconds_left(progress: Progress, rate: float) -> int | None:
    return round(progress.left.todo / rate) if rate else None


def _bar(look: Callable[[], Progress]) -> None:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        # A long reason goes on in the next line; what is told first is whole in any terminal.
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TextColumn("{task.fields[said]}", markup=False, table_column=Column()),
    )
    pace = Pace()
    with Bar(*columns, console=talk()) as bar:
        task = bar.add_task("", total=None, said="")
        while True:
            progress = look()
            done, counts = _done(progress), progress.counts
            rate = pace.of(done, time.monotonic())
            left = _seconds_left(progress, rate)
            said = f"{rate:.0f}/s" + (f", {left // 60}:{left % 60:02d} left" if left is not None else "")
            said += "".join(
                f", {counts[name]:,} {name}"
                for name in ("skipped", "failed", "undelivered")
                if counts.get(name)
            )
            why = "; ".join(reasons(progress))
            bar.update(
                task,
                total=counts.get("frozen") or None,
                completed=done,
                description=safe(f"{progress.campaign.name}: {progress.campaign.status}"),
                said=safe(f"{said}; {why}" if why else said),
            )
            if _over(progress):
                return
            time.sleep(LOOK_EVERY)
