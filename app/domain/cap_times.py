"""From when on caps allow another text."""

from collections.abc import Collection, Iterable
from datetime import datetime

from app.domain.campaign import Cap


def free_from(sent: Collection[datetime], caps: Iterable[Cap]) -> datetime | None:
    """The moment from which every cap allows another text after those `sent`; None when none stands in its way."""
    newest = sorted(sent, reverse=True)
    return max((newest[cap.most - 1] + cap.within for cap in caps if len(newest) >= cap.most), default=None)
