"""What a campaign was expected to come to, beside what it came to, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.domain.expected import Difference, Expected
from app.domain.price import Rates, estimate
from tests.stories import NOON

RATES = Rates("EUR", date(2026, 1, 1), {"NL": Decimal("0.10")})
EXPECTED = Expected.of(1_100, estimate({"NL": 1_200, "BE": 5}, RATES), NOON)


def words(people: int, segments: int, rates: Rates = RATES) -> str:
    return Difference.between(EXPECTED, people, estimate({"NL": segments, "BE": 5}, rates)).sentence


def test_the_estimate_is_kept_with_its_prices_and_what_had_none() -> None:
    kept = Expected(NOON, 1_100, 1_205, "EUR", Decimal("120.00"), date(2026, 1, 1), ("BE",))
    assert kept == EXPECTED


def test_the_difference_is_said_in_words() -> None:
    assert words(1_100, 1_200) == "That is as expected."
    assert words(1_099, 1_198) == "That is 1 person fewer, 2 segments fewer and EUR 0.20 less than expected."
    assert words(1_100, 12_201) == "That is 11,001 segments more and EUR 1,100.10 more than expected."


def test_other_prices_are_named_and_another_currency_is_not_compared() -> None:
    dearer = replace(RATES, as_of=date(2026, 2, 1), per_segment={"NL": Decimal("0.20")})
    assert words(1_100, 1_200, dearer) == (
        "That is EUR 120.00 more than expected. The prices are others than then."
    )
    assert words(1_099, 1_200, replace(RATES, currency="USD")) == (
        "That is 1 person fewer than expected. "
        "The prices are in another currency now, so the amounts cannot be compared."
    )
