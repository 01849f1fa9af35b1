"""Staff in Redis: a hash of accounts, and a key for every session that goes away by itself."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, cast

import redis

from app.domain.staff import Account, Role
from app.services.staff_ports import Session
from app.store import codec, keys
from app.store.connection import truthful
from app.store.scripts import script

_TEXTS: Final = ("name", "password", "secret")


class RedisAccounts:
    """The port Accounts on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._save = script(client, "staff_save", when_full=False)
        self._step = script(client, "staff_step", when_full=False)

    @truthful
    def load(self, name: str) -> Account | None:
        found = cast("str | None", self._client.hget(keys.STAFF_ACCOUNTS, name))
        return _account_from(found) if found else None

    @truthful
    def every(self) -> Sequence[Account]:
        found = cast("dict[str, str]", self._client.hgetall(keys.STAFF_ACCOUNTS))
        return [_account_from(found[name]) for name in sorted(found)]

    @truthful
    def save(self, before: Account | None, after: Account) -> bool:
        was = _account_text(before) if before else ""
        return bool(self._save(keys=[keys.STAFF_ACCOUNTS], args=[after.name, was, _account_text(after)]))

    @truthful
    def use_step(self, name: str, step: int) -> bool:
        return bool(self._step(keys=[keys.STAFF_STEPS], args=[name, step]))


class RedisSessions:
    """The port Sessions likewise. A token is kept as its hash: whoever reads the store cannot use it."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def begin(self, token: str, session: Session, lasts: timedelta) -> None:
        text = json.dumps([session.name, session.generation, codec.to_ms(session.begun)])
        self._client.set(_key(token), text, px=lasts)

    @truthful
    def find(self, token: str) -> Session | None:
        found = cast("str | None", self._client.get(_key(token)))
        if found is None:
            return None
        name, generation, begun = json.loads(found)
        return Session(name, generation, codec.from_ms(begun))

    @truthful
    def prolong(self, token: str, lasts: timedelta) -> None:
        self._client.pexpire(_key(token), lasts)

    @truthful
    def end(self, token: str) -> None:
        self._client.delete(_key(token))


def _key(token: str) -> str:
    return keys.staff_session(hashlib.sha256(token.encode()).hexdigest())


def _account_text(account: Account) -> str:
    fields: dict[str, object] = {name: getattr(account, name) for name in _TEXTS}
    fields |= {"role": account.role.value, "made": codec.to_ms(account.made)}
    return json.dumps(fields | {"disabled": account.disabled, "generation": account.generation})


def _account_from(text: str) -> Account:
    fields = json.loads(text)
    made = codec.from_ms(fields.pop("made"))
    return Account(role=Role(fields.pop("role")), made=made, **fields)
