"""A campaign's report: what it cost beside what was expected, and failures by code with their words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask

from app.bootstrap import Gateway
from app.domain.campaign import CampaignStatus
from app.domain.charged import Charged
from app.domain.expected import Expected
from app.domain.number import Number
from app.domain.outbox import Fate
from app.domain.partition import partition_of
from app.domain.price import Rates
from app.domain.recipient import Draft, Reason
from app.domain.staff import Role
from app.provider.errors import MEANINGS, REMEDIES, meaning
from app.services.campaign_ports import Left, RowSettlement
from app.services.manage_campaigns import Progress
from app.web.console.report import Failure, Report, Sum, report
from tests.campaign_stories import spring
from tests.console.conftest import ANNA
from tests.console.reading import Lines, untranslated
from tests.console.staff import BROWSER, Sits
from tests.stories import NL, NOON, person

RATES = Rates("EUR", date(2026, 1, 1), {"NL": Decimal("0.09"), "BE": Decimal("0.10")})
EXPECTED = Expected(NOON, 1_100, 1_205, "EUR", Decimal("120.00"), date(2026, 1, 1))
COUNTS = {"sent": 1_000, "segments": 1_110, "segments:NL": 1_000, "segments:BE": 100, "segments:US": 10}
OVER = Progress(
    campaign=spring(status=CampaignStatus.FINISHED, started_at=NOON, expected=EXPECTED),
    counts=COUNTS | {"failed": 3, "undelivered": 7, "code:30003": 5, "code:30034": 2},
    left=Left(),
    next_due=None,
    waits="",
    speeds={},
    at=NOON,
)
Told = Callable[..., Report]


@pytest.fixture
def told(web: Flask) -> Told:
    def tell(progress: Progress, language: str = "en") -> Report:
        with web.test_request_context(headers={"Accept-Language": language}):
            found = report(progress, RATES)
            assert found
            return found

    return tell


def test_what_it_cost_stands_beside_what_was_expected(told: Told) -> None:
    expected, actual, difference = told(OVER).sums
    assert expected == Sum("Expected", "1,100", "1,205", "€120.00", 1.0)
    assert actual == Sum("What it came to", "1,000", "1,110", "€100.00", pytest.approx(100 / 120), "good")
    assert difference == Sum("Difference", "-100", "-95", "-€20.00")
    assert told(OVER).countries == [
        Sum("Netherlands", "", "1,000", "€90.00", 1.0),
        Sum("Belgium", "", "100", "€10.00", pytest.approx(1 / 9)),
        Sum("United States", "", "10", "no price is known"),
    ]
    assert "Without United States, whose price is not known." in told(OVER).notes


def test_what_is_not_known_is_said(told: Told) -> None:
    bare = replace(OVER, campaign=spring(started_at=NOON), left=Left(todo=3))
    assert [each.words for each in told(bare).sums] == ["What it came to so far"]
    assert any("was not worked out" in note for note in told(bare).notes)
    before = replace(OVER, counts={"sent": 5, "segments": 5, "undelivered": 1})
    assert "5 segments are not in it, because their countries were not counted then." in told(before).notes
    assert told(before).failures == [Failure(0, None, 1, 1.0, ours=False)]


def test_other_prices_and_what_the_provider_charged_are_said(told: Told) -> None:
    charged = Charged(NOON, {"EUR": Decimal("98.10"), "USD": Decimal("3.50")}, 990, 10)
    campaign = replace(OVER.campaign, charged=charged, expected=replace(EXPECTED, as_of=date(2025, 1, 1)))
    found = told(replace(OVER, campaign=campaign))
    assert found.sums[-1] == Sum("Charged by the provider", "990", "", "€98.10 + $3.50")
    assert "The prices are others than when it was expected." in found.notes
    assert "10 messages had no price at the provider yet when it was asked." in found.notes
    dollars = replace(OVER.campaign, expected=replace(EXPECTED, currency="USD"))
    expected, _, difference = told(replace(OVER, campaign=dollars)).sums
    assert (expected.share, difference.amount) == (None, "")


def test_failures_have_their_words_and_what_has_to_be_mended_comes_first(told: Told) -> None:
    assert told(OVER).failures == [
        Failure(30034, REMEDIES[30034], 2, 0.2, ours=True),
        Failure(30003, MEANINGS[30003], 5, 0.5, ours=False),
        Failure(0, None, 3, 0.3, ours=False),
    ]


def test_a_campaign_that_has_not_begun_has_none(web: Flask) -> None:
    with web.test_request_context():
        assert report(replace(OVER, campaign=spring()), RATES) is None


@pytest.mark.usefixtures("people")
def test_the_page_shows_it_in_both_languages(
    sits: Sits, gateway: Gateway, texts: Callable[[Number, str], None]
) -> None:
    campaign = spring(status=CampaignStatus.RUNNING, started_at=NOON, expected=EXPECTED)
    uses = gateway.campaigns
    assert uses.manage.campaigns.save(campaign, rests=False)
    texts(person(1), "START")
    for number in (ANNA, person(1)):
        uses.manage.audience.freeze(campaign, partition_of(number), NOON, NL)
    uses.manage.audience.arm(campaign)
    drafts = [Draft(ANNA, "Lente!", 1, "Klaverblad")]
    drafts += [Draft(person(1), "Lente!", 1, "Klaverblad")]
    for claim, code in zip(
        uses.settle.rows.claim(campaign, drafts, (), NOON, 60).taken, (21211, 0), strict=True
    ):
        failed = RowSettlement(Fate.FAILED, NOON, reason=Reason.REFUSED, code=code)
        uses.settle.rows.settle([(claim, failed)])
    desk = sits(Role.VIEWER)
    dutch, english = (
        unescape(desk.client.get(f"/campaigns/{campaign.id}", headers=BROWSER | {"Accept-Language": to}).text)
        for to in ("nl", "en")
    )
    assert {"21211", str(meaning(21211)), "€120.00", "-€120.00", "50.0%", "the provider gave no code"} <= set(
        Lines(english).lines
    )
    assert {"€ 120,00", "Verwacht", "dat nummer bestaat niet"} <= {
        " ".join(line.split()) for line in Lines(dutch).lines
    }
    dutch, english = (page.partition('id="report"')[2].partition("</main>")[0] for page in (dutch, english))
    assert untranslated(dutch, english, {"EUR", "Code"}) == set()
