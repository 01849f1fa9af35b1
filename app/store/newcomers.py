"""People of whom nothing is kept yet, in Redis: one script takes in all of a partition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, cast

import redis

from app.domain.consent import Record, State
from app.domain.number import Number
from app.services.audience_ports import Newcomer, TakeIn
from app.store import codec, keys
from app.store.connection import truthful
from app.store.objections import Objections
from app.store.profiles import FieldNames, profile_fields
from app.store.replicated import pipeline, replicated
from app.store.scripts import script

MOST: Final = 1000


@dataclass(slots=True)
class _Partition:
    """The script's keys and arguments for the people of one partition. `places`: theirs among all people."""

    places: list[int] = field(default_factory=list)
    tags: dict[str, int] = field(default_factory=dict)
    endings: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    beginnings: list[str] = field(default_factory=list)
    profiles: list[str | int] = field(default_factory=list)

    def add(self, place: int, person: Newcomer, names: keys.NumberKeys, objection: str) -> None:
        number, proof, profile = person
        self.places.append(place)
        self.endings.append(keys.endings(names.tag, number))
        self.records.append(names.record)
        self.evidence.append(names.evidence)
        self.about.append(names.profile)
        self.objections.append(objection)
        self.numbers.append(number.e164)
        self.beginnings.append(keys.beginning(number))
        self.marks.append(keys.mark(proof.message))
        self.proofs.append(codec.evidence_text(proof))
        tags = [self.tags.setdefault(tag, len(self.tags) + 1) for tag in profile.tags]
        values = profile_fields(profile, version=1) if profile.says_something else ()
        self.profiles += (len(tags), *tags, len(values), *values)


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
    def prepare(self, record: Record, people: Sequence[Newcomer]) -> TakeIn:
        if record.state is not State.SUBSCRIBED:
            raise ValueError("whoever is taken in is subscribed")
        fields = codec.record_fields(record)
        day = keys.day_field(people[0].proof.at.date(), keys.JOINED) if people else ""
        alike: list[str | int] = [day, len(fields), *fields]
        pipe = pipeline(self._client, self._min_replicas)
        asked = []
        for start in range(0, len(people), MOST):
            for tag, one in self._partitions(people, range(start, min(start + MOST, len(people)))).items():
                self._call(pipe, alike, tag, one)
                asked.append(one.places)
        names = {name for person in people for name in person.profile.fields}
        return truthful(lambda: self._take_in_all(pipe, asked, names) if asked else [])

    def _take_in_all(
        self, pipe: redis.client.Pipeline, asked: Sequence[Sequence[int]], field_names: set[str]
    ) -> Sequence[bool]:
        # First, so that an interruption forgets none: done again, these people are newcomers no more.
        self._names.add(field_names)
        answers = cast("list[list[int]]", replicated(pipe, self._min_replicas))
        taken = dict(zip(chain.from_iterable(asked), chain.from_iterable(answers), strict=True))
        return [taken[place] == 1 for place in range(len(taken))]

    def _partitions(self, people: Sequence[Newcomer], places: range) -> dict[str, _Partition]:
        found: dict[str, _Partition] = {}
        for place in places:
            person = people[place]
            names = keys.NumberKeys(person.number)
            partition = found.get(names.tag)
            if partition is None:
                partition = found[names.tag] = _Partition()
            partition.add(place, person, names, self._objection(names.tag, person.number))
        return found

    def _objection(self, tag: str, number: Number) -> str:
        return keys.gone(tag, self._objections.name(number)) if self._objections else f"{tag}:none"

    def _call(
        self, pipe: redis.client.Pipeline, alike: list[str | int], tag: str, partition: _Partition
    ) -> None:
        sets = [keys.tagged(tag, name) for name in partition.tags]
        each: list[str | bytes] = [
            *partition.numbers,
            *partition.marks,
            *partition.proofs,
            *partition.beginnings,
        ]
        self._take_in(
            client=pipe,
            keys=[
                *(keys.subscribers(tag), keys.seen(tag), keys.days(tag), keys.told(tag), *sets),
                *(*partition.endings, *partition.records, *partition.evidence),
                *(*partition.about, *partition.objections),
            ],
            args=[len(partition.places), len(sets), *alike, *each, *partition.profiles],
        )
