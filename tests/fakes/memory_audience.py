"""The audience in memory, with the semantics of the real store."""

from collections.abc import Iterator, Sequence

from app.domain.consent import State
from app.domain.number import Number
from app.services.audience_ports import Audience
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_store import MemoryStore


class MemoryAudience(Audience):
    """The port Audience on the other stores in memory."""

    def __init__(self, store: MemoryStore, profiles: MemoryProfiles) -> None:
        self._store, self._profiles = store, profiles

    def count(self, tag: str) -> int:
        return len(self._numbers(tag))

    def subscribed(self, tag: str) -> Iterator[Sequence[Number]]:
        yield from ([number] for number in sorted(self._numbers(tag)))

    def _numbers(self, tag: str) -> set[Number]:
        subscribed = self._store.numbers(State.SUBSCRIBED)
        return subscribed & self._profiles.with_tag(tag) if tag else subscribed
