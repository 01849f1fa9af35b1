"""What staff do about one person in the console. Who did it is written down before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.audit import Act, AuditEntry
from app.domain.consent import State, Told
from app.domain.errors import BadInput
from app.domain.number import Number
from app.services.audience_ports import References
from app.services.care_ports import Care, CareEntry, CareLog
from app.services.ports import Now
from app.services.staff_ports import AuditTrail
from app.services.subscriber_care import SubscriberCare

LONGEST_WORDS: Final = 500


@dataclass(frozen=True, slots=True)
class Who:
    """Who does it: an account, and from where."""

    name: str
    address: str = ""

    @property
    def actor(self) -> str:
        return f"staff:{self.name}"


@dataclass(frozen=True, slots=True)
class StaffCare:
    """The actions. There is none that opts somebody in. Each raises StoreUnavailable when nothing may count as done."""

    care: SubscriberCare
    log: CareLog
    references: References
    audit: AuditTrail
    now: Now

    def reveal(self, number: Number, who: Who) -> str:
        """The whole number, for somebody who has to call or compare it."""
        self._write(Act.REVEALED, number, who)
        self.log.add(number, CareEntry(self.now(), Care.REVEALED, who.actor))
        return number.e164

    def note(self, number: Number, words: str, who: Who) -> None:
        """Leave a note with the person."""
        said = _said(words, "a note needs words")
        self._write(Act.NOTED, number, who)
        self.log.add(number, CareEntry(self.now(), Care.NOTED, who.actor, said))

    def opt_out(self, number: Number, reason: str, who: Who) -> Told:
        """Opt them out, as they asked by another way than a text."""
        said = _said(reason, "the proof needs a reason")
        self._write(Act.OPTED_OUT, number, who)
        return self.care.opt_out(number, reason=said, actor=who.actor)

    def clear_hold(self, number: Number, reason: str, who: Who) -> Told:
        """Subscribe somebody again who was only held: their message was no opt-out."""
        said = _said(reason, "the proof needs a reason")
        if self.care.consents.load(number).state is not State.HELD:
            # Somebody else was first: the trail tells of nothing that was not done.
            return Told.NOT_HELD
        self._write(Act.HOLD_CLEARED, number, who)
        return self.care.clear_hold(number, reason=said, actor=who.actor)

    def of(self, number: Number) -> Sequence[CareEntry]:
        """Notes and reveals, oldest first."""
        return self.log.of(number)

    def _write(self, act: Act, number: Number, who: Who) -> None:
        about = self.references.of(number)
        self.audit.write(AuditEntry(self.now(), act, who.actor, about, who.address))


def _said(text: str, otherwise: str) -> str:
    said = text.strip()
    if not said:
        raise BadInput(otherwise)
    if len(said) > LONGEST_WORDS:
        raise BadInput(f"at most {LONGEST_WORDS} characters fit")
    return said
