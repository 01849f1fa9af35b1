"""Campaigns in memory, with the semantics of the real store."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.campaign import Audience, Campaign
from app.domain.consent import State
from app.domain.number import Number
from app.domain.partition import PARTITIONS, partition_of
from app.domain.recipient import RecipientOutcome
from app.domain.replies import Language
from app.services.campaign_ports import (
    CampaignAudience,
    CampaignResults,
    Campaigns,
    Grant,
    Left,
    Speed,
    Throttle,
)
from tests.fakes.memory_recipients import Line, MemoryRecipients


@dataclass
class MemoryCampaigns(MemoryRecipients, Campaigns, CampaignAudience, CampaignResults, Throttle):
    """All ports about campaigns on dictionaries."""

    tags: defaultdict[str, set[Number]] = field(default_factory=lambda: defaultdict(set))
    speeds: dict[str, Speed] = field(default_factory=dict)
    _all: dict[str, Campaign] = field(default_factory=dict)
    _restless: set[str] = field(default_factory=set)
    _frozen: set[tuple[str, int]] = field(default_factory=set)
    _waits: dict[str, str] = field(default_factory=dict)

    def load(self, campaign: str) -> Campaign | None:
        return self._all.get(campaign)

    def save(self, campaign: Campaign, *, rests: bool) -> bool:
        with self._lock:
            there = self._all.get(campaign.id)
            if (there.version if there else 0) != campaign.version - 1:
                return False
            self._all[campaign.id] = campaign
            (self._restless.discard if rests else self._restless.add)(campaign.id)
            return True

    def every(self) -> Sequence[Campaign]:
        return sorted(self._all.values(), key=lambda each: (each.created, each.id), reverse=True)

    def restless(self) -> Sequence[Campaign]:
        return [each for each in reversed(self.every()) if each.id in self._restless]

    def note_wait(self, campaign: str, reason: str) -> None:
        self._waits[campaign] = reason

    def waits(self, campaign: str) -> str:
        return self._waits.get(campaign, "")

    def count(self, audience: Audience, default: Language) -> int:
        return len(self._members(audience, default))

    def _members(self, audience: Audience, default: Language) -> set[Number]:
        found = self.store.numbers(State.SUBSCRIBED)
        for tag in audience.tags:
            found &= self.tags[tag]
        records = {number: self.store.load(number) for number in found}
        return {number for number, r in records.items() if audience.has(r.language or default, r.since)}

    def freeze(self, campaign: Campaign, partition: int, due: datetime, default: Language) -> bool:
        with self._lock:
            if (campaign.id, partition) in self._frozen:
                return False
            self._frozen.add((campaign.id, partition))
            begun, asks = campaign.started_at, campaign.audience.asks_records
            for number in self._members(campaign.audience, default):
                since = self.store.load(number).since
                late = asks and begun is not None and since is not None and since > begun
                if partition_of(number) == partition and not late:
                    self._lines[campaign.id, number] = Line("todo", due)
                    self._counts[campaign.id]["frozen"] += 1
            return True

    def is_frozen(self, campaign: str) -> bool:
        return sum(one == campaign for one, _ in self._frozen) == PARTITIONS

    def close(self, campaign: str) -> None:
        with self._lock:
            self._frozen |= {(campaign, partition) for partition in range(PARTITIONS)}

    def arm(self, campaign: Campaign) -> None:
        self._armed[campaign.id] = campaign.version

    def disarm(self, campaign: str) -> None:
        self._armed.pop(campaign, None)

    def left(self, campaign: str) -> Left:
        states = Counter(line.state for (c, _), line in self._lines.items() if c == campaign)
        return Left(states["todo"], states["claimed"], states["unknown"])

    def due(self, campaign: str, now: datetime) -> int:
        return len(self._in("todo", campaign, now))

    def next_due(self, campaign: str) -> datetime | None:
        waiting = [ln.when for (c, _), ln in self._lines.items() if (c, ln.state) == (campaign, "todo")]
        return min(waiting, default=None)

    def counts(self, campaign: str) -> Mapping[str, int]:
        return Counter(self._counts[campaign])

    def outcome_of(self, campaign: str, number: Number) -> RecipientOutcome | str:
        if found := self._outcomes.get((campaign, number)):
            return found
        line = self._lines.get((campaign, number))
        names = {"todo": "waiting", "claimed": "being sent", "unknown": "unknown"}
        return names[line.state] if line else ""

    def messages(self, campaign: str, numbers: Sequence[Number]) -> Sequence[str]:
        found = [self._outcomes.get((campaign, number)) for number in numbers]
        return [outcome.message if outcome else "" for outcome in found]

    def outcomes(self, campaign: str) -> Iterator[tuple[Number, RecipientOutcome]]:
        yield from [(number, found) for (c, number), found in self._outcomes.items() if c == campaign]

    def take(self, sender: str, segments: Sequence[int], now: datetime) -> Grant:  # noqa: ARG002 - the port's
        return Grant(len(segments))

    def slow_down(self, sender: str, now: datetime) -> None:
        """There is no rate to slow down."""

    def look(self, sender: str, now: datetime) -> Speed:  # noqa: ARG002 - the port's
        return self.speeds.get(sender, Speed(10, 10))
