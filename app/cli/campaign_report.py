"""`stopwoord campaign report`: what became of everybody, in plain words with the provider's code beside them."""

import sys
from collections import Counter
from typing import Final

import rich_click

from app.boundary import OK
from app.cli.campaign_drafts import numbers, plain
from app.cli.campaign_preview import plain_cost, price_lines
from app.cli.gateway import open_gateway
from app.cli.output import examples, json_option, say, show_json, show_table
from app.cli.spreadsheet import write_csv
from app.domain.errors import BadInput
from app.domain.price import country_of, estimate
from app.domain.recipient import ARRIVED, IN_WORDS, LOST, Ending, RecipientOutcome
from app.provider.errors import MEANINGS

REPORT: Final = "stopwoord campaign report spring22"
COLUMNS: Final = ("number", "outcome", "in words", "code", "status", "segments", "message", "at (UTC)")


@rich_click.command("report", epilog=examples(REPORT, f"{REPORT} --csv"))
@rich_click.argument("campaign")
@rich_click.option(
    "--csv", "as_csv", is_flag=True, help="Print one line for each person, safe for spreadsheets."
)
@json_option
def report(campaign: str, as_csv: bool, as_json: bool) -> int:  # noqa: FBT001 - click passes them by name
    """Say what became of everybody in CAMPAIGN: how many of each outcome, or with --csv person by person."""
    if as_csv and as_json:
        raise BadInput("choose one of --csv and --json")
    gateway = open_gateway()
    manage = gateway.campaigns.manage
    progress = manage.progress(campaign)
    if as_csv:
        outcomes = manage.results.outcomes(campaign)
        write_csv(sys.stdout, COLUMNS, ((number.e164, *_row(outcome)) for number, outcome in outcomes))
        return OK
    kinds: Counter[tuple[str, int]] = Counter()
    by_country: Counter[str] = Counter()
    for number, outcome in manage.results.outcomes(campaign):
        kinds[_said(outcome), outcome.code] += 1
        by_country[country_of(number)] += outcome.segments
    cost = estimate(by_country, gateway.program.rates)
    rows = [(words, code or "", people) for (words, code), people in kinds.most_common()]
    if as_json:
        outcomes_ = [
            {"outcome": words, "code": code or None, "people": people} for words, code, people in rows
        ]
        show_json(
            plain(progress.campaign) | numbers(progress) | {"outcomes": outcomes_, "cost": plain_cost(cost)}
        )
        return OK
    show_table(("outcome", "code", "people"), rows)
    counted = numbers(progress)
    say(f"{counted['segments']:,} segments; {counted['opted_out']:,} opted out within 72 hours of it.")
    for line in price_lines(cost):
        say(line)
    if progress.left.any:
        left = progress.left
        say(
            f"No outcome yet: {left.todo:,} wait, {left.claimed:,} are being sent, {left.unknown:,} are unknown."
        )
    return OK


def _row(outcome: RecipientOutcome) -> tuple[object, ...]:
    return (
        *(outcome.ending, _said(outcome), outcome.code or "", outcome.status),
        *(outcome.segments, outcome.message, f"{outcome.at:%Y-%m-%d %H:%M:%S}"),
    )


def _said(outcome: RecipientOutcome) -> str:
    """The outcome in plain words."""
    meaning = f" ({MEANINGS[outcome.code]})" if outcome.code in MEANINGS else ""
    if outcome.ending is Ending.SENT:
        if outcome.status in ARRIVED:
            return "delivered"
        return f"sent, but not delivered{meaning}" if outcome.status in LOST else "sent"
    why = IN_WORDS[outcome.reason] if outcome.reason else "no reason is known"
    return f"{outcome.ending}: {why}{meaning}"


def in_words(outcome: RecipientOutcome | str) -> str:
    """What became of one person, for whoever asks about them."""
    if isinstance(outcome, str):
        return outcome or "not in its audience when it began"
    return (
        f"{_said(outcome)}{f', code {outcome.code}' if outcome.code else ''}, {outcome.at:%Y-%m-%d %H:%M} UTC"
    )
