"""What the use cases need from outside, each as small as its caller's need. Adapters implement these."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.campaign import CampaignRef
from app.domain.consent import Decision, Record, State
from app.domain.evidence import Evidence
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.outbox import Claim, Debt, Outcome, RowRef
from app.domain.status import StatusReport


class Commit(StrEnum):
    """What became of a decision that was handed to the store."""

    DONE = "done"
    STALE = "stale"
    SEEN = "seen"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Committed:
    """The result, and for STALE the record as it is now, so that it need not be asked for."""

    result: Commit
    current: Record | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of many decisions that are handed to the store together. It owes no reply."""

    number: Number
    decision: Decision
    message: str


class Consents(Protocol):
    """The consent of every number. Raises StoreUnavailable when it cannot answer truly."""

    def load(self, number: Number) -> Record:
        """The record; `Record()` where there is none."""

    def load_many(self, numbers: Sequence[Number]) -> Sequence[Record]:
        """The records of all of them, in that order."""

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Record | None]:
        """The same, with None for one that cannot be read: it must not hold up all the others."""

    def commit(self, number: Number, decision: Decision, message: str, debt: Debt | None) -> Committed:
        """Write record, set, evidence, seen mark and owed reply in one step, or nothing at all.

        STALE: the record is not `decision.before` any more. SEEN: `message` has taken effect already.
        ERASED: the person was erased, and their objection refuses it; their own START lifts the objection.
        """

    def commit_many(self, proposals: Sequence[Proposal]) -> Sequence[Committed]:
        """Commit each decision as `commit` does, in that order. On an error some may have been committed."""

    def pass_over(self, number: Number, before: Record, message: str) -> Committed:
        """Remember that `message` has no effect, so that it has none when it comes again: its seen mark alone.

        STALE and SEEN as for `commit`.
        """

    def evidence(self, number: Number) -> Sequence[Evidence]:
        """The whole history, oldest first. Replies of before their words were kept have none."""

    def held(self) -> Sequence[tuple[Number, datetime]]:
        """Everybody who waits for a person to decide, and since when, the longest waiting first."""

    def pending_since(self, before: datetime, most: int) -> Sequence[Number]:
        """Up to `most` numbers that were asked to confirm before that moment and did not answer."""


class Settled(StrEnum):
    """Whether an outcome was written. LOST: the row is another's now. TAKEN: that message is another row's."""

    DONE = "done"
    SAME = "same"
    LOST = "lost"
    TAKEN = "taken"


class Outbox(Protocol):
    """Messages owed. Every method raises StoreUnavailable when it cannot answer truly."""

    def owes(self, now: datetime) -> bool:
        """Whether any message is due."""

    def claim(self, now: datetime, lease: float, most: int) -> Sequence[Claim]:
        """Take up to `most` due messages for `lease` seconds, no two of one number.

        Those whose cause no longer holds are dropped, with evidence, and not returned.
        """

    def claim_trial(self, claim: Claim, state: State, lease: float) -> bool:
        """Write down a text for a look as claimed for `lease` seconds, if the number is still in that state.

        False: its consent is another one by now, or what became of the last such text to it is not known yet.
        """

    def settle(self, claim: Claim, outcome: Outcome) -> Settled:
        """Write what became of a claimed message, with its evidence; the words of a reply are what it said."""

    def expire_leases(self, now: datetime, grace: float) -> int:
        """Turn claims whose lease ended into unknowns, to be asked about `grace` seconds later; how many."""

    def unknowns(self, now: datetime, most: int) -> Sequence[Claim]:
        """Up to `most` messages of unknown fate whose grace is over."""

    def report(self, report: StatusReport) -> bool:
        """Note a status callback, and that the message was sent. False: nothing new, or not ours."""

    def oldest_owed(self) -> datetime | None:
        """Since when the reply that has waited longest is owed, be it due or claimed; not one of unknown fate.

        None when none is. Where very many wait it may name one that is a little younger.
        """

    def counts(self) -> Mapping[str, int]:
        """How many rows ever met each fate: sent, failed, again, unknown, dropped."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has the message."""

    message: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent: try again after so many seconds.

    `broken`: what is wrong with our account, sender or registration, and what to do; "" when nothing is.
    `too_fast`: the provider wants fewer messages a second.
    """

    after: float
    code: int = 0
    broken: str = ""
    too_fast: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Certainly not sent, and trying again would not help. `blocked`: the person has stopped us there."""

    code: int
    blocked: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class FateUnknown:
    """It may have been sent. Never send it again without asking."""

    why: str


Posted = Accepted | NotSent | Refused | FateUnknown


class Line(Protocol):
    """An open connection to the provider, for one batch."""

    async def post(
        self,
        number: Number,
        body: str,
        ref: RowRef | CampaignRef,
        *,
        sender: str = "",
        valid_for: int | None = None,
    ) -> Posted:
        """Hand one message over. Never raises for what the provider does.

        `sender` "": the program's. `valid_for`: seconds after which the provider is not to send it any more.
        """


class Provider(Protocol):
    """The SMS provider. The questions raise ProviderUnavailable when they get no answer."""

    def line(self) -> AbstractAsyncContextManager[Line]:
        """Open a line for one batch."""

    def find_sent(self, number: Number, body: str, since: datetime) -> list[str]:
        """Ids of messages to `number` with exactly this body, created at or after `since`, oldest first."""


class InboundSource(Protocol):
    """The provider's own list of what people sent to us."""

    def received_since(self, moment: datetime) -> Iterable[InboundMessage]:
        """Everything received at or after `moment`, in any order. Raises ProviderUnavailable."""


class Doorbell(Protocol):
    """Tells the workers that something is due. Losing a ring loses nothing: the clock rings again."""

    def ring(self) -> None:
        """Never raises, never blocks for longer than a moment."""


class Bookmarks(Protocol):
    """Where the clock has got to."""

    def read_back_to(self) -> datetime | None:
        """Up to which moment the provider's list was read."""

    def remember_read_back(self, moment: datetime) -> None:
        """Write that moment."""


class Now(Protocol):
    """The time, UTC."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """A new, random name."""

    def __call__(self) -> str: ...


class NewRef(Protocol):
    """A new, random name for a row about `number`."""

    def __call__(self, number: Number) -> RowRef: ...
