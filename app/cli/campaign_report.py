"""`stopwoord campaign report`: what became of everybody, in plain words with the provider's code beside them."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import rich_click

from app.boundary import OK
from app.cli.campaign_drafts import numbers, plain, terms
from app.cli.campaign_expected import expected_line, plain_charged, plain_difference, plain_expected
from app.cli.campaign_preview import NOT_BEGUN, looking, plain_cost, price_lines
from app.cli.chart import bars, svg
from app.cli.gateway import open_gateway
from app.cli.output import examples, json_option, say, show_json, show_table, so_many, talk
from app.domain.charged import Charged
from app.domain.errors import BadInput
from app.domain.expected import Difference
from app.domain.price import Estimate, Rates, country_of, estimate
from app.domain.recipient import ARRIVED, IN_WORDS, LOST, Ending, RecipientOutcome
from app.provider.errors import MEANINGS
from app.services.ask_charges import AskCharges
from app.services.manage_campaigns import ManageCampaigns, Progress
from app.sheets.table import Table

REPORT: Final = "stopwoord campaign report spring22"
# The provider's callbacks name no prices.
PRICED_BY: Final = "rates"
COLUMNS: Final = ("number", "outcome", "in words", "code", "status", "segments", "message", "at (UTC)")


@rich_click.command("report", epilog=examples(REPORT, f"{REPORT} --csv", f"{REPORT} --out chart.svg"))
@rich_click.argument("campaign")
@rich_click.option(
    "--csv", "as_csv", is_flag=True, help="Print one line for each person, safe for spreadsheets."
)
@rich_click.option(
    "--out", type=rich_click.Path(dir_okay=False, path_type=Path), help="Write the chart to this .svg file."
)
@rich_click.option(
    "--charged", is_flag=True, help="Ask the provider what it charged: its whole list of that time is read."
)
@json_option
def report(campaign: str, as_csv: bool, out: Path | None, charged: bool, as_json: bool) -> int:  # noqa: FBT001 - click passes them by name
    """Say what became of everybody in CAMPAIGN: how many of each outcome, or with --csv person by person."""
    others = {"--json": as_json, "--out": out, "--charged": charged}
    if as_csv and (other := next((name for name, given in others.items() if given), "")):
        raise BadInput(f"choose one of --csv and {other}")
    _check_picture(out)
    gateway = open_gateway()
    manage = gateway.campaigns.manage
    if as_csv:
        outcomes = manage.results.outcomes(manage.change.load(campaign).id)
        Table(sys.stdout, COLUMNS).add((number.e164, *_row(outcome)) for number, outcome in outcomes)
        return OK
    told = _ask(gateway.campaigns.charges, campaign) if charged else None
    found = _Counted.of(manage, campaign, gateway.program.rates, told)
    if out:
        notes = [*([found.charged.sentence] if found.charged else []), *found.compared]
        picture = svg(f"What became of {found.progress.campaign.name}", found.chart, notes)
        _write(out, picture)
    if as_json:
        show_json(found.plain)
        return OK
    if found.rows:
        show_table(("outcome", "code", "people"), found.rows)
    else:
        say("Nobody has an outcome yet.")
    for line in [*bars(found.chart, talk().width), *found.remarks]:
        say(line)
    return OK


def _check_picture(out: Path | None) -> None:
    if out and out.suffix.lower() != ".svg":
        name = out.with_suffix(".svg").name
        raise BadInput(
            f"the chart is a picture in SVG: name a file such as {name}; --csv and --json print figures"
        )


def _ask(charges: AskCharges, campaign: str) -> Charged:
    """Ask; in a terminal it shows how many prices were looked at."""
    with looking("prices") as tell:
        return charges(campaign, tell)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A campaign's outcomes, each kind with its code and how many people it met, the most frequent first."""

    progress: Progress
    rows: Sequence[tuple[str, int | str, int]]
    sent: int
    cost: Estimate
    charged: Charged | None

    @classmethod
    def of(cls, manage: ManageCampaigns, campaign: str, rates: Rates, charged: Charged | None) -> Self:
        progress = manage.progress(campaign)
        kinds: Counter[tuple[str, int]] = Counter()
        by_country: Counter[str] = Counter()
        sent = 0
        for number, outcome in manage.results.outcomes(campaign):
            sent += outcome.ending is Ending.SENT
            kinds[_said(outcome), outcome.code] += 1
            by_country[country_of(number)] += outcome.segments
        rows = [(words, code or "", people) for (words, code), people in kinds.most_common()]
        told = charged or progress.campaign.charged
        return cls(progress, rows, sent, estimate(by_country, rates), told)

    @property
    def difference(self) -> Difference | None:
        expected = self.progress.campaign.expected
        return Difference.between(expected, self.sent, self.cost) if expected else None

    @property
    def chart(self) -> list[tuple[str, int]]:
        return [(f"{words}{f', code {code}' if code else ''}", people) for words, code, people in self.rows]

    @property
    def plain(self) -> dict[str, object]:
        outcomes = [
            {"outcome": words, "code": code or None, "people": people} for words, code, people in self.rows
        ]
        told = plain(self.progress.campaign) | numbers(self.progress)
        expected, difference = self.progress.campaign.expected, self.difference
        return told | {
            "outcomes": outcomes,
            "cost": plain_cost(self.cost) | {"priced_by": PRICED_BY},
            "expected": plain_expected(expected) if expected else None,
            "difference": plain_difference(difference) if difference else None,
            "charged": plain_charged(self.charged) if self.charged else None,
        }

    @property
    def remarks(self) -> list[str]:
        counted, left = numbers(self.progress), self.progress.left
        segments = so_many(counted["segments"], "segment", "segments")
        lines = [
            f"{segments}; {counted['opted_out']:,} opted out within 72 hours of it.",
            *price_lines(self.cost),
            *([self.charged.sentence] if self.charged else []),
            *self.compared,
            *terms(self.progress.campaign),
        ]
        if left.any:
            lines.append(
                f"No outcome yet: {left.todo:,} wait, {left.claimed:,} are being sent, "
                f"{left.unknown:,} are unknown."
            )
        return lines

    @property
    def compared(self) -> list[str]:
        """What was expected, and how what came of it differs."""
        expected, difference = self.progress.campaign.expected, self.difference
        if self.progress.campaign.status in NOT_BEGUN:
            return ["It has not begun.", *([expected_line(expected)] if expected else [])]
        if expected is None or difference is None:
            return ["What was expected of it is not known: it was not worked out when it was set going."]
        so_far = "So far: " if self.progress.left.any else ""
        return [expected_line(expected), so_far + difference.sentence]


def _write(out: Path, picture: str) -> None:
    try:
        out.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"{out} cannot be written: {error.strerror}; name a file in another directory"
        ) from None
    say(f"The chart is in {out}.")


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
