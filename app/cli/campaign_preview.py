"""`stopwoord campaign preview`: what people would read, who would get it and who not, what it costs, when it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

import rich_click
from rich.progress import Progress, TextColumn

from app.boundary import OK
from app.cli.gateway import number_of, open_gateway
from app.cli.output import (
    examples,
    json_option,
    left_out,
    safe,
    say,
    show,
    show_json,
    show_table,
    so_many,
    talk,
)
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.funnel import Loss
from app.domain.partition import place_of
from app.domain.price import Estimate
from app.domain.quiet_hours import WaitUntil
from app.domain.segments import measure, price_of_characters
from app.services.outlooks import Seen
from app.services.preview_campaign import Preview, PreviewCampaign

PREVIEW: Final = "stopwoord campaign preview spring22"
NOT_BEGUN: Final = frozenset({CampaignStatus.DRAFT, CampaignStatus.SCHEDULED})


@rich_click.command("preview", epilog=examples(PREVIEW, f"{PREVIEW} --number 06-12345678"))
@rich_click.argument("campaign")
@rich_click.option("--number", help="Only this person's text, and whether they would get it.")
@rich_click.option(
    "--sample", default=3, show_default=True, type=rich_click.IntRange(0, 100), help="How many texts."
)
@json_option
def preview(campaign: str, number: str | None, sample: int, as_json: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Show CAMPAIGN as it would be now: texts, audience, price and end. Nothing is sent.

    With --json there are funnel, cost, segments, encodings, waits, ends and samples.
    """
    gateway = open_gateway()
    look, found = gateway.campaigns.preview, gateway.campaigns.manage.change.load(campaign)
    if number:
        seen = look.of(found, number_of(gateway, number))
        if as_json:
            show_json(_plain_text(seen) | {"reason": _reason(seen)})
        else:
            _show_text(seen)
            show(_reason(seen) or "They would get it now.")
            _tell_begun(found)
        return OK
    made = walk(look, found, sample)
    if as_json:
        show_json(_plain(made))
        return OK
    _show(made, found)
    return OK


def walk(look: PreviewCampaign, campaign: Campaign, sample: int) -> Preview:
    """The preview; in a terminal it shows how many people it has looked at."""
    with looking("people") as tell:
        return look(campaign, sample, tell)


