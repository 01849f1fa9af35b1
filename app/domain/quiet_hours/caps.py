"""How often one person may be texted by campaigns: at most so many in any 24 hours, and so long between two."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Caps:
    """`per_24_hours`: None for no limit; `between`: the least time from one text to the next."""

    per_24_hours: int | None = None
    between: timedelta = timedelta(0)

    def with_cap(self, cap: int | None) -> "Caps":
        """The stricter of these and another limit."""
        limits = [limit for limit in (self.per_24_hours, cap) if limit is not None]
        return Caps(min(limits, default=None), self.between)
