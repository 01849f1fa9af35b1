"""What the clock remembers: where it has got to, and that it is alive."""

from datetime import datetime
from typing import cast

import redis

from app.store import codec, keys
from app.store.connection import truthful


class RedisBookmarks:
    """The ports Bookmarks and Heartbeat on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def read_back_to(self) -> datetime | None:
        return self._moment(keys.READ_BACK_TO)

    @truthful
    def remember_read_back(self, moment: datetime) -> None:
        self._client.set(keys.READ_BACK_TO, codec.to_ms(moment))

    @truthful
    def beat(self, now: datetime) -> None:
        self._client.set(keys.HEARTBEAT, codec.to_ms(now))

    @truthful
    def last_beat(self) -> datetime | None:
        return self._moment(keys.HEARTBEAT)

    def _moment(self, key: str) -> datetime | None:
        text = cast("str | None", self._client.get(key))
        return None if text is None else codec.from_ms(text)
