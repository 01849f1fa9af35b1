"""Take people in who agreed elsewhere, each with their proof: once each, and never against a no."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.audience.entry import REMARKS, Entry, Problem, Reason
from app.domain.audience.proof import Origin, imported, own
from app.domain.consent import Decision, Policy, Record, State, decide
from app.domain.errors import StoreUnavailable
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.audience_ports import Erasures, Newcomer, Newcomers, Profiles, TakeIn
from app.services.learn_profiles import LearnProfiles, News
from app.services.ports import Commit, Consents, Now, Proposal
from app.services.read_ahead import read_ahead

# In each round somebody else's change wins; nobody changes often while a file is imported.
ROUNDS: Final = 20
# So many at once are committed in one step, in which nobody else has the store.
LOOKED_AT: Final = 1000


class Effect(StrEnum):
    """What a row did."""

    SUBSCRIBED = "subscribed"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Taken(NamedTuple):
    """A row that was taken. `but`: what of it was not."""

    entry: Entry
    effect: Effect
    but: Problem | None = None


Row = Entry | Problem
Outcome = Taken | Problem


@dataclass(frozen=True, slots=True)
class _Consent:
    """What became of one person's consent. `known`: there was a record of them before; `gone`: no text reaches them."""

    state: State
    changed: bool
    known: bool
    erased: bool = False
    gone: bool = False

    @property
    def refused(self) -> Reason | None:
        """Why nothing of the row is taken; None when something may be."""
        if self.erased:
            return Reason.ERASED
        if self.gone:
            return Reason.NUMBER_GONE
        return Reason.OPTED_OUT if self.state is State.OPTED_OUT else None


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows of a file, ready to be taken in. `newcomers`: those with the same decision, and what takes them in."""

    rows: Sequence[Row]
    entries: Sequence[Entry]
    origin: Origin
    at: datetime
    newcomers: Sequence[tuple[Sequence[Entry], TakeIn]]


_ERASED: Final = _Consent(State.UNKNOWN, changed=False, known=False, erased=True)
_NOTHING: Final = (Profile(),) * 2


@dataclass(frozen=True, slots=True)
class ImportSubscribers:
    """Import batches of rows. Doing it again, or going on after an interruption, changes nothing twice."""

    consents: Consents
    profiles: Profiles
    newcomers: Newcomers
    erasures: Erasures
    policy: Policy
    now: Now

    def __call__(self, batches: Iterable[Sequence[Row]], origin: Origin) -> Iterator[Sequence[Outcome]]:
        """The outcome of each batch, in order. Raises StoreUnavailable; what was given out till then is kept.

        A number that stands in several batches is taken from any of them: two are worked on at once.

        Raises Misconfigured when erased people could not be recognised.
        """
        self.erasures.check()
        # All that needs the interpreter is done by whoever reads, and the threads that it is handed to wait for the
        # store: two that both compute take it from each other all the time, and together they are slower than one.
        ready = (self._prepare(rows, origin) for rows in batches)
        return read_ahead(self._import, ready)

    def rehearse(self, batches: Iterable[Sequence[Row]], origin: Origin) -> Iterator[Sequence[Outcome]]:
        """What importing would come to now. Nothing is written."""
        self.erasures.check()
        return read_ahead(lambda rows: self._rehearse(rows, origin), batches)

    def _rehearse(self, rows: Sequence[Row], origin: Origin) -> Sequence[Outcome]:
        entries, at = _entries(rows), self.now()
        numbers = [entry.number for entry in entries]
        records, profiles = self.consents.load_many(numbers), self.profiles.load_many(numbers)
        found = zip(entries, records, profiles, self.erasures.erased(numbers), strict=True)
        outcomes = iter(
            [
                _outcome(
                    entry,
                    _ERASED if erased else _consent(_decision(entry, record, origin, at, self.policy)),
                    profile,
                    profile.after(entry.profile),
                )
                for entry, record, profile, erased in found
            ]
        )
        return [row if isinstance(row, Problem) else next(outcomes) for row in rows]

    def _prepare(self, rows: Sequence[Row], origin: Origin) -> _Batch:
        entries, at = _entries(rows), self.now()
        alike: dict[Language | None, list[Entry]] = {}
        for entry in entries:
            alike.setdefault(entry.language, []).append(entry)
        decided = [(them, _decision(them[0], Record(), origin, at, self.policy)) for them in alike.values()]
        newcomers = [
            (
                them,
                self.newcomers.prepare(
                    decision.after,
                    decision.evidence,
                    [Newcomer(one.number, own(one, origin), one.profile) for one in them],
                ),
            )
            for them, decision in decided
            if decision.evidence is not None
        ]
        return _Batch(rows, entries, origin, at, newcomers)

    def _import(self, batch: _Batch) -> Sequence[Outcome]:
        # Most are strangers: they are taken in at once, and all others are looked at one by one.
        new: dict[int, Outcome] = {
            one.row: Taken(one, Effect.SUBSCRIBED)
            for them, take_in in batch.newcomers
            for one, taken in zip(them, take_in(), strict=True)
            if taken
        }
        known = [entry for entry in batch.entries if entry.row not in new]
        outcomes: dict[int, Outcome] = {}
        for start in range(0, len(known), LOOKED_AT):
            outcomes |= self._look_at(known[start : start + LOOKED_AT], batch.origin, batch.at)
        return [
            row if isinstance(row, Problem) else new.get(row.row) or outcomes[row.row] for row in batch.rows
        ]

    def _look_at(self, entries: Sequence[Entry], origin: Origin, at: datetime) -> dict[int, Outcome]:
        """The outcome of each row of somebody of whom something may be kept."""
        consents = self._commit(entries, origin, at)
        told = [
            entry for entry in entries if entry.profile.says_something and not consents[entry.row].refused
        ]
        news = [News(entry.number, entry.profile, not consents[entry.row].known) for entry in told]
        learnt = zip(told, LearnProfiles(self.profiles)(news), strict=True)
        changes = {entry.row: (change.before, change.after) for entry, change in learnt}
        return {
            entry.row: _outcome(entry, consents[entry.row], *changes.get(entry.row, _NOTHING))
            for entry in entries
        }

    def _commit(self, entries: Sequence[Entry], origin: Origin, at: datetime) -> dict[int, _Consent]:
        """What became of each row's consent."""
        consents: dict[int, _Consent] = {}
        seen: list[Entry] = []
        # Committing finds out for free what their record is.
        waiting = [(entry, Record()) for entry in entries]
        for _ in range(ROUNDS):
            decisions = [_decision(*one, origin, at, self.policy) for one in waiting]
            proposals = [
                Proposal(entry.number, decision, entry.mark)
                for (entry, _), decision in zip(waiting, decisions, strict=True)
            ]
            answers = zip(waiting, decisions, self.consents.commit_many(proposals), strict=True)
            waiting = []
            for (entry, _), decision, answer in answers:
                match answer.result:
                    case Commit.DONE:
                        consents[entry.row] = _consent(decision)
                    case Commit.SEEN:
                        seen.append(entry)
                    case Commit.ERASED:
                        consents[entry.row] = _ERASED
                    case Commit.STALE:
                        waiting.append((entry, answer.current or Record()))
            if not waiting:
                return consents | self._as_they_are(seen)
        raise StoreUnavailable("the records of these numbers kept changing; try again")

    def _as_they_are(self, seen: Sequence[Entry]) -> dict[int, _Consent]:
        """Of those whose consent took effect at an earlier time."""
        records = self.consents.load_many([entry.number for entry in seen])
        return {
            entry.row: _Consent(record.state, changed=False, known=True, gone=record.gone)
            for entry, record in zip(seen, records, strict=True)
        }


