"""Recipients of campaigns in memory, with the semantics of the real store."""

import secrets
import threading
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.campaign import Campaign, CampaignRef, Cap, campaign_ref
from app.domain.campaign_counts import failed_with, segments_to
from app.domain.consent import State
from app.domain.number import Number
from app.domain.outbox import Fate
from app.domain.partition import partition_of
from app.domain.quiet_hours import WaitUntil
from app.domain.recipient import Draft, Ending, Reason, RecipientOutcome
from app.domain.region import region_of
from app.domain.status import StatusReport
from app.domain.waiting import capped, waiting
from app.services.campaign_ports import (
    CampaignFates,
    CampaignRows,
    Claims,
    Recipient,
    RowClaim,
    RowSettlement,
)
from app.services.ports import Settled
from tests.fakes.memory_store import MemoryStore

Key = tuple[str, Number]


@dataclass
class Line:
    """One recipient. `when`: due time, end of the lease, or the moment to ask, by `state`."""

    state: str
    when: datetime
    claim: RowClaim | None = None
    attempts: int = 0
    since: datetime | None = None


@dataclass
class MemoryRecipients(CampaignRows, CampaignFates):
    """The ports CampaignRows and CampaignFates on dictionaries. One lock makes each method a single step."""

    store: MemoryStore
    sends: defaultdict[Number, dict[str, datetime]] = field(default_factory=lambda: defaultdict(dict))
    _armed: dict[str, int] = field(default_factory=dict)
    _lines: dict[Key, Line] = field(default_factory=dict)
    _outcomes: dict[Key, RecipientOutcome] = field(default_factory=dict)
    _counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _seen: set[str] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def peek(self, campaign: str, partitions: Sequence[int], now: datetime, most: int) -> Sequence[Recipient]:
        due = Counter[int]()
        found = []
        for number in self._in("todo", campaign, now):
            partition = partition_of(number)
            if partition in partitions and due[partition] < most:
                due[partition] += 1
                found.append(Recipient(number, self.store.load(number).language))
        return found

    def _in(self, state: str, campaign: str, now: datetime) -> list[Number]:
        lines = [
            (line.when, n) for (c, n), line in self._lines.items() if (c, line.state) == (campaign, state)
        ]
        return [number for when, number in sorted(lines) if when <= now]

    def postpone(self, campaign: str, whom: Sequence[tuple[Number, WaitUntil]]) -> None:
        with self._lock:
            for number, hours in whom:
                line = self._lines.get((campaign, number))
                if line and line.state == "todo" and line.when != hours.when:
                    line.when = hours.when
                    self._counts[campaign].update(["waited:hours", waiting(hours)])

    def skip(self, campaign: str, whom: Sequence[Number], reason: Reason, now: datetime) -> int:
        with self._lock:
            waiting = [n for n in whom if (line := self._lines.get((campaign, n))) and line.state == "todo"]
            for number in waiting:
                self._end((campaign, number), RecipientOutcome(Ending.SKIPPED, now, reason))
            return len(waiting)

    def _end(self, key: Key, outcome: RecipientOutcome) -> None:
        del self._lines[key]
        self._outcomes[key] = outcome
        counts = self._counts[key[0]]
        counts[outcome.ending] += 1
        if outcome.reason:
            counts[f"{outcome.ending}:{outcome.reason}"] += 1
        if outcome.ending is Ending.SENT:
            counts["segments"] += outcome.segments
            counts[segments_to(region_of(key[1]))] += outcome.segments
        self._count_code(key[0], None, outcome)

    def _count_code(self, campaign: str, before: RecipientOutcome | None, after: RecipientOutcome) -> None:
        was, now = failed_with(before), failed_with(after)
        if now != was:
            self._counts[campaign].update({name: 1 for name in [now] if name})
            self._counts[campaign].subtract({name: 1 for name in [was] if name})

    def claim(
        self, campaign: Campaign, drafts: Sequence[Draft], caps: Sequence[Cap], now: datetime, lease: float
    ) -> Claims:
        taken, refused = [], Counter[str]()
        for draft in drafts:
            with self._lock:
                answer = self._claim(campaign, draft, caps, now, lease)
            if isinstance(answer, RowClaim):
                taken.append(answer)
            else:
                refused[answer] += 1
        return Claims(taken, refused["skipped"], refused["later"], refused["gone"], refused["stopped"] > 0)

    def _claim(
        self, campaign: Campaign, draft: Draft, caps: Sequence[Cap], now: datetime, lease: float
    ) -> RowClaim | str:
        key = campaign.id, draft.number
        if self._armed.get(campaign.id) != campaign.version:
            return "stopped"
        line = self._lines.get(key)
        if line is None or line.state != "todo" or line.when > now:
            return "gone"
        record = self.store.load(draft.number)
        free = self._free(draft.number, (*caps, *draft.caps))
        reason = None
        if record.state is not State.SUBSCRIBED:
            reason = Reason(record.state) if record.version else Reason.ERASED
            reason = Reason.GONE if record.gone else reason
        elif campaign.ends_at and now >= campaign.ends_at:
            reason = Reason.TOO_LATE
        elif free and free > now and campaign.ends_at and free >= campaign.ends_at:
            reason = Reason.CAPPED
        if reason:
            self._end(key, RecipientOutcome(Ending.SKIPPED, now, reason))
            return "skipped"
        if free and free > now:
            line.when = free
            self._counts[campaign.id].update(["waited:capped", capped(free)])
            return "later"
        token = secrets.token_hex(8)
        line.attempts, line.since = line.attempts + 1, line.since or now
        line.state, line.when = "claimed", now + timedelta(seconds=lease)
        self.sends[draft.number][campaign.id] = now
        ref = campaign_ref(campaign.id, token)
        line.claim = RowClaim(campaign.id, draft, token, line.attempts, line.since, ref)
        return line.claim

    def _free(self, number: Number, caps: Sequence[Cap]) -> datetime | None:
        newest = sorted(self.sends[number].values(), reverse=True)
        return max(
            (newest[cap.most - 1] + cap.within for cap in caps if len(newest) >= cap.most), default=None
        )

    def settle(self, settled: Sequence[tuple[RowClaim, RowSettlement]]) -> Sequence[Settled]:
        return [self._settle(claim, settlement) for claim, settlement in settled]

    def _settle(self, claim: RowClaim, settlement: RowSettlement) -> Settled:
        key, fate = (claim.campaign, claim.draft.number), settlement.fate
        with self._lock:
            line = self._lines.get(key)
            if line is None or line.state == "todo" or not line.claim or line.claim.token != claim.token:
                known = self._outcomes.get(key)
                same = bool(settlement.message) and known is not None and known.message == settlement.message
                return Settled.SAME if same else Settled.LOST
            if fate is Fate.SENT and settlement.message in self._seen:
                return Settled.TAKEN
            if fate in {Fate.AGAIN, Fate.UNKNOWN}:
                assert settlement.when is not None
                line.state, line.when = ("todo" if fate is Fate.AGAIN else "unknown"), settlement.when
                self._counts[claim.campaign][fate] += 1
            if fate in {Fate.AGAIN, Fate.FAILED}:
                self.sends[claim.draft.number].pop(claim.campaign, None)
            if fate is Fate.FAILED:
                at, reason, code = settlement.at, settlement.reason, settlement.code
                self._end(key, RecipientOutcome(Ending.FAILED, at, reason, code=code))
            if fate is Fate.SENT:
                self._sent(key, claim.draft.segments, settlement.message, settlement.at)
            return Settled.DONE

    def _sent(self, key: Key, segments: int, message: str, at: datetime) -> None:
        self._seen.add(message)
        self._end(key, RecipientOutcome(Ending.SENT, at, segments=segments, message=message))

    def forget(self, number: Number) -> None:
        """Take somebody out of every campaign; whoever had no outcome is counted, and not by name."""
        with self._lock:
            self.sends.pop(number, None)
            for key in [key for key in (*self._lines, *self._outcomes) if key[1] == number]:
                self._outcomes.pop(key, None)
                if self._lines.pop(key, None):
                    self._counts[key[0]].update(["skipped", "skipped:erased"])

    def expire_leases(self, campaign: str, now: datetime, grace: float) -> int:
        with self._lock:
            ended = self._in("claimed", campaign, now)
            for number in ended:
                line = self._lines[campaign, number]
                line.state, line.when = "unknown", now + timedelta(seconds=grace)
            return len(ended)

    def unknowns(self, campaign: str, now: datetime, most: int) -> Sequence[RowClaim]:
        lines = [self._lines[campaign, number] for number in self._in("unknown", campaign, now)[:most]]
        return [line.claim for line in lines if line.claim]

    def report(self, report: StatusReport) -> bool:
        if not isinstance(report.ref, CampaignRef) or report.number is None or report.rank is None:
            return False
        key = report.ref.campaign, report.number
        with self._lock:
            line = self._lines.get(key)
            if line is not None and line.claim is not None and report.message not in self._seen:
                self._sent(key, line.claim.draft.segments, report.message, report.at)
                self.sends[report.number].setdefault(report.ref.campaign, report.at)
            before = self._outcomes.get(key)
            after = before.told(report) if before else None
            if before is None or after is None:
                return False
            self._outcomes[key] = after
            self._count_code(report.ref.campaign, before, after)
            counts = self._counts[report.ref.campaign]
            if after.counted_as and after.counted_as != before.counted_as:
                counts[after.counted_as] += 1
                if before.counted_as:
                    counts[before.counted_as] -= 1
            return True
