"""Forget a person at their request: here in one step, then at the provider; what stays is their objection."""

import json
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.number import Number
from app.services.audience_ports import Archive, Erasures, Forgotten
from app.services.ports import Now


@dataclass(frozen=True, slots=True)
class EraseSubscriber:
    """Erase one number. Doing it again is harmless, and goes on where the provider was away."""

    erasures: Erasures
    archive: Archive
    now: Now

    def here(self, number: Number, *, reason: str, actor: str) -> bool:
        """Whether anything was kept. Raises StoreUnavailable, and Misconfigured without a key."""
        if not reason.strip():
            raise BadInput("the proof needs a reason: --reason")
        # The proof of the erasure itself: about what was done, and not about whom.
        at = self.now()
        because = json.dumps([at.isoformat(timespec="seconds"), actor, reason.strip()])
        return self.erasures.erase(number, because, at)

    def erased(self, number: Number) -> bool:
        """Whether they have been erased, and have not texted START since."""
        (found,) = self.erasures.erased([number])
        return found

    def at_the_provider(self, number: Number) -> Forgotten:
        """Delete the messages that the provider keeps. Raises ProviderUnavailable."""
        return self.archive.forget(number)