def _entries(rows: Sequence[Row]) -> list[Entry]:
    return [row for row in rows if isinstance(row, Entry)]


def _decision(entry: Entry, record: Record, origin: Origin, at: datetime, policy: Policy) -> Decision:
    return decide(record, imported(entry, record, origin, at), policy)


def _consent(decision: Decision) -> _Consent:
    before, after = decision.before, decision.after
    changed, known = before.state is not after.state, before.version > 0
    return _Consent(after.state, changed=changed, known=known, gone=after.gone)


def _outcome(entry: Entry, consent: _Consent, known: Profile, now: Profile) -> Outcome:
    """`known` before this row, and what is known `now`: the same object where nothing has changed."""
    if refused := consent.refused:
        return _problem(entry, refused)
    but = None
    if consent.state is State.HELD:
        but = _problem(entry, Reason.HELD)
    elif now is known and known.at is not None and _differs(entry, known):
        but = _problem(entry, Reason.NEWER)
    if consent.changed:
        return Taken(entry, Effect.SUBSCRIBED, but)
    return Taken(entry, Effect.UNCHANGED if now is known else Effect.UPDATED, but)


def _differs(entry: Entry, known: Profile) -> bool:
    """Whether the row says something else than what is known, whichever is newer."""
    ageless = replace(known, at=None)
    return ageless.after(entry.profile) is not ageless


def _problem(entry: Entry, reason: Reason) -> Problem:
    return Problem(entry.row, reason, REMARKS[reason], entry.number.e164)
