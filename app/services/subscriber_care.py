"""What staff and the shop's systems do about one person: look up, opt out, invite."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.consent import Record, Told
from app.domain.errors import BadInput, StoreUnavailable
from app.domain.evidence import Channel, Event, Evidence
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.audience_ports import ProfileChange, Profiles, Saved
from app.services.ports import Consents, Now

# In each round somebody else's change wins.
ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Everything kept of one number."""

    number: Number
    record: Record
    profile: Profile
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who waits for a decision. `because`: the message that nobody could read for certain."""

    number: Number
    since: datetime
    because: Evidence | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The first of those who wait, and how many wait."""

    first: Sequence[Held]
    total: int


@dataclass(frozen=True, slots=True)
class SubscriberCare:
    """The actions on one number. Each raises StoreUnavailable when nothing may count as done."""

    consents: Consents
    profiles: Profiles
    apply_event: ApplyEvent
    now: Now

    def show(self, number: Number) -> Subscriber:
        record, evidence = self.consents.load(number), self.consents.evidence(number)
        return Subscriber(number, record, self.profiles.load(number), evidence)

    def edit(self, number: Number, change: Callable[[Profile], Profile]) -> Saved:
        """Correct what is known of somebody: now, by whoever asked for it. Raises StoreUnavailable."""
        for _ in range(ROUNDS):
            known = self.profiles.load(number)
            after = replace(change(known), at=self.now(), version=known.version + 1)
            (saved,) = self.profiles.save([ProfileChange(number, known, after)])
            if saved is not Saved.STALE:
                return saved
        raise StoreUnavailable("this person's profile kept changing; try again")

    def opt_out(
        self, number: Number, *, reason: str, actor: str, channel: Channel = Channel.STAFF, stated: str = ""
    ) -> Told:
        """Opt somebody out who asked for it by another way than a text. `stated`: what else was recorded of it."""
        words = _said(reason, "a reason: --reason")
        event = Event(Signal.STAFF_OPT_OUT, self.now(), channel, actor, words=words, stated=stated)
        return self.apply_event(number, event)

    def held(self) -> Sequence[Held]:
        """Everybody who waits for a person to decide, the longest waiting first."""
        return [Held(number, since, self._what_held(number)) for number, since in self.consents.held()]

    def held_first(self, most: int) -> Queue:
        """Up to `most` of them, the longest waiting first."""
        waiting = self.consents.held()
        return Queue(
            [Held(number, at, self._what_held(number)) for number, at in waiting[:most]], len(waiting)
        )

    def _what_held(self, number: Number) -> Evidence | None:
        """The message that led to the hold: the newest one that made the state what it is."""
        entries = reversed(self.consents.evidence(number))
        return next((entry for entry in entries if entry.signal == Signal.UNCLEAR), None)

    def clear_hold(self, number: Number, *, reason: str, actor: str) -> Told:
        """Subscribe somebody again whose message turned out to be no opt-out."""
        event = Event(
            Signal.STAFF_CLEARS_HOLD,
            self.now(),
            Channel.STAFF,
            actor,
            words=_said(reason, "a reason: --reason"),
        )
        return self.apply_event(number, event)

    def invite(  # noqa: PLR0913 - each is a piece of the proof
        self,
        number: Number,
        *,
        source: str,
        wording: str,
        version: str,
        language: Language | None,
        actor: str,
        channel: Channel = Channel.WEB,
        stated: str = "",
    ) -> Told:
        """Ask somebody who signed up elsewhere to confirm. `version` "": the wording's own fingerprint.

        `stated`: what else the form recorded.
        """
        words = _said(wording, "the wording that the person agreed to: --wording")
        fingerprint = hashlib.sha256(words.encode()).hexdigest()[:12]
        event = Event(
            signal=Signal.WEB_OPT_IN,
            at=self.now(),
            channel=channel,
            actor=f"{actor} at {_said(source, 'where the person signed up: --source')}",
            words=words,
            wording=version or f"sha256:{fingerprint}",
            language=language,
            stated=stated,
        )
        return self.apply_event(number, event)


def _said(text: str, what: str) -> str:
    """The text without surrounding space; raises BadInput when nothing is left."""
    if not text.strip():
        raise BadInput(f"the proof needs {what}")
    return text.strip()
