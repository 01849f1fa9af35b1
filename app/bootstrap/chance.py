"""Time and chance, which come into the rest as arguments."""

import secrets
from datetime import UTC, datetime

from app.domain.campaign import ID_LENGTH, ID_LETTERS
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import partition_of


def now() -> datetime:
    return datetime.now(UTC)


def new_ref(number: Number) -> RowRef:
    return RowRef(f"{partition_of(number)}-{secrets.token_hex(8)}")


def new_campaign_id() -> str:
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


def new_token_secret() -> str:
    """256 random bits, with a beginning by which scanners for lost secrets can know it."""
    return f"swt_{secrets.token_urlsafe(32)}"


def new_endpoint_id() -> str:
    return f"wh_{secrets.token_hex(6)}"
