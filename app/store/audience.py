"""The audience in Redis: the subscribers of each partition, all or those with a tag."""

from collections.abc import Iterator, Sequence
from typing import cast

import redis
from redis.client import Pipeline

from app.domain.number import Number
from app.domain.partition import PARTITIONS
from app.store import keys
from app.store.connection import truthful
from app.store.everywhere import everywhere


class RedisAudience:
    """The port Audience on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def count(self, tag: str) -> int:
        def ask(pipe: Pipeline, place: str) -> object:
            if tag:
                return pipe.sintercard(2, [keys.subscribers(place), keys.tagged(place, tag)])
            return pipe.scard(keys.subscribers(place))

        return sum(everywhere(self._client, ask))

    def subscribed(self, tag: str) -> Iterator[Sequence[Number]]:
        for partition in range(PARTITIONS):
            yield self._partition(keys.tag(partition), tag)

    @truthful
    def _partition(self, place: str, tag: str) -> Sequence[Number]:
        wanted = [keys.subscribers(place), *([keys.tagged(place, tag)] if tag else [])]
        return [Number(e164) for e164 in sorted(cast("set[str]", self._client.sinter(wanted)))]
