"""Tokens in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.token import Token
from app.services.api_ports import Tokens


class MemoryTokens(Tokens):
    """The port Tokens on a dictionary."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    def add(self, token: Token, fingerprint: str) -> None:
        self._tokens[fingerprint] = token

    def revoke(self, name: str, at: datetime, actor: str) -> bool:  # noqa: ARG002 - nobody looks at them here
        before = len(self._tokens)
        self._tokens = {key: token for key, token in self._tokens.items() if token.name != name}
        return len(self._tokens) < before

    def every(self) -> Sequence[Token]:
        return sorted(self._tokens.values(), key=lambda token: token.name)

    def find(self, fingerprint: str, now: datetime) -> Token | None:
        found = self._tokens.get(fingerprint)
        if found is not None:
            found = self._tokens[fingerprint] = replace(found, last_used=now)
        return found
