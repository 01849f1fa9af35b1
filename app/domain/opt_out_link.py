"""The end of a link by which somebody opts out: whom it is about, until when it holds, and our signature.

It says neither the number nor anything about it: a reference means nothing without the store. Letters and digits in
one case only, so that no phone cuts it short where it underlines links, and it can be read out.
"""

import base64
import hmac
import re
from datetime import date, timedelta
from typing import Final

HELD_DAYS: Final = 180
LENGTH: Final = 48
_REFERENCE: Final = re.compile(r"([0-9]{1,3})-([0-9a-f]{32})")
_TOKEN: Final = re.compile(rf"[a-z2-7]{{{LENGTH}}}", re.IGNORECASE)
_FIRST_DAY: Final = date(1970, 1, 1)
_DAY_BYTES: Final = 2
_SAID_BYTES: Final = 1 + 16 + _DAY_BYTES
# 88 bits: nobody can try so many on a server that answers some thousands a second.
_PROOF_BYTES: Final = 11


def token_for(ref: str, today: date, key: bytes) -> str:
    """A token for the person of that reference, which holds for HELD_DAYS."""
    found = _REFERENCE.fullmatch(ref)
    if found is None:
        raise ValueError("a reference is a partition, a dash and 128 bits")
    until = (today + timedelta(days=HELD_DAYS) - _FIRST_DAY).days
    said = bytes([int(found[1])]) + bytes.fromhex(found[2]) + until.to_bytes(_DAY_BYTES, "big")
    return base64.b32encode(said + _proof(said, key)).decode().lower()


def reference_in(token: str, today: date, key: bytes) -> str | None:
    """The reference; None for a token that was not made with this key, was changed, or holds no longer."""
    if not _TOKEN.fullmatch(token):
        return None
    taken = base64.b32decode(token.upper())
    said, proof = taken[:_SAID_BYTES], taken[_SAID_BYTES:]
    until = _FIRST_DAY + timedelta(days=int.from_bytes(said[-_DAY_BYTES:], "big"))
    if not hmac.compare_digest(proof, _proof(said, key)) or today > until:
        return None
    return f"{said[0]}-{said[1:-_DAY_BYTES].hex()}"


def _proof(said: bytes, key: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")[:_PROOF_BYTES]
