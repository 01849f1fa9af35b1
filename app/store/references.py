"""References in Redis: keyed hashes of numbers, each with the number that it stands for."""

import re
from collections.abc import Sequence
from typing import Final, cast

import redis

from app.domain.errors import Misconfigured
from app.domain.number import Number
from app.domain.partition import PARTITIONS, partition_of
from app.store import keys
from app.store.connection import truthful
from app.store.keyed_names import KeyedNames
from app.store.objections import Objections
from app.store.scripts import script

_REFERENCE: Final = re.compile(r"([0-9]{1,3})-([0-9a-f]{32})")
# So long a reference holds to somebody of whom nothing is kept: whoever looked them up may go on with it.
LENT_SECONDS: Final = 3600
PERMANENT: Final = -1


class RedisReferences:
    """The port References on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis, key: bytes, objections: Objections | None = None) -> None:
        self._client = client
        self._names = KeyedNames(key)
        self._objections = objections or Objections(b"")
        self._refer = script(client, "refer", when_full=False)

    @truthful
    def of(self, number: Number) -> str:
        return self.of_all([number])[0]

    @truthful
    def of_all(self, numbers: Sequence[Number]) -> Sequence[str]:
        self.check()
        named = [(number, keys.NumberKeys(number), self._names.name(number)) for number in numbers]
        pipe = self._client.pipeline(transaction=False)
        for _, names, name in named:
            pipe.ttl(keys.reference(names.tag, name))
        # What was given out once is only looked at, so that people can be seen in a store that is full.
        for (number, names, name), holds in zip(named, pipe.execute(), strict=True):
            if holds != PERMANENT:
                objection = self._objections.name(number) if self._objections else ""
                self._refer(
                    keys=[names.record, keys.reference(names.tag, name), keys.gone(names.tag, objection)],
                    args=[number.e164, LENT_SECONDS],
                    client=pipe,
                )
        pipe.execute()
        return [f"{partition_of(number)}-{name}" for number, _, name in named]

    @truthful
    def number_of(self, ref: str) -> Number | None:
        self.check()
        found = _REFERENCE.fullmatch(ref)
        if found is None or int(found[1]) >= PARTITIONS:
            return None
        e164 = cast("str | None", self._client.get(keys.reference(keys.tag(int(found[1])), found[2])))
        return Number(e164) if e164 else None

    def check(self) -> None:
        """Raises Misconfigured, with what to do, when there is no key."""
        if not self._names:
            raise Misconfigured(
                "STOPWOORD_SECRET_KEY is not set: without it no number can be named in an address; make one with "
                '`python -c "import secrets; print(secrets.token_urlsafe(32))"`'
            )
