"""The slice of the store that a number lives in: everything about one number is in one slot of a cluster."""

import zlib
from typing import Final

from app.domain.number import Number

PARTITIONS: Final = 128
# Of many places that something is wrong in, so many are named.
PLACES: Final = 5


def place_of(number: Number) -> str:
    """Where what is kept of a number lies, for whoever has to mend it; the number itself stays masked."""
    return f"partition {partition_of(number):02d}, {number.masked}"


def partition_of(number: Number) -> int:
    """Stable for ever: 0 to 127, from the number alone."""
    return zlib.crc32(number.e164.encode()) % PARTITIONS
