"""The support desk's own in Redis: notes with the person, numbers by their ending, and what is counted by day."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, cast

import redis

from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.status import Delivery
from app.services.care_ports import Care, CareEntry, Moves
from app.store import codec, keys
from app.store.connection import truthful
from app.store.everywhere import everywhere

ERRORS_KEPT: Final = timedelta(days=90)
# So many members of a set are looked at before the store answers somebody else.
AT_A_TIME: Final = 1000


class RedisCareLog:
    """The port CareLog on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def add(self, number: Number, entry: CareEntry) -> None:
        text = json.dumps([codec.to_ms(entry.at), entry.what, entry.actor, entry.words], ensure_ascii=False)
        self._client.rpush(keys.NumberKeys(number).care, text)

    @truthful
    def of(self, number: Number) -> Sequence[CareEntry]:
        found = cast("list[str]", self._client.lrange(keys.NumberKeys(number).care, 0, -1))
        rows = [json.loads(text) for text in found]
        return [CareEntry(codec.from_ms(at), Care(what), actor, words) for at, what, actor, words in rows]


class RedisDeliveries:
    """The port Deliveries likewise: a finished row is kept for a time."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def of(self, evidence: Sequence[Evidence]) -> Mapping[str, Delivery]:
        refs = [RowRef(entry.row) for entry in evidence if entry.row]
        pipe = self._client.pipeline(transaction=False)
        for ref in refs:
            pipe.hmget(keys.row(ref), "status", "code")
        found = zip(refs, cast("list[list[str | None]]", pipe.execute()), strict=True)
        return {ref.text: Delivery(status, int(code or 0)) for ref, (status, code) in found if status}


class RedisDirectory:
    """The port Directory likewise: the store looks through a small part of every partition."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def ending_with(self, digits: str) -> Sequence[Number]:
        last, alike = digits[-keys.ENDING :], f"*{digits[: -keys.ENDING]}"
        found: set[str] = set()
        cursors = dict.fromkeys(keys.every_tag(), 0)
        while cursors:
            pipe = self._client.pipeline(transaction=False)
            for tag, cursor in cursors.items():
                pipe.sscan(keys.ending_with(tag, last), cursor, alike, AT_A_TIME)
            answers = dict(zip(cursors, cast("list[tuple[int, list[str]]]", pipe.execute()), strict=True))
            found.update(f"+{beginning}{last}" for _, some in answers.values() for beginning in some)
            cursors = {tag: cursor for tag, (cursor, _) in answers.items() if cursor}
        return [Number(number) for number in sorted(found)]


class RedisMovements:
    """The port Movements likewise."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def on(self, days: Sequence[date]) -> Mapping[date, Moves]:
        names = [keys.day_field(day, what) for day in days for what in (keys.JOINED, keys.LEFT)]
        found = everywhere(self._client, lambda pipe, tag: pipe.hmget(keys.days(tag), names))
        counts = [sum(int(count or 0) for count in each) for each in zip(*found, strict=True)]
        return {day: Moves(*counts[2 * place : 2 * place + 2]) for place, day in enumerate(days)}


class RedisProviderErrors:
    """The port ProviderErrors likewise, in one small hash."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def count(self, code: int, at: datetime) -> None:
        field = keys.day_field(at.date(), str(code))
        if self._client.hincrby(keys.PROVIDER_ERRORS, field, 1) == 1:
            self._forget(keys.day_field(at.date() - ERRORS_KEPT, ""))

    def _forget(self, oldest: str) -> None:
        fields = cast("list[str]", self._client.hkeys(keys.PROVIDER_ERRORS))
        if old := [field for field in fields if field < oldest]:
            self._client.hdel(keys.PROVIDER_ERRORS, *old)

    @truthful
    def on(self, days: Sequence[date]) -> Mapping[int, int]:
        found = cast("dict[str, str]", self._client.hgetall(keys.PROVIDER_ERRORS))
        wanted, counts = {keys.day_field(day, "") for day in days}, Counter[int]()
        for field, times in found.items():
            day, colon, code = field.partition(":")
            if day + colon in wanted:
                counts[int(code)] += int(times)
        return counts
