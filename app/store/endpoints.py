"""Endpoints in Redis: one hash, and in each partition the set that a commit looks at."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import cast

import redis

from app.domain.webhook import Endpoint
from app.store import codec, keys
from app.store.connection import truthful
from app.store.everywhere import everywhere


class RedisEndpoints:
    """The port Endpoints on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def add(self, endpoint: Endpoint) -> None:
        pipe = self._client.pipeline(transaction=True)
        pipe.hset(keys.ENDPOINTS, endpoint.id, _text(endpoint))
        pipe.rpush(keys.AUDIT, _entry(endpoint.added, endpoint.added_by, "webhook added", endpoint.id))
        pipe.execute()
        # Only then: a commit that finds it must not owe it a call that nobody could make.
        everywhere(self._client, lambda pipe, tag: pipe.sadd(keys.told(tag), endpoint.id))

    @truthful
    def remove(self, endpoint: str, at: datetime, actor: str) -> bool:
        everywhere(self._client, lambda pipe, tag: pipe.srem(keys.told(tag), endpoint))
        if not self._client.hexists(keys.ENDPOINTS, endpoint):
            return False
        pipe = self._client.pipeline(transaction=True)
        pipe.hdel(keys.ENDPOINTS, endpoint)
        pipe.rpush(keys.AUDIT, _entry(at, actor, "webhook removed", endpoint))
        pipe.execute()
        return True

    @truthful
    def every(self) -> Sequence[Endpoint]:
        texts = cast("dict[str, str]", self._client.hgetall(keys.ENDPOINTS))
        found = [_endpoint(name, text) for name, text in texts.items()]
        return sorted(found, key=lambda each: (each.added, each.id))


def _text(endpoint: Endpoint) -> str:
    flags = [endpoint.with_number, endpoint.private]
    return json.dumps([endpoint.url, *flags, codec.to_ms(endpoint.added), endpoint.added_by])


def _endpoint(name: str, text: str) -> Endpoint:
    url, with_number, private, added, by = json.loads(text)
    return Endpoint(name, url, with_number, private, codec.from_ms(added), by)


def _entry(at: datetime, actor: str, what: str, about: str) -> str:
    return json.dumps([codec.to_ms(at), actor, what, about])
