"""`stopwoord campaign watch`: a live bar, or one line of JSON a second."""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping
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
from app.domain.errors import StoreUnavailable
from app.services.manage_campaigns import Progress

WATCH: Final = "stopwoord campaign watch spring22"
LOOK_EVERY: Final = 0.5
# The rate is that of the last seconds.
RATE_SECONDS: Final = 5.0
# A store that is started again, or reads its data back, is there within this time; Ctrl-C need not wait for it.
LONGEST_SILENCE: Final = 30.0
SILENT: Final = "the store does not answer"
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


@dataclass(slots=True)
class Look:
    """One look after the other. A silence of the store is sat out, with what was seen last."""

    ask: Callable[[], Progress]
    seen: Progress
    now: Callable[[], float] = time.monotonic
    silent: bool = False
    _answered: float = field(init=False)

    def __post_init__(self) -> None:
        self._answered = self.now()

    def __call__(self) -> Progress:
        """How far it is, or was when the store last answered. Raises StoreUnavailable after LONGEST_SILENCE."""
        try:
            self.seen = self.ask()
        except StoreUnavailable:
            if self.now() - self._answered >= LONGEST_SILENCE:
                raise
            self.silent = True
        else:
            self.silent, self._answered = False, self.now()
        return self.seen

    @property
    def why(self) -> str:
        """Why it does not go on, as far as is known."""
        return SILENT if self.silent else "; ".join(reasons(self.seen))


@rich_click.command("watch", epilog=examples(WATCH, f"{WATCH} --json"))
@rich_click.argument("campaign")
@json_option
def watch(campaign: str, as_json: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Watch CAMPAIGN until it is over. Ctrl-C only leaves the watching; --json prints a line a second.

    When the store does not answer it says so, and gives up after 30 seconds.
    """
    manage = open_gateway().campaigns.manage
    look = Look(lambda: manage.progress(campaign), manage.progress(campaign))
    try:
        if as_json:
            _lines(look)
        else:
            show_bar(look)
    except KeyboardInterrupt:
        say(left_alone(look.seen.campaign))
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


def _lines(look: Look) -> None:
    pace = Pace()
    while True:
        progress = look()
        rate = pace.of(_done(progress), time.monotonic())
        snapshot = {"status": progress.campaign.status, **numbers(progress)}
        snapshot |= {
            "rate": round(rate, 1),
            "seconds_left": _seconds_left(progress, rate),
            "why": look.why,
        }
        click.echo(json.dumps(snapshot))
        if _over(progress):
            return
        time.sleep(1)


def _seconds_left(progress: Progress, rate: float) -> int | None:
    return round(progress.left.todo / rate) if rate and not _grows(progress) else None


def _grows(progress: Progress) -> bool:
    """Whether nobody knows yet how many there will be."""
    return progress.campaign.status is CampaignStatus.FREEZING or not progress.counts.get("frozen")


def show_bar(look: Look) -> None:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        # A long reason goes on in the next line; what is told first is whole in any terminal.
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TextColumn("{task.fields[said]}", markup=False, table_column=Column()),
    )
    pace, was_silent = Pace(), False
    with Bar(*columns, console=talk()) as bar:
        task = bar.add_task("", total=None, said="")
        while True:
            progress = look()
            if look.silent is not was_silent:
                # Where there is no terminal, no bar is drawn.
                bar.console.print(_of_silence(silent=look.silent))
                was_silent = look.silent
            done, counts = _done(progress), progress.counts
            rate = pace.of(done, time.monotonic())
            said, why = _pace_and_losses(rate, _seconds_left(progress, rate), counts), look.why
            bar.update(
                task,
                total=None if _grows(progress) else counts.get("frozen"),
                completed=done,
                description=safe(f"{progress.campaign.name}: {progress.campaign.status}"),
                said=safe(f"{said}; {why}" if why else said),
            )
            if _over(progress):
                return
            time.sleep(LOOK_EVERY)


def _pace_and_losses(rate: float, left: int | None, counts: Mapping[str, int]) -> str:
    said = f"{rate:.0f}/s" + (f", {left // 60}:{left % 60:02d} left" if left is not None else "")
    losses = (name for name in ("skipped", "failed", "undelivered") if counts.get(name))
    return said + "".join(f", {counts[name]:,} {name}" for name in losses)


def _of_silence(*, silent: bool) -> str:
    if silent:
        return f"The store does not answer. It is watched for {LONGEST_SILENCE:.0f} seconds more."
    return "The store answers again."
