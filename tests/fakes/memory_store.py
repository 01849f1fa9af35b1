"""Consent and outbox in memory, with the semantics of the real store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.consent import Decision, Record, State
from app.domain.erasure import OBJECTIONS, Objection
from app.domain.evidence import Evidence
from app.domain.number import Number
from app.domain.outbox import Debt
from app.domain.partition import partition_of
from app.services.ports import Commit, Committed, Consents, Proposal
from tests.fakes.memory_outbox import MemoryOutbox, Row


class MemoryStore(MemoryOutbox, Consents):
    """The ports Consents and Outbox on dictionaries. One lock makes each method a single step."""

    def __init__(self) -> None:
        super().__init__()
        self.unreadable: set[Number] = set()
        self._pending: dict[Number, datetime] = {}

    def everybody(self) -> Mapping[Number, Sequence[Evidence]]:
        """Of whom there is a record, with their evidence."""
        return {number: self._evidence[number] for number in self._records}

    def numbers(self, state: State) -> set[Number]:
        """Everybody whose consent is in this state: the real store's sets."""
        return {number for number, record in self._records.items() if record.state is state}

    def commit(self, number: Number, decision: Decision, message: str, debt: Debt | None) -> Committed:
        assert decision.evidence is not None
        objection = OBJECTIONS.get(decision.evidence.signal)
        with self._lock:
            if objection is Objection.REFUSES and number in self.objections:
                return Committed(Commit.ERASED)
            if message and (partition_of(number), message) in self._seen:
                return Committed(Commit.SEEN)
            current = self.load(number)
            if current.version != decision.before.version:
                return Committed(Commit.STALE, current)
            self._records[number] = decision.after
            self._evidence[number].append(decision.evidence)
            if decision.after.state is State.PENDING:
                self._pending[number] = decision.after.asked or decision.evidence.at
            else:
                self._pending.pop(number, None)
            if message:
                self._seen.add((partition_of(number), message))
            if objection is Objection.IS_LIFTED:
                self.objections.discard(number)
            if debt is not None:
                caused = decision.evidence.at
                state, since = ("unknown", caused) if debt.ask_first else ("due", None)
                self._rows[debt.ref.text] = Row(debt, state, debt.due, debt.ref.text, caused, since)
            return Committed(Commit.DONE)

    def load_many(self, numbers: Sequence[Number]) -> Sequence[Record]:
        return [self.load(number) for number in numbers]

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Record | None]:
        return [None if number in self.unreadable else self.load(number) for number in numbers]

    def commit_many(self, proposals: Sequence[Proposal]) -> Sequence[Committed]:
        return [self.commit(one.number, one.decision, one.message, None) for one in proposals]

    def pass_over(self, number: Number, before: Record, message: str) -> Committed:
        with self._lock:
            if (partition_of(number), message) in self._seen:
                return Committed(Commit.SEEN)
            current = self.load(number)
            if current.version != before.version:
                return Committed(Commit.STALE, current)
            self._seen.add((partition_of(number), message))
            return Committed(Commit.DONE)

    def evidence(self, number: Number) -> Sequence[Evidence]:
        return list(self._evidence[number])

    def held(self) -> Sequence[tuple[Number, datetime]]:
        waiting = [
            (number, record.since)
            for number, record in self._records.items()
            if record.state is State.HELD and record.since is not None
        ]
        return sorted(waiting, key=lambda row: (row[1], row[0]))

    def pending_since(self, before: datetime, most: int) -> Sequence[Number]:
        return [number for number, since in self._pending.items() if since <= before][:most]

    def forget(self, number: Number) -> bool:
        """Everything of a number goes, and its objection stays; whether there was anything."""
        with self._lock:
            marks = {entry.message for entry in self._evidence[number] if entry.signal == "import"}
            self._seen -= {(partition_of(number), mark) for mark in marks}
            self._rows = {ref: row for ref, row in self._rows.items() if row.debt.number != number}
            self._ahead.pop(number, None)
            self._pending.pop(number, None)
            self.objections.add(number)
            known = bool(self._evidence.pop(number, None))
            return self._records.pop(number, None) is not None or known
