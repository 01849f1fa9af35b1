"""People who never confirmed a sign-up are forgotten as pending."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.domain.evidence import Channel, Event
from app.domain.remarks import NO_ANSWER
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.carry_on import carry_on
from app.services.ports import Consents, Now

BITE: Final = 200


@dataclass(frozen=True, slots=True)
class ExpirePending:
    """End every question that has waited longer than `days` for its answer."""

    consents: Consents
    apply_event: ApplyEvent
    now: Now
    days: float

    def __call__(self) -> int:
        """How many ended. Raises StoreUnavailable when some could not, after the others did."""
        now = self.now()
        expired = self.consents.pending_since(now - timedelta(days=self.days), BITE)
        event = Event(
            Signal.EXPIRE, now, Channel.CLOCK, "stopwoord", words=str(NO_ANSWER.with_(days=f"{self.days:g}"))
        )
        carry_on(expired, lambda number: self.apply_event(number, event))
        return len(expired)
