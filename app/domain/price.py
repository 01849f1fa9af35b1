"""What a campaign will cost: segments times the price of a segment in the country of each number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.domain.errors import Misconfigured
from app.domain.number import Number
from app.domain.region import region_of

TABLE: Final = "rates"
_NAMES: Final = ("as_of", "currency", "elsewhere", "example", "per_segment")
_REGION: Final = re.compile(r"[A-Z]{2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of a segment. `elsewhere`: for countries that are not named; `example`: nobody's contract."""

    currency: str
    as_of: date
    per_segment: Mapping[str, Decimal]
    elsewhere: Decimal | None = None
    example: bool = False

    def of(self, region: str) -> Decimal | None:
        """The price of one segment to a country; None when it is not known."""
        return self.per_segment.get(region, self.elsewhere)


@dataclass(frozen=True, slots=True)
class CountryCost:
    """What goes to one country. `amount`: None when its price is not known."""

    region: str
    segments: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The cost of a campaign, the dearest country first. `total` leaves out the countries in `unpriced`."""

    countries: tuple[CountryCost, ...]
    segments: int
    total: Decimal
    rates: Rates

    @property
    def unpriced(self) -> tuple[str, ...]:
        """The countries whose price is not known: the estimate is too low by theirs."""
        return tuple(country.region for country in self.countries if country.amount is None)


def country_of(number: Number) -> str:
    """The country whose price a text to `number` has; by this, segments are added up for `estimate`."""
    return region_of(number)


def estimate(segments: Mapping[str, int], rates: Rates) -> Estimate:
    """What so many segments to each country cost."""
    countries = [
        CountryCost(region, count, None if (rate := rates.of(region)) is None else rate * count)
        for region, count in segments.items()
        if count
    ]
    countries.sort(key=lambda country: (-(country.amount or 0), country.region))
    return Estimate(
        countries=tuple(countries),
        segments=sum(country.segments for country in countries),
        total=sum((country.amount for country in countries if country.amount is not None), Decimal(0)),
        rates=rates,
    )


def rates_from(table: Mapping[str, Any], where: str = TABLE) -> Rates:
    """The rates of one table, the package's or the program's own. Raises Misconfigured with what is wrong."""
    if unknown := sorted(table.keys() - set(_NAMES)):
        raise Misconfigured(f"{where}: there is no {unknown[0]!r}; there are {', '.join(_NAMES)}")
    currency, as_of, prices = (table.get(name) for name in ("currency", "as_of", "per_segment"))
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise Misconfigured(f'{where}: currency must be three letters, such as "EUR"')
    if not isinstance(as_of, date):
        raise Misconfigured(f"{where}: as_of must be a date, such as 2026-11-22")
    if not isinstance(prices, Mapping) or not prices:
        raise Misconfigured(
            f"{where}: per_segment must be a table of prices by country, such as {{ NL = 0.09 }}"
        )
    if odd := [region for region in prices if not _REGION.fullmatch(region)]:
        raise Misconfigured(f"{where}: {odd[0]!r} is not a country's two letters, such as NL")
    elsewhere = table.get("elsewhere")
    return Rates(
        currency=currency,
        as_of=as_of,
        per_segment={region: _price(price, f"{where}: {region}") for region, price in prices.items()},
        elsewhere=None if elsewhere is None else _price(elsewhere, f"{where}: elsewhere"),
        example=table.get("example") is True,
    )


def _price(value: object, where: str) -> Decimal:
    """A price as TOML has it. A float is taken for the digits that were written."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Misconfigured(f"{where} must be a number, such as 0.09")
    price = Decimal(str(value))
    if not price.is_finite() or price < 0:
        raise Misconfigured(f"{where} must be 0 or more")
    return price
