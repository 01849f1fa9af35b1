"""Somebody filled in the sign-up form: ask them to confirm, and let nobody learn who is known here."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.evidence import Channel
from app.domain.number import Number
from app.domain.remarks import AGREED_FROM
from app.domain.replies import Language
from app.domain.sign_up import SignUpForm
from app.services.api_ports import Allowance, Limits
from app.services.ports import Now
from app.services.subscriber_care import SubscriberCare

PERSON = "person"


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it came. `page`: where it stood; `address`: from where it was sent."""

    language: Language
    page: str
    address: str


@dataclass(frozen=True, slots=True)
class SignUp:
    """Take in one form. `everybody`, `network`, `number`: how often that may be; `name` stands for a number."""

    care: SubscriberCare
    form: SignUpForm
    everybody: Limits
    network: Limits
    number: Limits
    name: Callable[[Number], str]
    now: Now

    def wait(self, network: str) -> float:
        """Seconds until a form from there is looked at; 0: now, and this one is counted. Raises StoreUnavailable."""
        return _wait(self.network.take(f"form:{network}", self.now()))

    def __call__(self, number: Number, sent: Sent) -> float:
        """Seconds until it can be taken in; 0: it was, whoever it is. Raises StoreUnavailable when it was not."""
        if wait := _wait(self.everybody.take("form:everybody", self.now())):
            return wait
        # Whether somebody else tried this number shall not be seen either, so what is too often is passed over.
        if not self.number.take(f"form:{self.name(number)}", self.now()).allowed:
            return 0.0
        wording, when = self.form.by_language[sent.language], self.now().isoformat(timespec="milliseconds")
        self.care.invite(
            number,
            source=sent.page,
            wording=wording.agreed,
            version=self.form.version,
            language=sent.language,
            actor=PERSON,
            channel=Channel.WEB,
            stated=str(AGREED_FROM.with_(when=when, address=sent.address, age=wording.age)),
        )
        return 0.0


def _wait(allowance: Allowance) -> float:
    return 0.0 if allowance.allowed else max(1.0, allowance.wait)
