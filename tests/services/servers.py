"""A store, a queue and a clock that are as well as a test wants them to be."""

from collections.abc import Mapping
from datetime import datetime

from app.domain.errors import StoreUnavailable
from app.services.ports import Bookmarks
from app.services.readiness import NEEDED, Heartbeat, QueueHealth, StoreHealth, Waiting
from app.store.connection import AWAY
from tests.stories import NOON

FIT = dict(NEEDED)


class Server(StoreHealth, QueueHealth, Heartbeat, Bookmarks, Waiting):
    """A store, a queue and a clock that say what they are told to say."""

    def __init__(
        self,
        settings: Mapping[str, str] = FIT,
        beat: datetime | None = NOON,
        read_to: datetime | None = NOON,
        due: datetime | None = None,
        *,
        down: bool = False,
    ) -> None:
        self.settings, self.beat, self.read_to, self.due, self.down = settings, beat, read_to, due, down

    def durability(self) -> Mapping[str, str]:
        self._answer()
        return self.settings

    def workers(self) -> int:
        self._answer()
        return 2

    def last_beat(self) -> datetime | None:
        self._answer()
        return self.beat

    def read_back_to(self) -> datetime | None:
        self._answer()
        return self.read_to

    def oldest_owed(self) -> datetime | None:
        self._answer()
        return self.due

    def _answer(self) -> None:
        if self.down:
            raise StoreUnavailable(AWAY.with_(kind="ConnectionError"))
