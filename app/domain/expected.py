"""What a campaign was thought to come to when somebody set it going, and how what it came to differs from that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from app.domain.price import Estimate


@dataclass(frozen=True, slots=True)
class Expected:
    """The estimate as it stood at that moment. `unpriced`: countries whose price was not known then."""

    at: datetime
    people: int
    segments: int
    currency: str
    total: Decimal
    as_of: date
    unpriced: tuple[str, ...] = ()

    @classmethod
    def of(cls, people: int, cost: Estimate, at: datetime) -> Self:
        """What so many people at that cost are expected to be."""
        rates = cost.rates
        at = at.replace(microsecond=0)
        return cls(at, people, cost.segments, rates.currency, cost.total, rates.as_of, cost.unpriced)


@dataclass(frozen=True, slots=True)
class Difference:
    """What it came to, less what was expected. `total` None: the two are in different currencies."""

    people: int
    segments: int
    total: Decimal | None
    currency: str
    other_prices: bool

    @classmethod
    def between(cls, expected: Expected, people: int, cost: Estimate) -> Self:
        """`people`: who was sent it; `cost`: of the segments that they were sent."""
        same = cost.rates.currency == expected.currency
        return cls(
            people=people - expected.people,
            segments=cost.segments - expected.segments,
            total=cost.total - expected.total if same else None,
            currency=expected.currency,
            other_prices=cost.rates.as_of != expected.as_of,
        )

    @property
    def sentence(self) -> str:
        """The difference in words."""
        parts = [
            _said(self.people, f"{abs(self.people):,}", "person" if abs(self.people) == 1 else "people"),
            _said(
                self.segments, f"{abs(self.segments):,}", "segment" if abs(self.segments) == 1 else "segments"
            ),
        ]
        if self.total is not None:
            parts.append(_said(self.total, f"{self.currency} {abs(self.total):,.2f}", ""))
        named = [part for part in parts if part]
        said = f"That is {_and(named)} than expected." if named else "That is as expected."
        if self.total is None:
            return f"{said} The prices are in another currency now, so the amounts cannot be compared."
        return f"{said} The prices are others than then." if self.other_prices else said


def _said(amount: int | Decimal, size: str, of: str) -> str:
    """Such as "12 segments fewer"; "" for no difference."""
    if not amount:
        return ""
    way = ("more" if amount > 0 else "fewer") if of else ("more" if amount > 0 else "less")
    return " ".join(filter(None, (size, of, way)))


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
