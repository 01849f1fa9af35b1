"""The slice of the store that a number lives in: everything about one number is in one slot of a cluster."""

import zlib
from typing import Final

from app.domain.number import Number

PARTITIONS: Final = 128


def partition_of(number: Number) -> int:
    """Stable for ever: 0 to 127, from the number alone."""
    return zlib.crc32(number.e164.encode()) % PARTITIONS
