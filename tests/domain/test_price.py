"""What a campaign will cost, and prices that cannot be read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Misconfigured
from app.domain.number import Number
from app.domain.price import Rates, country_of, estimate, rates_from
from app.rule_files import rates_document

OWN = {"currency": "EUR", "as_of": date(2026, 1, 1), "per_segment": {"NL": 0.07, "BE": 1}}


def test_segments_are_multiplied_by_the_price_of_their_country() -> None:
    found = estimate({"NL": 1000, "BE": 3, "FR": 0}, rates_from(OWN))
    assert [(each.region, each.segments, each.amount) for each in found.countries] == [
        ("NL", 1000, Decimal("70.00")),
        ("BE", 3, Decimal(3)),
    ]
    assert (found.segments, found.total, found.unpriced) == (1003, Decimal("73.00"), ())


def test_a_country_without_a_price_is_named_and_not_taken_for_free() -> None:
    found = estimate({"NL": 1, "US": 5, "FR": 2}, rates_from(OWN))
    assert (found.total, found.unpriced, found.segments) == (Decimal("0.07"), ("FR", "US"), 8)
    everywhere = rates_from({**OWN, "elsewhere": 0.5})
    assert (estimate({"US": 5}, everywhere).total, estimate({"US": 5}, everywhere).unpriced) == (
        Decimal("2.5"),
        (),
    )


def test_the_shipped_prices_say_that_they_are_an_example() -> None:
    rates = rates_from(rates_document())
    assert rates.example
    assert rates.of("NL") == Decimal("0.09")
    assert not rates_from(OWN).example


def test_the_country_is_that_of_the_number() -> None:
    numbers = ("+31612345678", "+12015550123", "+16045550100", "+881612345678")
    assert [country_of(Number(number)) for number in numbers] == ["NL", "US", "CA", "ZZ"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"price": 1}, "rates: there is no 'price'; there are as_of, currency"),
        ({"currency": "euro"}, "currency must be three letters"),
        ({"currency": None}, "currency must be three letters"),
        ({"as_of": "2026"}, "as_of must be a date"),
        ({"per_segment": {}}, "per_segment must be a table"),
        ({"per_segment": {"nl": 1}}, "'nl' is not a country's two letters"),
        ({"per_segment": {"NL": "1"}}, "rates: NL must be a number"),
        ({"per_segment": {"NL": True}}, "rates: NL must be a number"),
        ({"per_segment": {"NL": -0.1}}, "rates: NL must be 0 or more"),
        ({"per_segment": {"NL": float("nan")}}, "rates: NL must be 0 or more"),
        ({"elsewhere": float("inf")}, "rates: elsewhere must be 0 or more"),
    ],
)
def test_prices_that_cannot_be_read_are_named(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        rates_from({**OWN, **change})


@given(st.dictionaries(st.sampled_from(["NL", "BE", "FR", "US"]), st.integers(0, 10**7)))
def test_the_total_is_exact_and_the_dearest_country_stands_first(segments: dict[str, int]) -> None:
    rates = Rates("EUR", date(2026, 1, 1), {"NL": Decimal("0.07"), "BE": Decimal("0.0833"), "FR": Decimal(0)})
    found = estimate(segments, rates)
    assert found.segments == sum(segments.values())
    expected = segments.get("NL", 0) * 700 + segments.get("BE", 0) * 833
    assert found.total * 10_000 == expected
    amounts = [each.amount or Decimal(0) for each in found.countries]
    assert amounts == sorted(amounts, reverse=True)
