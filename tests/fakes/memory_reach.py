"""Whom an audience may mean, in memory, with the semantics of the real store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.consent import State
from app.domain.number import Number
from app.services.campaign_ports import Reach
from tests.fakes.memory_campaigns import MemoryCampaigns


@dataclass
class MemoryReach(Reach):
    """The port Reach on the other stores in memory."""

    campaigns: MemoryCampaigns

    def everybody(self, tags: frozenset[str]) -> Iterator[Sequence[Number]]:
        store = self.campaigns.store
        found = {number for state in State for number in store.numbers(state)}
        for tag in tags:
            found &= self.campaigns.tags[tag]
        for number in sorted(found, key=lambda each: each.e164):
            yield [number]

    def erased(self) -> int:
        return len(self.campaigns.store.objections)

    def last_texts(self, numbers: Sequence[Number]) -> Sequence[Sequence[datetime]]:
        return [sorted(self.campaigns.sends[number].values()) for number in numbers]
