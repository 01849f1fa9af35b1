"""Signing in, staying in, and out. A session ends when nothing happens in it, and anyway after a day's work."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from app.domain.audit import Act, AuditEntry
from app.domain.errors import BadInput
from app.domain.staff import Account, account_name
from app.services.ports import Now
from app.services.staff_ports import Accounts, AuditTrail, Codes, Passwords, Session, Sessions

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
LONGEST_PASSWORD: Final = 1000
# Written instead of a name that no account has: people type their password into the wrong field.
NOBODY: Final = "a name that no account has"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who is let in, and for how long. Each raises StoreUnavailable when nobody can tell."""

    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    codes: Codes
    audit: AuditTrail
    now: Now

    def __call__(self, name: str, password: str, code: str, *, address: str) -> str | None:
        """The secret token of a new session; None, without a word of why, when one of the three is wrong."""
        account = self._named(name)
        fits = len(password) <= LONGEST_PASSWORD and self.passwords.fits(
            account.password if account else "", password
        )
        if account is None or not fits or account.disabled or not self._code_fits(account, code):
            self._write(Act.SIGN_IN_REFUSED, account.name if account else NOBODY, address)
            log.warning("a sign-in was refused", known=account is not None)
            return None
        self._write(Act.SIGNED_IN, account.name, address)
        token = secrets.token_urlsafe(32)
        self.sessions.begin(token, Session(account.name, account.generation, self.now()), IDLE)
        return token

    def slowed(self, name: str, *, address: str) -> None:
        """Note that somebody tried too often to be let try again."""
        account = self._named(name)
        self._write(Act.SIGN_IN_SLOWED, account.name if account else NOBODY, address)
        log.warning("sign-ins come too fast", known=account is not None)

    def who(self, token: str, *, at_work: bool = True) -> Account | None:
        """Whose session it is, if it lasts. It lasts longer because of this when somebody is at work in it."""
        session = self.sessions.find(token)
        if session is None:
            return None
        left = session.begun + LONGEST - self.now()
        account = self.accounts.load(session.name)
        current = account is not None and account.generation == session.generation and not account.disabled
        if not current or left <= timedelta(0):
            self.sessions.end(token)
            return None
        if at_work:
            self.sessions.prolong(token, min(IDLE, left))
        return account

    def out(self, token: str, name: str, *, address: str) -> None:
        """End the session."""
        self.sessions.end(token)
        self._write(Act.SIGNED_OUT, name, address)

    def _named(self, name: str) -> Account | None:
        try:
            return self.accounts.load(account_name(name.strip().lower()))
        except BadInput:
            return None

    def _code_fits(self, account: Account, code: str) -> bool:
        """Each code counts once: somebody may have looked over a shoulder."""
        if not account.secret:
            return True
        step = self.codes.step(account.secret, code, self.now())
        return step is not None and self.accounts.use_step(account.name, step)

    def _write(self, act: Act, actor: str, address: str) -> None:
        named = actor if actor == NOBODY else f"staff:{actor}"
        self.audit.write(AuditEntry(self.now(), act, named, address=address))
