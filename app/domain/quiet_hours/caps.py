"""How often one person may be texted by campaigns: at most so many in any 24 hours, and so long between two."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
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

    def free_at(self, sent: Collection[datetime], when: datetime) -> datetime:
        """The first moment from `when` on at which another text is within the caps; `sent`: those before it."""
        latest = sorted(sent)
        free = when
        if latest:
            free = max(free, latest[-1] + self.between)
        if self.per_24_hours is not None and len(latest) >= self.per_24_hours:
            free = max(free, latest[-self.per_24_hours] + DAY)
        return free
