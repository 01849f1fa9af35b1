"""The outbox in memory, with the semantics of the real store."""

import secrets
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.consent import Record, State
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.outbox import LONGEST_POST, TEST, Claim, Debt, Fate, Outcome
from app.domain.partition import partition_of
from app.domain.remarks import CONSENT_CHANGED, REPORTED
from app.domain.replies import Language, Reply
from app.domain.status import Delivery, StatusReport
from app.services.ports import Outbox, Settled

OPEN = {"due", "claimed", "unknown"}


LOOK_AGAIN = timedelta(milliseconds=500)


@dataclass
class Row:
    """One message owed. `when`: due time, end of the lease, or the moment to ask, by `state`."""

    debt: Debt
    state: str
    when: datetime
    token: str
    owed: datetime
    since: datetime | None
    attempts: int = 0
    message: str = ""
    rank: int = -1
    delivery: Delivery | None = None
    kind: str = ""


class MemoryOutbox(Outbox):
    """The port Outbox on dictionaries, beside the records that it asks. One lock makes each method a single step."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._records: dict[Number, Record] = {}
        self._evidence: defaultdict[Number, list[Evidence]] = defaultdict(list)
        self._seen: set[tuple[int, str]] = set()
        self._rows: dict[str, Row] = {}
        self._ahead: dict[Number, Row] = {}
        self._counts: Counter[str] = Counter()
        self.objections: set[Number] = set()

    def load(self, number: Number) -> Record:
        """The record, as the port Consents has it."""
        return self._records.get(number, Record())

    def owes(self, now: datetime) -> bool:
        return bool(self._waiting("due", now))

    def claim(self, now: datetime, lease: float, most: int) -> Sequence[Claim]:
        with self._lock:
            while wanted := self._first_of_each(now, most):
                if claims := [_claim(row) for row in wanted if self._take(row, now, lease)]:
                    return claims
            return []

    def _first_of_each(self, now: datetime, most: int) -> list[Row]:
        first: dict[Number, Row] = {}
        for row in self._waiting("due", now):
            first.setdefault(row.debt.number, row)
        return list(first.values())[:most]

    def _take(self, row: Row, now: datetime, lease: float) -> bool:
        ahead = self._ahead.get(row.debt.number, row)
        sent_now = ahead.state == "claimed" and ahead.when >= now + timedelta(seconds=lease - LONGEST_POST)
        if ahead is not row and (row.debt.reply is not Reply.GOODBYE or sent_now):
            row.when = now + LOOK_AGAIN
            return False
        if row.debt.needs and row.debt.needs != self.load(row.debt.number).state:
            self._finish(row, "dropped", _proof(now, "reply_dropped", note=str(CONSENT_CHANGED)))
            return False
        row.state, row.when, row.token = "claimed", now + timedelta(seconds=lease), secrets.token_hex(8)
        row.since = row.since or now
        row.attempts += 1
        self._ahead[row.debt.number] = row
        return True

    def claim_trial(self, claim: Claim, state: State, lease: float) -> bool:
        with self._lock:
            number = claim.number
            tests = [row for row in self._rows.values() if row.kind and row.debt.number == number]
            if number in self.objections or any(row.state in OPEN for row in tests):
                return False
            debt = Debt(
                claim.ref, number, Reply.HELP, Language(""), claim.body, claim.since, sender=claim.sender
            )
            until = claim.since + timedelta(seconds=lease)
            row = Row(debt, "claimed", until, claim.token, claim.owed_since, claim.since, 1, kind=TEST)
            return self.load(number).state is state and self._rows.setdefault(claim.ref.text, row) is row

    def settle(self, claim: Claim, outcome: Outcome) -> Settled:
        with self._lock:
            row = self._rows.get(claim.ref.text)
            if row is None:
                return Settled.LOST
            if (row.state, outcome.fate, row.message) == ("sent", Fate.SENT, outcome.message):
                return Settled.SAME
            if row.token != claim.token or row.state not in OPEN:
                return Settled.LOST
            if outcome.fate is Fate.SENT and self._known(row, outcome.message):
                return Settled.TAKEN
            if outcome.fate in {Fate.SENT, Fate.FAILED}:
                told = {"message": outcome.message, "reply": claim.reply, "note": outcome.why}
                told |= {"row": claim.ref.text, "words": "" if row.kind else claim.body}
                self._finish(row, outcome.fate, _proof(outcome.at, f"reply_{outcome.fate}", **told))
                self._remember(row, outcome.message)
            else:
                row.state = "due" if outcome.fate is Fate.AGAIN else "unknown"
                row.when = outcome.when or outcome.at
                self._counts[outcome.fate] += 1
            return Settled.DONE

    def expire_leases(self, now: datetime, grace: float) -> int:
        with self._lock:
            expired = self._waiting("claimed", now)
            for row in expired:
                row.state, row.when = "unknown", now + timedelta(seconds=grace)
            return len(expired)

    def unknowns(self, now: datetime, most: int) -> Sequence[Claim]:
        return [_claim(row) for row in self._waiting("unknown", now)[:most]]

    def report(self, report: StatusReport) -> bool:
        with self._lock:
            row = self._rows.get(report.ref.text) if report.ref else None
            if row is None or report.rank is None or report.number != row.debt.number:
                return False
            if row.state not in OPEN and (row.state, row.message) != ("sent", report.message):
                return False
            if row.rank >= report.rank or (row.state in OPEN and self._known(row, report.message)):
                return False
            if row.state in OPEN:
                told = {"message": report.message, "reply": row.kind or row.debt.reply, "note": str(REPORTED)}
                told |= {"row": row.debt.ref.text, "words": "" if row.kind else row.debt.body}
                proof = _proof(report.at, "reply_sent", **told)
                self._finish(row, "sent", proof)
                self._remember(row, report.message)
            row.rank, row.delivery = report.rank, Delivery(report.status, report.code)
            return True

    def delivery_of(self, ref: str) -> Delivery | None:
        """What was last reported of a message, as the port Deliveries has it."""
        return self._rows[ref].delivery if ref in self._rows else None

    def oldest_owed(self) -> datetime | None:
        replies = [row for row in self._rows.values() if row.state in {"due", "claimed"} and not row.kind]
        return min((row.owed for row in replies), default=None)

    def counts(self) -> Mapping[str, int]:
        return dict(self._counts)

    def _waiting(self, state: str, now: datetime) -> list[Row]:
        rows = [row for row in self._rows.values() if row.state == state and row.when <= now]
        return sorted(rows, key=lambda row: (row.when, row.debt.ref.text))

    def _finish(self, row: Row, state: str, proof: Evidence) -> None:
        row.state = state
        if self._ahead.get(row.debt.number) is row:
            del self._ahead[row.debt.number]
        self._evidence[row.debt.number].append(proof)
        self._counts[state] += 1

    def _known(self, row: Row, message: str) -> bool:
        return (partition_of(row.debt.number), message) in self._seen

    def _remember(self, row: Row, message: str) -> None:
        if row.state == "sent":
            row.message = message
            self._seen.add((partition_of(row.debt.number), message))


def _claim(row: Row) -> Claim:
    debt = row.debt
    assert row.since is not None
    return Claim(
        debt.ref,
        debt.number,
        TEST if row.kind else debt.reply,
        debt.body,
        row.token,
        row.attempts,
        row.owed,
        since=row.since,
        sender=debt.sender,
    )


def _proof(at: datetime, signal: str, **texts: Any) -> Evidence:
    return Evidence(at, signal, Channel.SMS, "stopwoord", **{"words": "", "before": "", "after": "", **texts})
