"""Limits in Redis: a bucket for everybody who asks."""

from datetime import datetime
from typing import Final, cast

import redis

from app.services.api_ports import Allowance
from app.store import codec, keys
from app.store.connection import truthful
from app.store.scripts import script

WINDOW_SECONDS: Final = 60


class RedisLimits:
    """The port Limits on a Redis or Valkey server. `most`: requests in so many `seconds`."""

    def __init__(self, client: redis.Redis, most: int, seconds: int = WINDOW_SECONDS) -> None:
        self._take = script(client, "allowance", when_full=True)
        self._most, self._seconds = most, seconds

    @truthful
    def take(self, who: str, now: datetime) -> Allowance:
        args = [codec.to_ms(now), self._most, 1000 * self._seconds]
        allowed, left, wait = cast("list[int]", self._take(keys=[keys.allowance(who)], args=args))
        return Allowance(bool(allowed), left, wait / 1000)
