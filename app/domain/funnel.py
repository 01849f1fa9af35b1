"""The audience of a campaign as a funnel: how many there are, why some fall away, how many wait."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from app.domain.consent import State
from app.domain.quiet_hours import Allowed, NeverOpen, WaitUntil


class Loss(StrEnum):
    """Why somebody is not texted, in the order in which it is looked at: each person is counted once."""

    ERASED = "erased"
    UNREADABLE = "cannot be read"
    NUMBER_GONE = "number gone"
    OPTED_OUT = "opted out"
    HELD = "held"
    PENDING = "pending"
    NO_CONSENT = "no consent on record"
    VALUE_MISSING = "value missing"
    NO_TEXT = "no text can be made"
    TOO_LATE = "only after the campaign's end"
    CAPPED = "capped"
    NEVER_OPEN = "no hours known"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides about one person. `gone`: opted out because the number is; `capped`: had enough texts for now.

    `unreadable`: what is kept of them cannot be read, which is no consent. `no_text`: theirs would be too long, say.
    `too_late`: nobody may text them before the campaign ends.
    """

    state: State
    window: Allowed | WaitUntil | NeverOpen
    erased: bool = False
    unreadable: bool = False
    gone: bool = False
    value_missing: bool = False
    no_text: bool = False
    too_late: bool = False
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Funnel:
    """The audience, counted. `waiting`: reached, though not now but when their quiet hours end."""

    total: int
    lost: Mapping[Loss, int]
    waiting: int

    @property
    def reached(self) -> int:
        """Who will be texted, now or later."""
        return self.total - sum(self.lost.values())

    @property
    def now(self) -> int:
        """Who can be texted at this moment."""
        return self.reached - self.waiting

    def steps(self) -> Iterator[tuple[Loss, int, int]]:
        """Every loss in order, zeros too: its reason, how many, and how many are left after it."""
        left = self.total
        for loss in Loss:
            count = self.lost.get(loss, 0)
            left -= count
            yield loss, count, left

    def __add__(self, other: "Funnel") -> "Funnel":
        """The funnel of two audiences that have nobody in common, such as two partitions."""
        lost = Counter(self.lost) + Counter(other.lost)
        return Funnel(self.total + other.total, dict(lost), self.waiting + other.waiting)


EMPTY = Funnel(0, {}, 0)


def funnel_of(counted: Iterable[tuple[Candidate, int]]) -> Funnel:
    """Count an audience, of which it is known how many people are alike; it may be a stream: nothing of it is kept."""
    total, waiting = 0, 0
    lost: Counter[Loss] = Counter()
    for candidate, people in counted:
        total += people
        if loss := loss_of(candidate):
            lost[loss] += people
        elif isinstance(candidate.window, WaitUntil):
            waiting += people
    return Funnel(total, dict(lost), waiting)


def loss_of(candidate: Candidate) -> Loss | None:
    """Why this person is not texted; None for somebody who is, now or after the quiet hours."""
    if candidate.erased:
        return Loss.ERASED
    if candidate.unreadable:
        return Loss.UNREADABLE
    if candidate.gone:
        return Loss.NUMBER_GONE
    return _of_the_state(candidate.state) or _for_now(candidate)


def _for_now(candidate: Candidate) -> Loss | None:
    """The same of somebody who may be texted."""
    if candidate.value_missing:
        return Loss.VALUE_MISSING
    if candidate.no_text:
        return Loss.NO_TEXT
    if candidate.too_late:
        return Loss.TOO_LATE
    if candidate.capped:
        return Loss.CAPPED
    return Loss.NEVER_OPEN if isinstance(candidate.window, NeverOpen) else None


def _of_the_state(state: State) -> Loss | None:
    match state:
        case State.SUBSCRIBED:
            return None
        case State.OPTED_OUT:
            return Loss.OPTED_OUT
        case State.HELD:
            return Loss.HELD
        case State.PENDING:
            return Loss.PENDING
        case State.UNKNOWN:
            return Loss.NO_CONSENT
        case _:
            assert_never(state)
