"""What the use cases about campaigns need from outside. Adapters implement these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.campaign import Audience, Campaign, CampaignRef, Cap
from app.domain.number import Number
from app.domain.outbox import Fate
from app.domain.quiet_hours import WaitUntil
from app.domain.recipient import Draft, Reason, RecipientOutcome
from app.domain.replies import Language
from app.domain.status import StatusReport
from app.services.ports import Settled


class Campaigns(Protocol):
    """The campaigns themselves. Raises StoreUnavailable when it cannot answer truly."""

    def load(self, campaign: str) -> Campaign | None:
        """The campaign; None where there is none of that id."""

    def save(self, campaign: Campaign, *, rests: bool) -> bool:
        """Write a campaign, if what is there is its version before. `rests`: nobody needs to look after it."""

    def every(self) -> Sequence[Campaign]:
        """All of them, the newest first."""

    def restless(self) -> Sequence[Campaign]:
        """Those that somebody has to look after, the oldest first."""

    def note_wait(self, campaign: str, reason: str) -> None:
        """Remember for some seconds why it does not go on."""

    def waits(self, campaign: str) -> str:
        """That reason; "" when there is none."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whose turn has come. `language` None: not known."""

    number: Number
    language: Language | None


@dataclass(frozen=True, slots=True)
class RowClaim:
    """A recipient that somebody works on, proven by `token`. `since`: from when on the provider may know the text."""

    campaign: str
    draft: Draft
    token: str
    attempts: int
    since: datetime
    ref: CampaignRef


@dataclass(frozen=True, slots=True)
class RowSettlement:
    """A row's fate. `when`: for AGAIN the next due time, for UNKNOWN the moment to ask the provider."""

    fate: Fate
    at: datetime
    when: datetime | None = None
    message: str = ""
    reason: Reason | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """What came of an attempt to claim. `stopped`: the campaign does not run any more (or not this version)."""

    taken: Sequence[RowClaim]
    skipped: int = 0
    later: int = 0
    gone: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """How many recipients have no outcome yet: waiting, being sent, and of unknown fate."""

    todo: int = 0
    claimed: int = 0
    unknown: int = 0

    @property
    def any(self) -> bool:
        return bool(self.todo or self.claimed or self.unknown)


class CampaignAudience(Protocol):
    """Who gets a campaign. Raises StoreUnavailable when it cannot answer truly."""

    def count(self, audience: Audience, default: Language) -> int:
        """How many people it is now."""

    def freeze(self, campaign: Campaign, partition: int, due: datetime, default: Language) -> bool:
        """Write down the partition's recipients, all in one step, due at that moment.

        False: they had been written down before, and nothing was changed.
        """

    def is_frozen(self, campaign: str) -> bool:
        """Whether the recipients of every partition are written down."""

    def close(self, campaign: str) -> None:
        """See to it that nobody is written down any more: whatever partition was not, is now, with nobody."""

    def arm(self, campaign: Campaign) -> None:
        """Let rows of this version of the campaign be claimed."""

    def disarm(self, campaign: str) -> None:
        """Let none be claimed."""


class CampaignRows(Protocol):
    """The recipients of campaigns. Raises StoreUnavailable when it cannot answer truly."""

    def peek(self, campaign: str, partitions: Sequence[int], now: datetime, most: int) -> Sequence[Recipient]:
        """Up to `most` due recipients of each partition. Nothing is taken."""

    def postpone(self, campaign: str, whom: Sequence[tuple[Number, WaitUntil]]) -> None:
        """Let people who wait come up when their hours begin; counted by that moment and zone."""

    def skip(self, campaign: str, whom: Sequence[Number], reason: Reason, now: datetime) -> int:
        """Give people who wait that outcome; how many had none yet."""

    def claim(
        self, campaign: Campaign, drafts: Sequence[Draft], caps: Sequence[Cap], now: datetime, lease: float
    ) -> Claims:
        """Take those who are due, still subscribed and below the caps, their own included.

        The others are skipped or come up later.
        """

    def settle(self, settled: Sequence[tuple[RowClaim, RowSettlement]]) -> Sequence[Settled]:
        """Write what became of claimed rows, each for itself."""


class CampaignFates(Protocol):
    """Recipients of whose message something is learnt later. Raises StoreUnavailable likewise."""

    def expire_leases(self, campaign: str, now: datetime, grace: float) -> int:
        """Turn claims whose lease ended into unknowns, to be asked about `grace` seconds later; how many."""

    def unknowns(self, campaign: str, now: datetime, most: int) -> Sequence[RowClaim]:
        """Up to `most` rows of unknown fate whose grace is over."""

    def report(self, report: StatusReport) -> bool:
        """Note a status callback, and that the message was sent. False: nothing new, or not ours."""


class CampaignResults(Protocol):
    """What has come of campaigns. Raises StoreUnavailable when it cannot answer truly."""

    def left(self, campaign: str) -> Left:
        """How many have no outcome yet."""

    def due(self, campaign: str, now: datetime) -> int:
        """How many could be claimed now."""

    def next_due(self, campaign: str) -> datetime | None:
        """When the next of those who wait comes up; None when nobody waits."""

    def counts(self, campaign: str) -> Mapping[str, int]:
        """Recipients by outcome and by reason, segments, deliveries, and opt-outs within three days of it."""

    def outcome_of(self, campaign: str, number: Number) -> RecipientOutcome | str:
        """One person's outcome; else "waiting", "being sent" or "unknown", or "" for nobody of its audience."""

    def messages(self, campaign: str, numbers: Sequence[Number]) -> Sequence[str]:
        """The ids of the messages that each of them was sent, in that order; "" where none was."""

    def outcomes(self, campaign: str) -> Iterator[tuple[Number, RecipientOutcome]]:
        """Everybody's, a page at a time."""


@dataclass(frozen=True, slots=True)
class Grant:
    """How many texts may go now, and seconds until the next one may; 0 when all of them may go now."""

    texts: int
    wait: float = 0


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a sender goes: segments a second at its full rate, and now.

    `limits`: texts wait for it. `slowed_until`: the provider said that it is too fast; until then it is slower.
    """

    full: float
    now: float
    limits: bool = False
    slowed_until: datetime | None = None


class Throttle(Protocol):
    """The rate of each sender, shared by all workers."""

    def take(self, sender: str, segments: Sequence[int], now: datetime) -> Grant:
        """Let texts of so many segments go, as many from the first on as the rate allows."""

    def slow_down(self, sender: str, now: datetime) -> None:
        """The provider says that it is too fast."""

    def look(self, sender: str, now: datetime) -> Speed:
        """How fast the sender goes at the moment. Nothing is taken."""
