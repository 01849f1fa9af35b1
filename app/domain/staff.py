"""Staff: who may sign in to the console, and what each role may do there. Nobody may opt anybody in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.errors import BadInput

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class Role(StrEnum):
    """What somebody is here for."""

    VIEWER = "viewer"
    SUPPORT = "support"
    MARKETER = "marketer"
    ADMIN = "admin"


class Right(StrEnum):
    """One thing that a role may or may not do."""

    SEE = "see"
    REVEAL = "reveal"
    DECIDE = "decide"
    CAMPAIGN = "campaign"
    AUDIT = "audit"


RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.VIEWER: frozenset({Right.SEE}),
    Role.SUPPORT: frozenset({Right.SEE, Right.REVEAL, Right.DECIDE}),
    Role.MARKETER: frozenset({Right.SEE, Right.CAMPAIGN}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Account:
    """One member of staff. `password` is its hash; `secret` makes the codes of a second factor, "" without one.

    `generation` goes up with every change that ends all sessions.
    """

    name: str
    role: Role
    password: str
    made: datetime
    secret: str = ""
    disabled: bool = False
    generation: int = 1

    def __post_init__(self) -> None:
        account_name(self.name)

    def __repr__(self) -> str:
        return f"Account({self.name}, {self.role})"

    def may(self, right: Right) -> bool:
        return not self.disabled and right in RIGHTS[self.role]

    def changed(self, **changes: object) -> "Account":
        """The account after a change that ends all its sessions."""
        return replace(self, generation=self.generation + 1, **changes)  # type: ignore[arg-type]


def account_name(text: str) -> str:
    """Raises BadInput for what no account's name can be."""
    if not _NAME.fullmatch(text):
        raise BadInput(
            "a name has 1 to 40 small letters, digits, dots, dashes and underscores, such as anna.jansen"
        )
    return text
