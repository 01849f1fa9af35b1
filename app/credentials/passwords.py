"""Passwords: kept by Argon2id, judged by zxcvbn, which knows the common ones."""

import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

SHORTEST: Final = 15
# It reads no further, and what it has read by then is enough.
JUDGED: Final = 72
STRONG: Final = 3
# OWASP's first choice for Argon2id: 19 MiB, so that a few sign-ins at once do not fill a small machine.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class ArgonPasswords:
    """The port Passwords."""

    def __init__(self) -> None:
        self._nobodys = ""

    def hash(self, password: str) -> str:
        return _HASHER.hash(_bytes(password))

    def fits(self, kept: str, password: str) -> bool:
        # A name that no account has must cost as much time as one that has, or the time would tell them apart.
        if not kept and not self._nobodys:
            self._nobodys = self.hash(secrets.token_urlsafe())
        try:
            _HASHER.verify(kept or self._nobodys, _bytes(password))
        except (VerifyMismatchError, InvalidHashError):
            return False
        return bool(kept)

    def weakness(self, password: str, name: str) -> str:
        if len(password) < SHORTEST:
            return f"it has fewer than {SHORTEST} characters"
        found = zxcvbn(password[:JUDGED], user_inputs=[name, "stopwoord"])
        return "" if found["score"] >= STRONG else "it is a common one, or easy to guess"

    def new(self) -> str:
        return secrets.token_urlsafe(18)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
