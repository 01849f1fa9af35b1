"""Whom an audience may mean, whatever their consent, and the texts that they had: for looking, not for sending."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, cast

import redis

from app.domain.number import Number
from app.store import codec, keys
from app.store.connection import truthful

PAGE: Final = 500


class RedisReach:
    """The port Reach on a Redis or Valkey server. While the store grows, somebody may be met twice."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def everybody(self, tags: frozenset[str]) -> Iterator[Sequence[Number]]:
        members = self._tagged(sorted(tags)) if tags else self._records()
        while page := self._page(members):
            yield page

    @truthful
    def _page(self, members: Iterator[str]) -> list[Number]:
        return [Number(member) for member in dict.fromkeys(islice(members, PAGE))]

    def _records(self) -> Iterator[str]:
        for key in self._client.scan_iter(match=keys.EVERY_RECORD, count=PAGE):
            yield keys.number_in(key)

    def _tagged(self, tags: Sequence[str]) -> Iterator[str]:
        first, *others = tags
        for place in keys.every_tag():
            members = self._client.sscan_iter(keys.tagged(place, first), count=PAGE)
            while page := list(islice(members, PAGE)):
                for other in others:
                    answers = cast("list[int]", self._client.smismember(keys.tagged(place, other), page))
                    page = [member for member, there in zip(page, answers, strict=True) if there]
                    if not page:
                        break
                yield from page

    @truthful
    def erased(self) -> int:
        return sum(1 for _ in self._client.scan_iter(match=keys.EVERY_OBJECTION, count=PAGE))

    @truthful
    def last_texts(self, numbers: Sequence[Number]) -> Sequence[Sequence[datetime]]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.zrange(keys.NumberKeys(number).sends, 0, -1, withscores=True)
        found = cast("list[list[tuple[str, float]]]", pipe.execute())
        return [[codec.from_ms(score) for _, score in sends] for sends in found]
