"""The rate of each sender in Redis: one bucket that all workers take from."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import redis

from app.services.campaign_ports import Grant
from app.store import codec, keys
from app.store.connection import truthful
from app.store.scripts import script


class RedisThrottle:
    """The port Throttle on a Redis or Valkey server. `rate`: segments a second."""

    def __init__(self, client: redis.Redis, rate: float) -> None:
        self._run = script(client, "throttle", when_full=True)
        self._rate = rate

    @truthful
    def take(self, sender: str, segments: Sequence[int], now: datetime) -> Grant:
        args = [codec.to_ms(now), self._rate, *segments]
        texts, wait = cast("list[int]", self._run(keys=[keys.bucket(sender)], args=args))
        return Grant(texts, wait / 1000)

    @truthful
    def slow_down(self, sender: str, now: datetime) -> None:
        self._run(keys=[keys.bucket(sender)], args=[codec.to_ms(now), self._rate])
