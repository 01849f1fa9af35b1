"""Whom an audience may mean, whatever their consent, and what decides about their text: to look at, not to send."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, cast

import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.domain.quiet_hours import particulars_that_decide
from app.services.reach_ports import Alike, Met
from app.store import codec, keys
from app.store.alike import Reading, alike_of
from app.store.connection import truthful
from app.store.consents import RedisConsents
from app.store.profiles import RedisProfiles
from app.store.scripts import script

# The script of a partition has some 40 of so many people, so that nobody else waits long for the server.
PAGE: Final = 5000
# The server looks at so many keys in one go; of those of a number one is its record.
LOOK_AT: Final = 2000
# Campaigns ask for the same fields again and again.
READINGS: Final = 16


class RedisReach:
    """The port Reach on a Redis or Valkey server. While the store grows, somebody may be met twice."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._consents, self._profiles = RedisConsents(client), RedisProfiles(client)
        self._meet = script(client, "meet", when_full=True)
        self._reading = lru_cache(READINGS)(Reading)

    def everybody(self, tags: frozenset[str]) -> Iterator[Sequence[Number]]:
        members = self._tagged(sorted(tags)) if tags else self._records()
        while page := self._page(members):
            yield page

    @truthful
    def _page(self, members: Iterator[str]) -> list[Number]:
        return [Number(member) for member in dict.fromkeys(islice(members, PAGE))]

    def _records(self) -> Iterator[str]:
        for key in self._client.scan_iter(match=keys.EVERY_RECORD, count=LOOK_AT):
            yield keys.number_in(key)

    def _tagged(self, tags: Sequence[str]) -> Iterator[str]:
        first, *others = tags
        for place in keys.every_tag():
            members = self._client.sscan_iter(keys.tagged(place, first), count=LOOK_AT)
            while page := list(islice(members, LOOK_AT)):
                for other in others:
                    answers = cast("list[int]", self._client.smismember(keys.tagged(place, other), page))
                    page = [member for member, there in zip(page, answers, strict=True) if there]
                    if not page:
                        break
                yield from page

    @truthful
    def meet(self, numbers: Sequence[Number], fields: Collection[str]) -> Sequence[Met]:
        alikes: list[Alike | None] = [None] * len(numbers)
        moments: list[tuple[str, str]] = [("", "")] * len(numbers)
        for reading, places, found in self._ask(numbers, frozenset(fields)):
            three = zip(places, found[::3], found[1::3], found[2::3], strict=True)
            for place, lines, since, sent in three:
                alikes[place], moments[place] = reading.alike(lines), (since, sent)
        odd = [place for place, alike in enumerate(alikes) if alike is None]
        closely = dict(zip(odd, self._look_closely([numbers[place] for place in odd]), strict=True))
        return [
            _met(number, alike or closely[place], *moments[place])
            for place, (number, alike) in enumerate(zip(numbers, alikes, strict=True))
        ]

    def _ask(
        self, numbers: Sequence[Number], fields: frozenset[str]
    ) -> Iterator[tuple[Reading, Sequence[int], Sequence[str]]]:
        """What the script finds of those who are in one partition and of whom the same is asked, and their places."""
        together: defaultdict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
        for place, number in enumerate(numbers):
            together[partition_of(number), particulars_that_decide(number)].append(place)
        pipe, readings = self._client.pipeline(transaction=False), []
        for (partition, particulars), places in together.items():
            names = [keys.NumberKeys(numbers[place], partition) for place in places]
            three = [name for of in names for name in (of.record, of.profile, of.sends)]
            reading = self._reading(fields.union(particulars))
            self._meet(client=pipe, keys=three, args=reading.asked)
            readings.append(reading)
        return zip(readings, together.values(), pipe.execute(), strict=True)

    def _look_closely(self, numbers: Sequence[Number]) -> list[Alike]:
        """The same of those few with whom something is unusual."""
        if not numbers:
            return []
        records, profiles = self._consents.load_readable(numbers), self._profiles.load_readable(numbers)
        return [alike_of(*both) for both in zip(records, profiles, strict=True)]

    @truthful
    def erased(self) -> int:
        return sum(1 for _ in self._client.scan_iter(match=keys.EVERY_OBJECTION, count=LOOK_AT))


def _met(number: Number, alike: Alike, since: str, sent: str) -> Met:
    return Met(
        number,
        alike,
        codec.from_ms(since) if since and alike.record else None,
        [codec.from_ms(time) for time in sent.split(",")] if sent else (),
    )
