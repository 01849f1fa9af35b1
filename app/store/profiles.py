"""Profiles in Redis: a hash for each person of whom something is known, and a set for each tag of a partition."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

import redis

from app.domain.number import Number
from app.domain.profile import NO_FIELDS, Profile
from app.services.audience_ports import ProfileChange, Saved
from app.store import codec, keys
from app.store.connection import truthful
from app.store.readable import readable
from app.store.scripts import script

_PLAIN: Final = ("first_name", "last_name", "postcode", "state")
OWN: Final = "f."


class FieldNames:
    """Which fields of one's own there are. They are nobody's, so they stand outside the partitions."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._added: set[str] = set()

    def add(self, names: set[str]) -> None:
        """Remember them."""
        if new := names - self._added:
            self._client.sadd(keys.FIELD_NAMES, *new)
            self._added |= new


class RedisProfiles:
    """The port Profiles on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._save = script(client, "profile", when_full=False)
        self._names = FieldNames(client)

    def load(self, number: Number) -> Profile:
        return self.load_many([number])[0]

    @truthful
    def load_many(self, numbers: Sequence[Number]) -> Sequence[Profile]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.hgetall(keys.NumberKeys(number).profile)
        return [profile_from(fields) for fields in cast("list[dict[str, str]]", pipe.execute())]

    @truthful
    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.hgetall(keys.NumberKeys(number).profile)
        return readable(pipe, profile_from)

    @truthful
    def field_names(self) -> frozenset[str]:
        return frozenset(cast("set[str]", self._client.smembers(keys.FIELD_NAMES)))

    @truthful
    def save(self, changes: Sequence[ProfileChange]) -> Sequence[Saved]:
        pipe = self._client.pipeline(transaction=True)  # one write to disk for all of them
        for change in changes:
            names, before, after = keys.NumberKeys(change.number), change.before, change.after
            join, leave = sorted(after.tags - before.tags), sorted(before.tags - after.tags)
            self._save(
                keys=[
                    *(names.record, names.profile),
                    *(keys.tagged(names.tag, name) for name in [*join, *leave]),
                ],
                args=[before.version, change.number.e164, len(join), *profile_fields(after, after.version)],
                client=pipe,
            )
        saved = [Saved(answer) for answer in cast("list[str]", pipe.execute())]
        self._names.add({name for change in changes for name in change.after.fields})
        return saved


def profile_fields(profile: Profile, version: int) -> list[str | int]:
    """Name, value, name, value … of what is known."""
    fields: list[str | int] = ["v", version]
    if profile.at is not None:
        fields += ["at", codec.to_ms(profile.at)]
    for name in _PLAIN:
        if value := getattr(profile, name):
            fields += [name, value]
    if profile.zone:
        fields += ["tz", profile.zone]
    if profile.tags:
        fields += ["tags", ",".join(sorted(profile.tags))]
    for name, value in profile.fields.items():
        fields += [OWN + name, value]
    return fields


def profile_from(fields: Mapping[str, str]) -> Profile:
    """Raises ValueError or KeyError for what no profile can be."""
    if not fields:
        return Profile()
    own = {name[len(OWN) :]: value for name, value in fields.items() if name.startswith(OWN)}
    return Profile(
        first_name=fields.get("first_name", ""),
        last_name=fields.get("last_name", ""),
        zone=fields.get("tz"),
        postcode=fields.get("postcode", ""),
        state=fields.get("state", ""),
        tags=frozenset(fields["tags"].split(",")) if "tags" in fields else frozenset(),
        fields=own or NO_FIELDS,
        at=codec.from_ms(fields["at"]) if "at" in fields else None,
        version=int(fields["v"]),
    )
