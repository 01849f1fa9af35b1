"""What a system that calls us may do, and by what we know it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.errors import BadInput

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_SECRET: Final = re.compile(r"swt_[A-Za-z0-9_-]{43}")


class Scope(StrEnum):
    """What may be done with a token."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; of its secret only the fingerprint is kept."""

    name: str
    scopes: frozenset[Scope]
    made: datetime
    made_by: str
    last_used: datetime | None = None


def token_name(text: str) -> str:
    """Raises BadInput for what no token can be called."""
    if not _NAME.fullmatch(text):
        raise BadInput("a token's name has 1 to 40 letters, digits, dots, dashes and underscores")
    return text


def fingerprint(secret: str) -> str:
    """By which a secret is recognised; "" for what cannot be one.

    A plain hash: a secret is 256 random bits, so that nobody can try them all, and no salt or slowness adds to that.
    """
    return hashlib.sha256(secret.encode()).hexdigest() if _SECRET.fullmatch(secret) else ""