@contextmanager
def looking(what: str) -> Iterator[Callable[[int], None]]:
    """Show, in a terminal, how many were looked at; what is given is told of each page's number."""
    column, console = TextColumn(f"{{task.completed}} {what} looked at"), talk()
    with Progress(column, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda more: progress.advance(task, more)


def shortfalls(made: Preview, campaign: Campaign) -> Iterator[str]:
    """Who gets no text for want of a value, who gets it later, and who perhaps not for want of time."""
    for lack in made.lacks:
        decided = lack.hole.field in campaign.leaves_out
        yield f"{lack.sentence}: {'left out on purpose' if decided else f'it is not sent so; {lack.remedy}'}."
    if capped := made.funnel.lost.get(Loss.CAPPED, 0):
        whom = "1 more person has" if capped == 1 else f"{capped:,} more people have"
        ends = ", unless the campaign ends first" if campaign.ends_at else ""
        yield f"{whom} had the most texts for now: they get it when they may have another{ends}."
    if made.late and campaign.ends_at:
        whom = "about 1 of them comes" if made.late == 1 else f"about {made.late:,} of them come"
        yield f"At the senders' rate {whom} up only after its end at {_local(campaign.ends_at)}, and would not get it."


def _senders_line(made: Preview) -> str:
    rates = [f"{sender} ({rate:g} segments a second)" for sender, rate in made.senders.items()]
    return f"It goes out from {', '.join(rates)}."


def _show(made: Preview, campaign: Campaign) -> None:
    funnel = made.funnel
    rows = [("the audience, whatever their consent", "", funnel.total)]
    rows += [(f"- {loss}", count, left) for loss, count, left in funnel.steps() if count]  # type: ignore[misc]
    begins = f"when it begins at {_local(made.begins)}" if made.begins > made.at else "now"
    rows += [("would get it", "", funnel.reached), (f"… of them {begins}", "", funnel.now)]
    show_table(("", "people", "left"), rows)
    for line in shortfalls(made, campaign):
        show(line)
    for when, people in sorted(made.waits.items()):
        show(f"{so_many(people, 'waits', 'wait')} for their hours until {_local(when)}")
    for segments, people in sorted(made.segments.items()):
        whom = "1 person gets" if people == 1 else f"{people:,} people get"
        show(f"{whom} {segments} segment{'s' if segments > 1 else ''}")
    if len(made.encodings) > 1:
        show(", ".join(f"{people:,} in {encoding}" for encoding, people in made.encodings.items()))
    for line in price_lines(made.cost):
        show(line)
    show(_senders_line(made))
    if funnel.reached:
        show(f"The last text leaves about {_local(made.ends)}.")
    for seen in made.samples:
        _show_text(seen)
    _tell_begun(campaign)
    if unreadable := funnel.lost.get(Loss.UNREADABLE):
        say(left_out(unreadable, made.unreadable))
    say("Nothing was sent.")


def _tell_begun(campaign: Campaign) -> None:
    """Whoever has got it, and whoever gets it no more, is counted like everybody else."""
    if campaign.status not in NOT_BEGUN:
        say(
            f"It is {campaign.status}: this is what a new campaign like it would be now. "
            f"`stopwoord campaign report {campaign.id}` says what became of this one."
        )


def _local(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M %Z}"


def price_lines(cost: Estimate) -> Iterator[str]:
    """What so many segments cost, and in which countries."""
    rates = cost.rates
    whose = "an example of prices, put your own into [rates]" if rates.example else "your prices"
    segments = so_many(cost.segments, "segment", "segments")
    yield f"{segments}: about {rates.currency} {cost.total:,.2f} ({whose}, as of {rates.as_of})"
    for country in cost.countries:
        amount = "no price is known" if country.amount is None else f"{rates.currency} {country.amount:,.2f}"
        yield f"  {country.region}: {so_many(country.segments, 'segment', 'segments')}, {amount}"


def _show_text(seen: Seen) -> None:
    show(f"\n{seen.number.e164}, {seen.language}:")
    if not seen.text:
        show(f"  there is no text: {seen.why}")
        return
    for line in seen.text.split("\n"):
        show(f"  {line}")
    found = measure(seen.text)
    show(f"  {found.encoding}, {found.segments} segment{'s' if found.segments > 1 else ''}")
    if dear := price_of_characters(seen.text):
        show(f"  {dear.sentence}")
        for each in dear.culprits:
            instead = f"write {each.replacement}" if each.replacement else "leave it out"
            show(safe(f"  {each.character} ({each.times}x): {instead}"))


def _reason(seen: Seen) -> str:
    if seen.loss is Loss.CAPPED:
        return "They would get it when they may have another text: they have had the most for now"
    if loss := seen.loss:
        return f"They would not get it: {loss}" + (f" ({seen.why})" if seen.why else "")
    window = seen.candidate.window
    if isinstance(window, WaitUntil):
        return f"They would get it when their hours begin: {_local(window.when)} ({window.zone}, rule {window.rule})"
    return ""


def _plain_text(seen: Seen) -> dict[str, Any]:
    dear = price_of_characters(seen.text) if seen.text else None
    return {
        "number": seen.number.e164,
        "language": seen.language,
        "text": seen.text,
        "why": seen.why,
        "measured": measure(seen.text) if seen.text else None,
        "characters": dear.culprits if dear else [],
    }


def _plain(made: Preview) -> dict[str, Any]:
    funnel, cost = made.funnel, made.cost
    return {
        "funnel": {
            "total": funnel.total,
            **{f"- {loss}": count for loss, count, _ in funnel.steps()},
            "reached": funnel.reached,
            "now": funnel.now,
            "waiting": funnel.waiting,
        },
        "cost": plain_cost(cost),
        "segments": {str(count): people for count, people in sorted(made.segments.items())},
        "encodings": dict(made.encodings),
        "waits": {when.isoformat(): people for when, people in sorted(made.waits.items())},
        "lacks": [
            {"language": lack.language, "people": lack.people} | asdict(lack.hole) for lack in made.lacks
        ],
        "senders": dict(made.senders),
        "begins": made.begins,
        "ends": made.ends,
        "late": made.late,
        "unreadable": [place_of(number) for number in made.unreadable],
        "samples": [_plain_text(seen) for seen in made.samples],
    }


def plain_cost(cost: Estimate) -> dict[str, Any]:
    """The cost as JSON has it: amounts as the digits that they are."""
    return {
        "currency": cost.rates.currency,
        "total": str(cost.total),
        "segments": cost.segments,
        "example": cost.rates.example,
        "as_of": str(cost.rates.as_of),
        "countries": [
            {"country": each.region, "segments": each.segments, "amount": each.amount and str(each.amount)}
            for each in cost.countries
        ],
    }
