"""What the support desk needs, in memory, with the semantics of the real store."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.status import Delivery
from app.services.care_ports import (
    CareEntry,
    CareLog,
    Deliveries,
    Directory,
    Movements,
    Moves,
    ProviderErrors,
)
from tests.fakes.memory_store import MemoryStore


@dataclass
class MemoryCareLog(CareLog):
    """The port CareLog in a dictionary."""

    kept: dict[Number, list[CareEntry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: Number, entry: CareEntry) -> None:
        self.kept[number].append(entry)

    def of(self, number: Number) -> Sequence[CareEntry]:
        return list(self.kept[number])


@dataclass
class MemoryDeliveries(Deliveries):
    """The port Deliveries on the other store in memory."""

    store: MemoryStore

    def of(self, evidence: Sequence[Evidence]) -> Mapping[str, Delivery]:
        found = {entry.row: self.store.delivery_of(entry.row) for entry in evidence if entry.row}
        return {row: delivery for row, delivery in found.items() if delivery}


@dataclass
class MemoryDirectory(Directory):
    """The port Directory on the other store in memory."""

    store: MemoryStore

    def ending_with(self, digits: str) -> Sequence[Number]:
        return sorted(number for number in self.store.everybody() if number.e164.endswith(digits))


@dataclass
class MemoryMovements(Movements):
    """The port Movements, counted from the evidence."""

    store: MemoryStore

    def on(self, days: Sequence[date]) -> Mapping[date, Moves]:
        moved = [
            (entry.at.date(), entry.after)
            for evidence in self.store.everybody().values()
            for entry in evidence
            if entry.before != entry.after
        ]
        return {day: Moves(moved.count((day, "subscribed")), moved.count((day, "opted_out"))) for day in days}


@dataclass
class MemoryProviderErrors(ProviderErrors):
    """The port ProviderErrors in a counter."""

    counted: Counter[tuple[date, int]] = field(default_factory=Counter)

    def count(self, code: int, at: datetime) -> None:
        self.counted[at.date(), code] += 1

    def on(self, days: Sequence[date]) -> Mapping[int, int]:
        counts = Counter[int]()
        for (day, code), times in self.counted.items():
            if day in days:
                counts[code] += times
        return counts
