"""What a campaign cost beside what was expected of it, and whom it did not reach by the provider's codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import (
    format_currency,
    format_date,
    format_decimal,
    get_locale,
    ngettext,
)
from flask_babel import gettext as _

from app.domain.campaign_counts import by_code, by_country
from app.domain.expected import Difference
from app.domain.price import Estimate, Rates, estimate
from app.domain.sentence import Sentence
from app.provider.errors import CONFIGURATION, meaning
from app.services.manage_campaigns import Progress


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the costs; "" where it has no such figure. `share`: its bar, of the longest; None for none."""

    words: str
    people: str
    segments: str
    amount: str
    share: float | None = None
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Failure:
    """Whom the text did not reach, by one error code (0 and no meaning: none). `ours`: somebody here has to mend it."""

    code: int
    meaning: Sentence | None
    people: int
    share: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Both charts with their tables: `sums` and the countries, `failures`; `notes`: what has to be known of prices."""

    sums: Sequence[Sum]
    countries: Sequence[Sum]
    failures: Sequence[Failure]
    notes: Sequence[str]


def report(progress: Progress, rates: Rates) -> Report | None:
    """The report of one that has begun."""
    if progress.campaign.started_at is None:
        return None
    cost = estimate(by_country(progress.counts), rates)
    return Report(
        sums=list(_sums(progress, cost)),
        countries=list(_countries(cost)),
        failures=failures(by_code(progress.counts)),
        notes=list(_notes(progress, cost)),
    )


def failures(codes: Mapping[int, int]) -> list[Failure]:
    """What somebody has to mend first, then the most frequent."""
    total = sum(codes.values())
    found = [
        Failure(code, meaning(code) if code else None, people, people / total, code in CONFIGURATION)
        for code, people in codes.items()
    ]
    return sorted(found, key=lambda each: (not each.ours, -each.people, each.code))


def _sums(progress: Progress, cost: Estimate) -> Iterator[Sum]:
    """What was expected, what it came to, how these differ, and what the provider charged, as far as that is known."""
    sent, expected, charged = (
        progress.counts.get("sent", 0),
        progress.campaign.expected,
        progress.campaign.charged,
    )
    currency, so_far = cost.rates.currency, progress.left.any
    most = max(cost.total, expected.total if expected and expected.currency == currency else cost.total)
    if expected:
        comparable = expected.currency == currency
        yield Sum(
            words=_("Expected"),
            people=_figure(expected.people),
            segments=_figure(expected.segments),
            amount=format_currency(expected.total, expected.currency),
            share=_share(expected.total, most) if comparable else None,
        )
    yield Sum(
        words=_("What it came to so far") if so_far else _("What it came to"),
        people=_figure(sent),
        segments=_figure(cost.segments),
        amount=format_currency(cost.total, currency),
        share=_share(cost.total, most),
        tone="good",
    )
    if expected:
        yield _difference(Difference.between(expected, sent, cost))
    if charged:
        amounts = " + ".join(format_currency(total, of) for of, total in sorted(charged.totals.items()))
        yield Sum(_("Charged by the provider"), _figure(charged.priced), "", amounts or _("nothing yet"))


def _difference(found: Difference) -> Sum:
    amount = (
        "" if found.total is None else _signed(found.total, format_currency(abs(found.total), found.currency))
    )
    people, segments = (_signed(many, _figure(abs(many))) for many in (found.people, found.segments))
    return Sum(_("Difference"), people, segments, amount)


def _countries(cost: Estimate) -> Iterator[Sum]:
    """Where the segments went, the dearest country first."""
    most = max((each.amount or Decimal(0) for each in cost.countries), default=Decimal(0))
    for each in cost.countries:
        known = each.amount is not None
        yield Sum(
            words=_country(each.region),
            people="",
            segments=_figure(each.segments),
            amount=format_currency(each.amount, cost.rates.currency) if known else _("no price is known"),
            share=_share(each.amount, most) if each.amount is not None else None,
        )


def _notes(progress: Progress, cost: Estimate) -> Iterator[str]:
    day, campaign = format_date(cost.rates.as_of, "d MMM y"), progress.campaign
    if cost.rates.example:
        yield _("Reckoned with an example of prices of %(day)s, not with those of your contract.", day=day)
    else:
        yield _("Reckoned with your prices of %(day)s.", day=day)
    if cost.unpriced:
        unpriced = ", ".join(map(_country, cost.unpriced))
        yield _("Without %(countries)s, whose price is not known.", countries=unpriced)
    if campaign.expected is None:
        yield _("What was expected of it is not known: it was not worked out when it was set going.")
    else:
        found = Difference.between(campaign.expected, 0, cost)
        if found.total is None:
            yield _("The prices are in another currency now, so that the amounts cannot be compared.")
        elif found.other_prices:
            yield _("The prices are others than when it was expected.")
    if uncounted := progress.counts.get("segments", 0) - cost.segments:
        yield ngettext(
            "%(num)s segment is not in it, because its country was not counted then.",
            "%(num)s segments are not in it, because their countries were not counted then.",
            uncounted,
        )
    if campaign.charged and campaign.charged.unpriced:
        yield ngettext(
            "%(num)s message had no price at the provider yet when it was asked.",
            "%(num)s messages had no price at the provider yet when it was asked.",
            campaign.charged.unpriced,
        )


def _country(region: str) -> str:
    return str(get_locale().territories.get(region, region))


def _share(amount: Decimal, most: Decimal) -> float:
    return float(amount / most) if most else 0.0


def _signed(amount: int | Decimal, size: str) -> str:
    return f"+{size}" if amount > 0 else f"-{size}" if amount else size


def _figure(number: int) -> str:
    return str(format_decimal(number))
