"""Everything that has to be right before the promises hold, looked at one by one, each with its remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from app.domain.errors import StopwoordError
from app.domain.number import E164
from app.domain.program import Program
from app.domain.who_answers import ProviderAnswers, short_code
from app.services.readiness import Check, Readiness


class Installation(Protocol):
    """How the provider sees this installation. A problem is a clause; "" is none."""

    def webhook_address(self) -> str: ...

    def signature_problem(self) -> str: ...

    def webhook_problem(self) -> str: ...

    def credentials_problem(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Doctor:
    """Examine the installation. `misnamed`: settings that mean nothing, with what they resemble."""

    readiness: Readiness
    installation: Installation
    program: Program
    answers: ProviderAnswers
    misnamed: Mapping[str, str]

    def __call__(self, *, running: bool) -> list[Check]:
        """All checks; without `running` only those that need no process of ours to run."""
        checks = [*self._settings(), self._sender(), self._signature(), self._address(), self._who_answers()]
        if not running:
            return [*checks, *self.readiness.of_the_store()]
        return [*checks, *self.readiness(), self._provider(), self._webhook(), self._workers()]

    def _settings(self) -> Iterable[Check]:
        for name, resembles in self.misnamed.items():
            fix = f"did you mean {resembles}?" if resembles else "remove it"
            yield Check("settings", ok=False, found=f"{name} means nothing", fix=fix)

    def _sender(self) -> Check:
        sender = self.program.sender
        hears = bool(E164.fullmatch(sender)) or short_code(sender)
        found = "a number" if E164.fullmatch(sender) else "a short code" if hears else "a name"
        fix = "texts from a name cannot be answered, so nobody could reply STOP: use a number as sender"
        return Check("sender can receive", hears, found, fix)

    def _signature(self) -> Check:
        problem = self.installation.signature_problem()
        return Check(
            "signature self-test", not problem, problem or "right accepted, wrong refused", "report this"
        )

    def _address(self) -> Check:
        address = self.installation.webhook_address()
        local = urlsplit(address).hostname in {"127.0.0.1", "localhost"}
        fix = "Twilio signs what it calls: give STOPWOORD_PUBLIC_URL its https address"
        return Check("webhook address", local or address.startswith("https://"), address, fix)

    def _who_answers(self) -> Check:
        told = {
            ProviderAnswers.DEFAULT: "Twilio answers its own English words, we answer the others",
            ProviderAnswers.ADVANCED: "Twilio answers what carries OptOutType, we answer the others",
            ProviderAnswers.NONE: "we answer every word: Twilio's own handling must be off",
        }
        if self.answers is ProviderAnswers.DEFAULT and short_code(self.program.sender):
            return Check(
                "who answers",
                ok=False,
                found="by default Twilio answers nothing for a short code: we answer every word",
                fix="set STOPWOORD_PROVIDER_ANSWERS=none, or advanced if Advanced Opt-Out is on for it",
            )
        return Check("who answers", ok=True, found=told[self.answers])

    def _provider(self) -> Check:
        problem = self.installation.credentials_problem()
        fix = "check STOPWOORD_TWILIO_ACCOUNT_SID, STOPWOORD_TWILIO_AUTH_TOKEN and STOPWOORD_TWILIO_URL"
        return Check("provider", not problem, problem or "answers", fix)

    def _webhook(self) -> Check:
        problem = self.installation.webhook_problem()
        fix = "start the web process (python -m app.web), and let the proxy pass path and query unchanged"
        return Check("webhook", not problem, problem or "takes signed requests only", fix)

    def _workers(self) -> Check:
        fix = "start a worker: python -m workers.runner"
        try:
            count = self.readiness.queue.workers()
        except StopwoordError as error:
            return Check("workers", ok=False, found=str(error), fix=fix)
        return Check("workers", count > 0, f"{count} listening", fix)
