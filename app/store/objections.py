"""Names for people of whom nothing may be kept: keyed hashes, which nobody can turn back without the key."""

import hmac
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.number import Number

# A Dutch mobile number is one of 60 million: an unkeyed hash of it would be undone in seconds.
_DIGITS: Final = 32
_PROOF: Final = "the key itself"


class Objections:
    """The names of erased people, made with the key; without a key nobody can have been erased."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # Copied for each name: a digest in one go lets other threads in, which costs an import far more.
        self._keyed = hmac.new(key, digestmod="sha256")

    def __bool__(self) -> bool:
        return bool(self._key)

    def name(self, number: Number) -> str:
        return self._hash(number.e164)

    def proof(self) -> str:
        """By which another key is recognised. Raises Misconfigured without a key."""
        if not self._key:
            raise Misconfigured(
                "STOPWOORD_ERASURE_KEY is not set: erasing needs it, so that the objection can be kept without "
                'the number; make one with `python -c "import secrets; print(secrets.token_urlsafe(32))"`'
            )
        return self._hash(_PROOF)

    def _hash(self, text: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()[:_DIGITS]
