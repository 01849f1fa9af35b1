"""Load the consent, decide, commit, ring: the one way in which any consent changes."""

from dataclasses import dataclass
from typing import Final

from app.domain.consent import Decision, Policy, Told, decide
from app.domain.errors import StoreUnavailable
from app.domain.evidence import Event
from app.domain.number import Number
from app.domain.outbox import NEEDS, Debt
from app.domain.replies import Texts
from app.services.ports import Commit, Consents, Doorbell, NewRef

# In each round somebody's commit wins, so this many may race for one number.
ROUNDS: Final = 200


@dataclass(frozen=True, slots=True)
class ApplyEvent:
    """Apply one event to one number, exactly once however often it is delivered."""

    consents: Consents
    doorbell: Doorbell
    texts: Texts
    policy: Policy
    new_ref: NewRef

    def __call__(self, number: Number, event: Event) -> Told:
        """What the caller is told. Raises StoreUnavailable when nothing may count as done."""
        for _ in range(ROUNDS):
            decision = decide(self.consents.load(number), event, self.policy)
            if decision.evidence is None:
                return decision.told
            debt = self._debt(number, decision, event)
            match self.consents.commit(number, decision, event.mark, debt):
                case Commit.DONE:
                    if debt is not None:
                        self.doorbell.ring()
                    return decision.told
                case Commit.SEEN:
                    return Told.ALREADY
                case Commit.STALE:
                    continue
        raise StoreUnavailable("this number's record kept changing; try again")

    def _debt(self, number: Number, decision: Decision, event: Event) -> Debt | None:
        if decision.reply is None:
            return None
        return Debt(
            ref=self.new_ref(number),
            number=number,
            reply=decision.reply,
            language=decision.language,
            body=self.texts.text(decision.reply, decision.language),
            due=event.at,
            needs=NEEDS.get(decision.reply, ""),
            ask_first=event.read_back,
        )
