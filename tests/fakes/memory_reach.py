"""Whom an audience may mean, in memory, with the semantics of the real store."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.consent import Record, State
from app.domain.number import Number
from app.domain.profile import Profile, profile_with, text_values
from app.domain.quiet_hours import particulars_that_decide
from app.services.reach_ports import Alike, Met, Reach
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_profiles import MemoryProfiles


@dataclass
class MemoryReach(Reach):
    """The port Reach on the other stores in memory."""

    campaigns: MemoryCampaigns
    profiles: MemoryProfiles
    _alike: dict[object, Alike] = field(default_factory=dict)

    def everybody(self, tags: frozenset[str]) -> Iterator[Sequence[Number]]:
        store = self.campaigns.store
        found = {number for state in State for number in store.numbers(state)}
        for tag in tags:
            found &= self.campaigns.tags[tag]
        for number in sorted(found, key=lambda each: each.e164):
            yield [number]

    def erased(self) -> int:
        return len(self.campaigns.store.objections)

    def meet(self, numbers: Sequence[Number], fields: Collection[str]) -> Sequence[Met]:
        records = self.campaigns.store.load_readable(numbers)
        profiles = self.profiles.load_readable(numbers)
        return [self._met(*one, fields) for one in zip(numbers, records, profiles, strict=True)]

    def _met(
        self, number: Number, record: Record | None, profile: Profile | None, fields: Collection[str]
    ) -> Met:
        known = record and Record(
            record.state, source=record.source, language=record.language, gone=record.gone
        )
        asked = {*fields, *particulars_that_decide(number)}
        values = {name: value for name, value in text_values(profile or Profile()).items() if name in asked}
        about = profile and replace(profile_with(values), zone=profile.zone)
        alike = self._alike.setdefault(
            (known, about is None, about and about.zone, *sorted(values.items())), Alike(known, about)
        )
        sent = sorted(self.campaigns.sends[number].values())
        return Met(number, alike, record.since if record else None, sent)
