"""The rate of each sender in Redis: one bucket that all workers take from."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast

import redis

from app.domain.senders import Senders
from app.services.campaign_ports import Grant, Speed
from app.store import codec, keys
from app.store.connection import truthful
from app.store.scripts import script

# Who waits for the rate comes to take again about when the next text may go; a little late, as workers are.
LATE: Final = timedelta(seconds=2)
# throttle.lua gives back so much of the full rate in a second.
BACK_IN_SECONDS: Final = 60


class RedisThrottle:
    """The port Throttle on a Redis or Valkey server: every worker takes from the same bucket of a sender."""

    def __init__(self, client: redis.Redis, senders: Senders) -> None:
        self._client = client
        self._run = script(client, "throttle", when_full=True)
        self._rate = senders.rate

    @truthful
    def take(self, sender: str, segments: Sequence[int], now: datetime) -> Grant:
        args = [codec.to_ms(now), self._rate(sender), *segments]
        texts, wait = cast("list[int]", self._run(keys=[keys.bucket(sender)], args=args))
        return Grant(texts, wait / 1000)

    @truthful
    def slow_down(self, sender: str, now: datetime) -> None:
        self._run(keys=[keys.bucket(sender)], args=[codec.to_ms(now), self._rate(sender)])

    @truthful
    def look(self, sender: str, now: datetime) -> Speed:
        full = self._rate(sender)
        found = self._client.hmget(keys.bucket(sender), "at", "share", "next")
        at, share, after = cast("list[str | None]", found)
        if at is None or share is None:
            return Speed(full, full)
        waits = bool(after) and now <= codec.from_ms(after or 0) + LATE
        full_again = codec.from_ms(at) + timedelta(seconds=(1 - float(share)) * BACK_IN_SECONDS)
        if full_again <= now:
            return Speed(full, full, limits=waits)
        left = (full_again - now) / timedelta(seconds=BACK_IN_SECONDS)
        return Speed(full, full * (1 - left), limits=waits, slowed_until=full_again)
