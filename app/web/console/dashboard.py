"""How it goes: subscribers, joins and opt-outs of a month, replies, and whether the promises can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, render_template

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.sentence import Sentence
from app.domain.staff import Right
from app.provider.errors import CONFIGURATION, meaning
from app.services.care_ports import Moves
from app.services.list_subscribers import Wanted
from app.web.console.guard import needs
from app.web.console.health_words import consequences

DAYS: Final = 30
WIDTH, HEIGHT, GAP = 720, 200, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart: joins upwards from the line, opt-outs downwards."""

    day: date
    moves: Moves
    x: float
    width: float
    up: float
    down: float


def bars(moves: dict[date, Moves]) -> list[Bar]:
    """The chart's bars, the highest as high as half of it."""
    most = max([1, *(max(each.joined, each.left) for each in moves.values())])
    step = WIDTH / len(moves)
    half = HEIGHT / 2
    return [
        Bar(day, each, place * step + GAP / 2, step - GAP, each.joined / most * half, each.left / most * half)
        for place, (day, each) in enumerate(moves.items())
    ]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the provider named by an error code, how often."""

    code: int
    times: int
    meaning: Sentence
    ours: bool


def complaints(counts: Mapping[int, int]) -> list[Complaint]:
    """Those that somebody has to mend first, then the most frequent."""
    found = [Complaint(code, times, meaning(code), code in CONFIGURATION) for code, times in counts.items()]
    return sorted(found, key=lambda each: (not each.ours, -each.times, each.code))


def dashboard_pages(pages: Blueprint, gateway: Gateway) -> None:
    """Add the route."""

    @pages.get("/dashboard")
    @needs(Right.SEE)
    def dashboard() -> str:
        today = now().date()
        days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
        moves = dict(gateway.staff.movements.on(days))
        subscribers = gateway.list_subscribers.count(Wanted())
        joined, left = sum(day.joined for day in moves.values()), sum(day.left for day in moves.values())
        oldest = gateway.outbox.oldest_owed()
        return render_template(
            "console/dashboard.html",
            subscribers=subscribers,
            joined=joined,
            left=left,
            # Of everybody who was subscribed at any time in these days: those who are, and those who left.
            rate=left / (subscribers + left) if subscribers + left else 0,
            bars=bars(moves),
            most=max([1, *(max(day.joined, day.left) for day in moves.values())]),
            size=(WIDTH, HEIGHT),
            waiting=len(gateway.subscriber_care.consents.held()),
            age=max(0, int((now() - oldest).total_seconds())) if oldest else None,
            replies=gateway.outbox.counts(),
            errors=complaints(gateway.staff.errors.on(days)),
            health=consequences(gateway.readiness()),
        )
