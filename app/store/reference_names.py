"""Names that stand for numbers: keyed hashes, because the numbers of a country are few enough to hash all of them."""

import hmac
from typing import Final

from app.domain.number import Number

_DIGITS: Final = 32


class ReferenceNames:
    """The names made with a key; without one there are none."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __bool__(self) -> bool:
        return bool(self._key)

    def name(self, number: Number) -> str:
        return hmac.digest(self._key, number.e164.encode(), "sha256").hex()[:_DIGITS]
