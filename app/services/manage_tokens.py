"""What the operator does about tokens: make, list, revoke."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.token import Scope, Token, fingerprint, token_name
from app.services.api_ports import Tokens
from app.services.ports import NewId, Now


@dataclass(frozen=True, slots=True)
class ManageTokens:
    """The actions on tokens. Each raises StoreUnavailable when nothing may count as done."""

    tokens: Tokens
    new_secret: NewId
    now: Now

    def add(self, name: str, scopes: Iterable[Scope], *, actor: str) -> str:
        """The new token's secret, which nobody can see again."""
        token_name(name)
        if any(token.name == name for token in self.tokens.every()):
            raise BadInput(f"there is a token {name} already: revoke that one, or choose another name")
        secret = self.new_secret()
        self.tokens.add(Token(name, frozenset(scopes), self.now(), actor), fingerprint(secret))
        return secret

    def revoke(self, name: str, *, actor: str) -> bool:
        """From now on it opens nothing. False: there is none of that name."""
        return self.tokens.revoke(token_name(name), self.now(), actor)

    def every(self) -> Sequence[Token]:
        return self.tokens.every()

    def find(self, secret: str) -> Token | None:
        """The token with that secret."""
        found = fingerprint(secret)
        return self.tokens.find(found, self.now()) if found else None
