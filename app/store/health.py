"""The server's real settings, as far as the promises hang on them."""

from collections.abc import Mapping
from typing import Final, cast

import redis

from app.store.connection import truthful

DURABLE: Final = ("appendonly", "appendfsync", "maxmemory-policy")


class RedisHealth:
    """The port StoreHealth on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def durability(self) -> Mapping[str, str]:
        """What the server says of itself; a setting that it will not tell is missing.

        `last-write`: whether its last write to disk succeeded ("ok").
        """
        found: dict[str, str] = {}
        for name in DURABLE:
            try:
                found |= cast("dict[str, str]", self._client.config_get(name))
            except redis.ResponseError:
                continue  # a managed server may not let us ask
        persistence = cast("dict[str, object]", self._client.info("persistence"))
        return found | {"last-write": str(persistence.get("aof_last_write_status", ""))}
