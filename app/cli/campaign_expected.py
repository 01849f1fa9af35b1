"""What a campaign is expected to come to: told before it is set going, kept with it, and shown beside the outcome."""

from typing import Any

from app.cli.campaign_preview import shortfalls, walk
from app.cli.output import say
from app.domain.campaign import Campaign
from app.domain.charged import Charged
from app.domain.expected import Difference, Expected
from app.domain.lacking import refuse_lacking
from app.services.preview_campaign import PreviewCampaign


def tell_expected(look: PreviewCampaign, campaign: Campaign) -> Expected:
    """Work it out and say it. Raises BadInput where people lack a value that the text needs."""
    made = walk(look, campaign, 0)
    refuse_lacking(made.lacks, campaign.leaves_out)
    say(f"As it is now: {_figures(made.expected)}.")
    for line in shortfalls(made, campaign):
        say(line)
    return made.expected


def expected_line(expected: Expected) -> str:
    """What was expected, and when."""
    return f"Expected at {expected.at:%Y-%m-%d %H:%M} UTC: {_figures(expected)}."


def _figures(expected: Expected) -> str:
    unpriced = (
        f", without {', '.join(expected.unpriced)}, whose price is not known" if expected.unpriced else ""
    )
    people = "1 person" if expected.people == 1 else f"{expected.people:,} people"
    segments = "1 segment" if expected.segments == 1 else f"{expected.segments:,} segments"
    return f"{people} would get it, {segments}, about {expected.currency} {expected.total:,.2f}{unpriced}"


def plain_expected(expected: Expected) -> dict[str, Any]:
    """The estimate as JSON has it: amounts as the digits that they are."""
    return {
        "at": expected.at,
        "people": expected.people,
        "segments": expected.segments,
        "currency": expected.currency,
        "total": str(expected.total),
        "as_of": str(expected.as_of),
        "unpriced": expected.unpriced,
    }


def plain_difference(difference: Difference) -> dict[str, Any]:
    """The difference likewise; a total of null where the currencies differ."""
    return {
        "people": difference.people,
        "segments": difference.segments,
        "currency": difference.currency,
        "total": None if difference.total is None else str(difference.total),
        "other_prices": difference.other_prices,
        "words": difference.sentence,
    }


def plain_charged(charged: Charged) -> dict[str, Any]:
    """What the provider charged likewise, each currency apart."""
    return {
        "at": charged.at,
        "totals": {currency: str(total) for currency, total in charged.totals.items()},
        "priced": charged.priced,
        "unpriced": charged.unpriced,
    }
