"""The audience in Redis: the subscribers of each partition, all or those with a tag."""

from collections.abc import Iterator, Sequence
from typing import cast

import redis

from app.domain.number import Number
from app.domain.partition import PARTITIONS
from app.store import keys
from app.store.connection import truthful


class RedisAudience:
    """The port Audience on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def count(self, tag: str) -> int:
        pipe = self._client.pipeline(transaction=False)
        for place in keys.every_tag():
            if tag:
                pipe.sintercard(2, [keys.subscribers(place), keys.tagged(place, tag)])
            else:
                pipe.scard(keys.subscribers(place))
        return sum(cast("list[int]", pipe.execute()))

    def subscribed(self, tag: str) -> Iterator[Sequence[Number]]:
        for partition in range(PARTITIONS):
            yield self._partition(keys.tag(partition), tag)

    @truthful
    def _partition(self, place: str, tag: str) -> Sequence[Number]:
        wanted = [keys.subscribers(place), *([keys.tagged(place, tag)] if tag else [])]
        return [Number(e164) for e164 in sorted(cast("set[str]", self._client.sinter(wanted)))]
