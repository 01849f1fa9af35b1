"""What staff need, in memory, with the semantics of the real store; time is the test's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.audit import AuditEntry
from app.domain.staff import Account
from app.services.ports import Now
from app.services.staff_ports import Accounts, AuditTrail, Passwords, Session, Sessions


@dataclass
class MemoryAccounts(Accounts):
    """The port Accounts in a dictionary."""

    kept: dict[str, Account] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)

    def load(self, name: str) -> Account | None:
        return self.kept.get(name)

    def every(self) -> Sequence[Account]:
        return [self.kept[name] for name in sorted(self.kept)]

    def save(self, before: Account | None, after: Account) -> bool:
        if self.kept.get(after.name) != before:
            return False
        self.kept[after.name] = after
        return True

    def use_step(self, name: str, step: int) -> bool:
        if self.steps.get(name, -1) >= step:
            return False
        self.steps[name] = step
        return True


@dataclass
class MemorySessions(Sessions):
    """The port Sessions in a dictionary."""

    now: Now
    kept: dict[str, tuple[Session, datetime]] = field(default_factory=dict)

    def begin(self, token: str, session: Session, lasts: timedelta) -> None:
        self.kept[token] = (session, self.now() + lasts)

    def find(self, token: str) -> Session | None:
        session, until = self.kept.get(token, (None, self.now()))
        return session if until > self.now() else None

    def prolong(self, token: str, lasts: timedelta) -> None:
        if session := self.find(token):
            self.kept[token] = (session, self.now() + lasts)

    def end(self, token: str) -> None:
        self.kept.pop(token, None)


@dataclass
class MemoryAuditTrail(AuditTrail):
    """The port AuditTrail in a list."""

    entries: list[AuditEntry] = field(default_factory=list)

    def write(self, entry: AuditEntry) -> None:
        self.entries.append(entry)

    def newest(self, most: int, about: str = "") -> Sequence[AuditEntry]:
        return [entry for entry in reversed(self.entries) if not about or entry.about == about][:most]


class PlainPasswords(Passwords):
    """Passwords as they are: hashing well takes its time."""

    def hash(self, password: str) -> str:
        return f"kept {password}"

    def fits(self, kept: str, password: str) -> bool:
        return kept == f"kept {password}"

    def weakness(self, password: str, name: str) -> str:
        return "it is too short" if len(password) < 15 or name in password else ""

    def new(self) -> str:
        return "a made-up password"
