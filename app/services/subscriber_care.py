"""What staff and the shop's systems do about one person: look up, opt out, invite."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.consent import Record, Told
from app.domain.errors import BadInput
from app.domain.evidence import Channel, Event, Evidence
from app.domain.number import Number
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.ports import Consents, Now


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Everything kept of one number."""

    number: Number
    record: Record
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who waits for a decision. `because`: the message that nobody could read for certain."""

    number: Number
    since: datetime
    because: Evidence | None


@dataclass(frozen=True, slots=True)
class SubscriberCare:
    """The actions on one number. Each raises StoreUnavailable when nothing may count as done."""

    consents: Consents
    apply_event: ApplyEvent
    now: Now

    def show(self, number: Number) -> Subscriber:
        return Subscriber(number, self.consents.load(number), self.consents.evidence(number))

    def opt_out(self, number: Number, *, reason: str, actor: str) -> Told:
        """Opt somebody out who asked for it by another way than a text."""
        event = Event(
            Signal.STAFF_OPT_OUT, self.now(), Channel.STAFF, actor, words=_said(reason, "a reason: --reason")
        )
        return self.apply_event(number, event)

    def held(self) -> Sequence[Held]:
        """Everybody who waits for a person to decide, the longest waiting first."""
        return [Held(number, since, self._what_held(number)) for number, since in self.consents.held()]

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
    ) -> Told:
        """Ask somebody who signed up elsewhere to confirm. `version` "": the wording's own fingerprint."""
        words = _said(wording, "the wording that the person agreed to: --wording")
        fingerprint = hashlib.sha256(words.encode()).hexdigest()[:12]
        event = Event(
            signal=Signal.WEB_OPT_IN,
            at=self.now(),
            channel=Channel.WEB,
            actor=f"{actor} at {_said(source, 'where the person signed up: --source')}",
            words=words,
            wording=version or f"sha256:{fingerprint}",
            language=language,
        )
        return self.apply_event(number, event)


def _said(text: str, what: str) -> str:
    """The text without surrounding space; raises BadInput when nothing is left."""
    if not text.strip():
        raise BadInput(f"the proof needs {what}")
    return text.strip()
