"""Links by which people opt out who cannot text back: one for each person, opened and used as often as they like."""

from dataclasses import dataclass
from typing import Final

from app.domain.consent import State
from app.domain.evidence import Channel
from app.domain.number import Number
from app.domain.opt_out_link import LENGTH, reference_in, token_for
from app.domain.remarks import PRESSED
from app.services.audience_ports import References
from app.services.ports import Now
from app.services.sign_up import PERSON
from app.services.subscriber_care import SubscriberCare

# Short, because whoever writes a text pays for it.
PATH: Final = "/o/"


@dataclass(frozen=True, slots=True)
class OptOutLinks:
    """Make and use them. `site`: our public address; `key`: signs them, and is for nothing else.

    All raise Misconfigured without a key for references, and StoreUnavailable.
    """

    references: References
    care: SubscriberCare
    site: str
    key: bytes
    now: Now

    def of(self, number: Number) -> str:
        """A number's own link. Of whom nothing is kept it holds for an hour."""
        token = token_for(self.references.of(number), self.now().date(), self.key)
        return f"{self.site}{PATH}{token}"

    def of_nobody(self) -> str:
        """A link that leads to nobody, as long as any other."""
        return f"{self.site}{PATH}{'x' * LENGTH}"

    def whose(self, token: str) -> Number | None:
        """Whose link it is; None for one that is forged or changed, holds no longer, or is of somebody erased."""
        ref = reference_in(token, self.now().date(), self.key)
        return self.references.number_of(ref) if ref else None

    def opt_out(self, number: Number, *, words: str, address: str) -> None:
        """Opt out whoever pressed the button with these `words`. Again: nothing, for nothing is left to do."""
        if self.care.consents.load(number).state is State.OPTED_OUT:
            return
        at = self.now().isoformat(timespec="milliseconds")
        self.care.opt_out(
            number,
            reason=words,
            actor=f"{PERSON} at {self.site}{PATH}…",
            channel=Channel.WEB,
            stated=str(PRESSED.with_(when=at, address=address)),
        )
