"""What the provider itself says that a campaign's messages cost, beside what our table of prices makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.number import Number


@dataclass(frozen=True, slots=True)
class Price:
    """What the provider charged for one message, in its own currency."""

    message: str
    number: Number
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Charged:
    """The sums at that moment. `priced`: messages that had a price; `unpriced`: those sent that had none."""

    at: datetime
    totals: Mapping[str, Decimal]
    priced: int
    unpriced: int

    @property
    def sentence(self) -> str:
        """The sums in words."""
        amounts = " and ".join(f"{currency} {total:,.2f}" for currency, total in sorted(self.totals.items()))
        rest = f"; {self.unpriced:,} sent have no price there (yet)" if self.unpriced else ""
        return (
            f"As charged by the provider, asked at {self.at:%Y-%m-%d %H:%M} UTC: {amounts or 'nothing yet'} for "
            f"{self.priced:,} {'message' if self.priced == 1 else 'messages'}{rest}."
        )
