"""Accounts of staff: add, list, disable, enable, reset. There is none until somebody makes one."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.audit import Act, AuditEntry
from app.domain.errors import BadInput, StoreUnavailable
from app.domain.staff import Account, Role, account_name
from app.services.ports import Now
from app.services.staff_ports import Accounts, AuditTrail, Codes, Passwords


@dataclass(frozen=True, slots=True)
class Handed:
    """What has to reach the person, and is shown this once. `password` "": they chose it themselves.

    `secret` and `address`: of their second factor, "" without one.
    """

    account: Account
    password: str = ""
    secret: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class StaffAccounts:
    """The actions on accounts. Each raises BadInput with what to do instead."""

    accounts: Accounts
    passwords: Passwords
    codes: Codes
    audit: AuditTrail
    now: Now

    def every(self) -> Sequence[Account]:
        """All accounts, by name."""
        return self.accounts.every()

    def add(  # noqa: PLR0913 - each is a piece of the account
        self, name: str, role: Role, *, password: str, generate: bool, codes: bool, actor: str
    ) -> Handed:
        """Make an account. An admin's always has a second factor."""
        account_name(name)
        if self.accounts.load(name) is not None:
            raise BadInput(
                f"there is an account {name} already: `stopwoord staff reset` gives it a new password"
            )
        chosen = self._chosen(name, password, generate=generate)
        secret = self.codes.new_secret() if codes or role is Role.ADMIN else ""
        made = Account(name, role, self.passwords.hash(chosen), self.now(), secret)
        self._save(None, made, Act.ACCOUNT_ADDED, actor)
        return self._handed(made, chosen if generate else "")

    def disable(self, name: str, *, actor: str) -> None:
        """Let nobody in by that account any more; whoever is in is out."""
        found = self._load(name)
        self._save(found, found.changed(disabled=True), Act.ACCOUNT_DISABLED, actor)

    def enable(self, name: str, *, actor: str) -> None:
        """Let them in again, with the password that they had."""
        found = self._load(name)
        self._save(found, found.changed(disabled=False), Act.ACCOUNT_ENABLED, actor)

    def reset(self, name: str, *, password: str, generate: bool, codes: bool, actor: str) -> Handed:
        """Give an account a new password, and a new second factor if it had one or is to; whoever is in is out."""
        found = self._load(name)
        chosen = self._chosen(name, password, generate=generate)
        secret = self.codes.new_secret() if codes or found.secret else ""
        after = found.changed(password=self.passwords.hash(chosen), secret=secret)
        self._save(found, after, Act.ACCOUNT_RESET, actor)
        return self._handed(after, chosen if generate else "")

    def _chosen(self, name: str, password: str, *, generate: bool) -> str:
        if generate:
            return self.passwords.new()
        if weakness := self.passwords.weakness(password, name):
            raise BadInput(f"choose another password: {weakness}; --generate makes a good one")
        return password

    def _load(self, name: str) -> Account:
        found = self.accounts.load(account_name(name))
        if found is None:
            raise BadInput(f"there is no account {name}; `stopwoord staff list` shows all of them")
        return found

    def _save(self, before: Account | None, after: Account, act: Act, actor: str) -> None:
        self.audit.write(AuditEntry(self.now(), act, actor, after.name))
        if not self.accounts.save(before, after):
            raise StoreUnavailable(
                "somebody else changed this account at the same moment; look, and try again"
            )

    def _handed(self, account: Account, password: str) -> Handed:
        address = self.codes.address(account.secret, account.name) if account.secret else ""
        return Handed(account, password, account.secret, address)
