"""Erasing in Redis: everything of a number goes in one step, and a keyed hash stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

import redis

from app.domain.errors import Misconfigured, StoreUnavailable
from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.signal import Signal
from app.store import codec, keys
from app.store.campaign_traces import campaign_traces
from app.store.changes import erased_text
from app.store.connection import truthful
from app.store.keyed_names import KeyedNames
from app.store.objections import Objections
from app.store.profiles import profile_from
from app.store.scripts import script

# In each round something else has changed; the person texts us, or a message to them is being sent.
ROUNDS: Final = 50
SCANNED_AT_ONCE: Final = 5000


@dataclass(frozen=True, slots=True)
class _Traces:
    """Where a person stands in the store, and the versions by which a later change is noticed."""

    version: str
    state: str
    evidence: Sequence[Evidence]
    profile_version: int
    tags: Sequence[str]
    members: Sequence[str]
    rows: Sequence[str]
    campaigns: Sequence[str]

    @property
    def marks(self) -> list[bytes]:
        """An import's name is a hash of what it stated, the number included, and no identifier of the provider's."""
        return [keys.mark(entry.message) for entry in self.evidence if entry.signal == Signal.IMPORT]


class RedisErasures:
    """The port Erasures on a Redis or Valkey server."""

    def __init__(
        self, client: redis.Redis, objections: Objections, references: KeyedNames | None = None
    ) -> None:
        self._client = client
        self._objections = objections
        self._names = references or KeyedNames(b"")
        self._erase = script(client, "erase", when_full=True)

    @truthful
    def check(self) -> None:
        proof = self._client.get(keys.ERASURE_KEY)
        if proof is not None and (not self._objections or proof != self._objections.proof()):
            raise Misconfigured(
                "STOPWOORD_ERASURE_KEY is not the key with which people were erased: set that one again, for "
                "without it nobody can see who they are"
            )

    @truthful
    def erased(self, numbers: Sequence[Number]) -> Sequence[bool]:
        if not self._objections:
            return [False] * len(numbers)
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.exists(self._objection(number))
        return [bool(found) for found in pipe.execute()]

    @truthful
    def erase(self, number: Number, because: str, at: datetime) -> bool:
        self._client.set(keys.ERASURE_KEY, self._objections.proof(), nx=True)
        self.check()
        found = False
        for _ in range(ROUNDS):
            traces = self._traces(number)
            found = found or traces.version != "0" or bool(traces.evidence or traces.campaigns)
            # A campaign may have written down its audience in between; once erased they are in none.
            if self._remove(number, traces, because, at) == "done" and not campaign_traces(
                self._client, number
            ):
                # Somebody may have looked them up in between; from now on nothing is written down for good.
                if late := self._references(keys.NumberKeys(number).tag, number):
                    self._client.delete(*late)
                return found
        raise StoreUnavailable("this number's record kept changing; try again")

    def _remove(self, number: Number, traces: _Traces, because: str, at: datetime) -> object:
        names = keys.NumberKeys(number)
        tag = names.tag
        stood: list[str | int | bytes] = [len(traces.members), keys.beginning(number)]
        stood += [self._told(number, traces, at), codec.to_ms(at), *traces.members]
        stood += traces.marks
        rows = [*traces.rows, names.care]
        versions = (traces.version, len(traces.evidence), traces.profile_version)
        return self._erase(
            keys=[
                *(names.record, names.evidence, names.profile, keys.subscribers(tag), keys.held(tag)),
                *(keys.pending(tag), keys.due(tag), keys.claimed(tag), keys.unknown(tag), keys.seen(tag)),
                *(self._objection(number), keys.endings(tag, number), keys.told(tag), keys.calls(tag)),
                *(keys.tagged(tag, name) for name in traces.tags),
                *(*rows, names.sends, *traces.campaigns),
            ],
            args=[*versions, number.e164, because, len(traces.tags), len(rows), *stood],
        )

    def _told(self, number: Number, traces: _Traces, at: datetime) -> str:
        """What endpoints are told of it, if there is anything to be told of."""
        known = bool(self._names) and traces.version != "0"
        return erased_text(number, self._names.name(number), traces.state, at) if known else ""

    def _objection(self, number: Number) -> str:
        return keys.gone(keys.NumberKeys(number).tag, self._objections.name(number))

    def _traces(self, number: Number) -> _Traces:
        names = keys.NumberKeys(number)
        version, state = cast("list[str | None]", self._client.hmget(names.record, "v", "state"))
        entries = cast("list[str]", self._client.lrange(names.evidence, 0, -1))
        profile = profile_from(cast("dict[str, str]", self._client.hgetall(names.profile)))
        evidence = [codec.evidence_from(entry) for entry in entries]
        members = self._members(names.tag, number)
        references = self._references(names.tag, number)
        open_rows = [keys.row(keys.from_member(member)[0]) for member in members]
        messages = {entry.message for entry in evidence if entry.message}
        return _Traces(
            version=version or "0",
            state=state or "",
            evidence=evidence,
            profile_version=profile.version,
            tags=sorted(profile.tags),
            members=members,
            rows=[*open_rows, *self._sent_rows(names.tag, messages), *references],
            campaigns=campaign_traces(self._client, number),
        )

    def _members(self, tag: str, number: Number) -> list[str]:
        """Their rows that are still owed, claimed or unknown."""
        waiting = (keys.due(tag), keys.claimed(tag), keys.unknown(tag))
        return sorted(
            {
                member
                for key in waiting
                for member, _ in self._client.zscan_iter(key, match=f"*:{number.e164}", count=SCANNED_AT_ONCE)
            }
        )

    def _sent_rows(self, tag: str, messages: set[str]) -> list[str]:
        """Rows of messages that reached them. A row does not hold the number, so all of the partition are looked at."""
        if not messages:
            return []
        rows = self._client.scan_iter(match=keys.every_row(tag), count=SCANNED_AT_ONCE)
        return [row for row in rows if self._client.hget(row, "sid") in messages]

    def _references(self, tag: str, number: Number) -> list[str]:
        """Their references, also those that were made with a key which has been changed since."""
        found = list(self._client.scan_iter(match=keys.every_reference(tag), count=SCANNED_AT_ONCE))
        numbers = self._client.mget(found) if found else []
        return [
            key
            for key, e164 in zip(found, cast("list[str | None]", numbers), strict=True)
            if e164 == number.e164
        ]
