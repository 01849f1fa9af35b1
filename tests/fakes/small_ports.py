"""The small ports in memory: time that is set by hand, bookmarks, and a doorbell that counts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.services.ports import Bookmarks, Doorbell, Now
from tests.stories import NOON


@dataclass
class SetTime(Now):
    """The time that the test says it is."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def goes_on(self, seconds: float = 0, *, hours: float = 0) -> None:
        self.moment += timedelta(seconds=seconds, hours=hours)


@dataclass
class CountingDoorbell(Doorbell):
    """How often it was rung."""

    rung: int = 0

    def ring(self) -> None:
        self.rung += 1


@dataclass
class MemoryBookmarks(Bookmarks):
    """Where the reading back has got to."""

    moment: datetime | None = None
    remembered: list[datetime] = field(default_factory=list)

    def read_back_to(self) -> datetime | None:
        return self.moment

    def remember_read_back(self, moment: datetime) -> None:
        self.moment = moment
        self.remembered.append(moment)
