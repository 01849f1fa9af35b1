"""Names that stand for numbers: keyed hashes, because the numbers of a country are few enough to hash all of them."""

import hmac
from typing import Final

from app.domain.number import Number

# A Dutch mobile number is one of 60 million: an unkeyed hash of it would be undone in seconds.
_DIGITS: Final = 32


class KeyedNames:
    """The names made with a key; without one there are none."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # Copied for each name: a digest in one go lets other threads in, which costs an import far more.
        self._keyed = hmac.new(key, digestmod="sha256")

    def __bool__(self) -> bool:
        return bool(self._key)

    def name(self, number: Number) -> str:
        return self._hash(number.e164)

    def _hash(self, text: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()[:_DIGITS]
