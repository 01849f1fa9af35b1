"""Tokens in Redis: one hash by fingerprint, and one that says when each was last used."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

import redis

from app.domain.token import Scope, Token
from app.store import codec, keys
from app.store.connection import truthful

# "Last used" is written once in so long, because each write of the store goes to its disk.
USED_EVERY: Final = timedelta(minutes=1)


class RedisTokens:
    """The port Tokens on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def add(self, token: Token, fingerprint: str) -> None:
        pipe = self._client.pipeline(transaction=True)
        pipe.hset(keys.TOKENS, fingerprint, _text(token))
        pipe.rpush(keys.AUDIT, _entry(token.made, token.made_by, "token added", token.name))
        pipe.execute()

    @truthful
    def revoke(self, name: str, at: datetime, actor: str) -> bool:
        known = [fingerprint for fingerprint, token in self._all().items() if token.name == name]
        if not known:
            return False
        pipe = self._client.pipeline(transaction=True)
        pipe.hdel(keys.TOKENS, *known)
        pipe.hdel(keys.TOKENS_USED, *known)
        pipe.rpush(keys.AUDIT, _entry(at, actor, "token revoked", name))
        pipe.execute()
        return True

    @truthful
    def every(self) -> Sequence[Token]:
        used = cast("dict[str, str]", self._client.hgetall(keys.TOKENS_USED))
        found = [
            replace(token, last_used=codec.from_ms(used[fingerprint])) if fingerprint in used else token
            for fingerprint, token in self._all().items()
        ]
        return sorted(found, key=lambda token: token.name)

    @truthful
    def find(self, fingerprint: str, now: datetime) -> Token | None:
        pipe = self._client.pipeline(transaction=False)
        pipe.hget(keys.TOKENS, fingerprint)
        pipe.hget(keys.TOKENS_USED, fingerprint)
        text, used = cast("list[str | None]", pipe.execute())
        if text is None:
            return None
        last = codec.from_ms(used) if used else None
        if last is None or now - last >= USED_EVERY:
            self._note_use(fingerprint, now)
        return replace(_token(text), last_used=now)

    def _note_use(self, fingerprint: str, now: datetime) -> None:
        try:
            self._client.hset(keys.TOKENS_USED, fingerprint, codec.to_ms(now))
        except redis.OutOfMemoryError:
            # A store that is full still answers questions and takes opt-outs.
            return

    def _all(self) -> dict[str, Token]:
        texts = cast("dict[str, str]", self._client.hgetall(keys.TOKENS))
        return {fingerprint: _token(text) for fingerprint, text in texts.items()}


def _text(token: Token) -> str:
    return json.dumps([token.name, sorted(token.scopes), codec.to_ms(token.made), token.made_by])


def _token(text: str) -> Token:
    name, scopes, made, made_by = json.loads(text)
    return Token(name, frozenset(map(Scope, scopes)), codec.from_ms(made), made_by)


def _entry(at: datetime, actor: str, what: str, about: str) -> str:
    return json.dumps([codec.to_ms(at), actor, what, about])
