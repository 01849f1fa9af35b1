"""Answers given before in Redis: one string for each key of a caller, which goes after a day."""

import hmac
import json
from typing import Final, cast

import redis

from app.services.api_ports import Given, Taken
from app.store import keys
from app.store.connection import truthful

KEPT_SECONDS: Final = 24 * 3600
# Longer than any request takes; after it a request whose process died may be made again.
BUSY_SECONDS: Final = 60


class RedisAnswers:
    """The port Answers on a Redis or Valkey server. `secret`: for a request holds a number, and few are possible."""

    def __init__(self, client: redis.Redis, secret: bytes) -> None:
        self._client = client
        self._secret = secret

    @truthful
    def begin(self, who: str, key: str, request: bytes) -> Taken | Given:
        about = self._hash(request)
        name = self._name(who, key)
        before = cast(
            "str | None", self._client.set(name, json.dumps([about]), nx=True, ex=BUSY_SECONDS, get=True)
        )
        if before is None:
            return Taken.NEW
        known, *answer = json.loads(before)
        if known != about:
            return Taken.OTHER
        return Given(*answer) if answer else Taken.BUSY

    @truthful
    def give(self, who: str, key: str, request: bytes, answer: Given) -> None:
        text = json.dumps([self._hash(request), answer.status, answer.body])
        self._client.set(self._name(who, key), text, ex=KEPT_SECONDS)

    @truthful
    def drop(self, who: str, key: str) -> None:
        self._client.delete(self._name(who, key))

    def _name(self, who: str, key: str) -> str:
        return keys.answer(self._hash(f"{who}\n{key}".encode()))

    def _hash(self, text: bytes) -> str:
        return hmac.digest(self._secret, text, "sha256").hex()
