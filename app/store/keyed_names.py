"""Names that stand for numbers: keyed hashes, because the numbers of a country are few enough to hash all of them."""

from hashlib import sha256
from typing import Final

from app.domain.number import Number

# A Dutch mobile number is one of 60 million: an unkeyed hash of it would be undone in seconds.
_DIGITS: Final = 32
_BLOCK: Final = 64
_INNER, _OUTER = 0x36, 0x5C


class KeyedNames:
    """The names made with a key; without one there are none."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # HMAC (RFC 2104) by its two hashes, which the key has begun, and which are copied for each name: the library's
        # copying costs as much as the hashing, and its digest in one go lets other threads in, which costs far more.
        block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner, self._outer = (sha256(bytes(byte ^ pad for byte in block)) for pad in (_INNER, _OUTER))

    def __bool__(self) -> bool:
        return bool(self._key)

    def name(self, number: Number) -> str:
        return self._hash(number.e164)

    def _hash(self, text: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.hexdigest()[:_DIGITS]
