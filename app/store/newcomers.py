"""People of whom nothing is kept yet, in Redis: one script takes in all of a partition."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, cast

import redis

from app.domain.consent import Record, State
from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.profile import Profile
from app.services.audience_ports import Newcomer, TakeIn
from app.store import codec, keys
from app.store.connection import truthful
from app.store.objections import Objections
from app.store.profiles import FieldNames, profile_fields
from app.store.replicated import pipeline, replicated
from app.store.scripts import script

# People in one exchange, until there are so many, and in one script, which cannot take many more.
MOST: Final = 1000


@dataclass(slots=True)
class _Partition:
    """What the script hears of the people of one partition, in its order. `places`: theirs among all people."""

    places: list[int] = field(default_factory=list)
    tags: dict[str, int] = field(default_factory=dict)
    endings_keys: list[str] = field(default_factory=list)
    kept_keys: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)
    each: list[str | int] = field(default_factory=list)

    def add_profile(self, profile: Profile) -> None:
        """To `each`, after what else there is of the person."""
        if not profile.says_something:
            self.each += (0, 0)
            return
        tags = [self.tags.setdefault(tag, len(self.tags) + 1) for tag in profile.tags]
        values = profile_fields(profile, version=1)
        self.each += (len(tags), *tags, len(values), *values)


@dataclass(slots=True)
class _Exchange:
    """What is sent at once, and waits for the disk once: no longer than others can wait for the store meanwhile."""

    pipe: redis.client.Pipeline
    places: list[int] = field(default_factory=list)


class RedisNewcomers:
    """The port Newcomers on a Redis or Valkey server."""

    def __init__(
        self, client: redis.Redis, min_replicas: int = 0, objections: Objections | None = None
    ) -> None:
        self._client = client
        self._objections = objections or Objections(b"")
        self._min_replicas = min_replicas
        self._names = FieldNames(client)
        self._take_in = script(client, "take_in", when_full=False)

    @truthful
    def prepare(self, record: Record, proof: Evidence, people: Sequence[Newcomer]) -> TakeIn:
        if record.state is not State.SUBSCRIBED:
            raise ValueError("whoever is taken in is subscribed")
        fields = codec.record_fields(record)
        alike = [keys.day_field(proof.at.date(), keys.JOINED), len(fields), *fields]
        exchanges: list[_Exchange] = []
        for tag, partition in self._partitions(proof, people):
            if not exchanges or len(exchanges[-1].places) >= MOST:
                exchanges.append(_Exchange(pipeline(self._client, self._min_replicas)))
            self._call(exchanges[-1].pipe, alike, tag, partition)
            exchanges[-1].places += partition.places
        names = {name for _, _, profile in people if profile.fields for name in profile.fields}
        return truthful(lambda: self._take_in_all(exchanges, names))

    def _take_in_all(self, exchanges: Sequence[_Exchange], field_names: set[str]) -> Sequence[bool]:
        # First, so that an interruption forgets none: done again, these people are newcomers no more.
        self._names.add(field_names)
        taken: dict[int, int] = {}
        for exchange in exchanges:
            answers = cast("list[list[int]]", replicated(exchange.pipe, self._min_replicas))
            taken.update(zip(exchange.places, chain.from_iterable(answers), strict=True))
        return [taken[place] == 1 for place in range(len(taken))]

    def _partitions(self, alike: Evidence, people: Sequence[Newcomer]) -> list[tuple[str, _Partition]]:
        """With their tags; a number that stands twice is earlier where it stands first."""
        full: list[tuple[str, _Partition]] = []
        found: dict[str, _Partition] = defaultdict(_Partition)
        proofs = codec.evidence_texts(alike, [own for _, own, _ in people])
        for place, ((number, own, profile), proof) in enumerate(zip(people, proofs, strict=True)):
            names = keys.NumberKeys(number)
            tag, partition = names.tag, found[names.tag]
            partition.places.append(place)
            partition.endings_keys.append(keys.endings(tag, number))
            partition.kept_keys += (names.record, names.evidence, names.profile, self._objection(tag, number))
            partition.numbers.append(number.e164)
            partition.marks.append(keys.mark(own.message))
            partition.each += (proof, keys.beginning(number))
            partition.add_profile(profile)
            if len(partition.places) == MOST:
                full.append((tag, found.pop(tag)))
        return [*full, *found.items()]

    def _objection(self, tag: str, number: Number) -> str:
        return keys.gone(tag, self._objections.name(number)) if self._objections else f"{tag}:none"

    def _call(
        self, pipe: redis.client.Pipeline, alike: list[str | int], tag: str, partition: _Partition
    ) -> None:
        sets = [keys.tagged(tag, name) for name in partition.tags]
        self._take_in(
            client=pipe,
            keys=[
                *(keys.subscribers(tag), keys.seen(tag), keys.days(tag), keys.told(tag), *sets),
                *(*partition.endings_keys, *partition.kept_keys),
            ],
            args=[
                *(len(partition.places), len(sets), *alike),
                *(*partition.numbers, *partition.marks, *partition.each),
            ],
        )
