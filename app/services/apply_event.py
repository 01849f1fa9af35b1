"""Load the consent, decide, commit, ring: the one way in which any consent changes."""

from dataclasses import dataclass
from typing import Final

from app.domain.consent import RULES, Decision, Policy, Record, Told, decide
from app.domain.errors import StoreUnavailable
from app.domain.evidence import Event
from app.domain.number import Number
from app.domain.outbox import NEEDS, Debt
from app.domain.replies import Texts
from app.services.ports import Commit, Committed, Consents, Doorbell, NewRef

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
        record = self._first_guess(number, event)
        for _ in range(ROUNDS):
            decision = decide(record, event, self.policy)
            debt = self._debt(number, decision, event)
            committed = self._keep(number, decision, event.mark, debt)
            match committed.result:
                case Commit.DONE:
                    if debt is not None:
                        self.doorbell.ring()
                    return decision.told
                case Commit.SEEN:
                    return Told.ALREADY
                case Commit.ERASED:
                    return Told.ERASED
                case Commit.STALE:
                    record = committed.current or self.consents.load(number)
        raise StoreUnavailable("this number's record kept changing; try again")

    def _keep(self, number: Number, decision: Decision, mark: str, debt: Debt | None) -> Committed:
        """A message that is ignored leaves its mark: it could be replayed when it would be heeded."""
        if decision.evidence is not None:
            return self.consents.commit(number, decision, mark, debt)
        return self.consents.pass_over(number, decision.before, mark) if mark else Committed(Commit.DONE)

    def _first_guess(self, number: Number, event: Event) -> Record:
        """Nothing is known of most numbers, and the commit finds out for free whether that is so.

        Only where the guess would end the matter, the record has to be looked at.
        """
        guess = Record()
        written = RULES[guess.state, event.signal].recorded or event.mark
        return guess if written else self.consents.load(number)

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
            sender=event.to,
        )
