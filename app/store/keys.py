"""Every key of the store and how long it lives. Nothing else in the project spells one."""

import re
from typing import Final

from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import PARTITIONS, partition_of

# A finished message's row answers status callbacks and support's questions for so long.
ROW_SECONDS: Final = 90 * 24 * 3600


# An identifier of the provider: what it names, and 128 random bits.
SID: Final = re.compile(r"[A-Z]M[0-9a-f]{32}")

HEARTBEAT: Final = "sw:clock:beat"
READ_BACK_TO: Final = "sw:clock:read-back-to"


def tag(partition: int) -> str:
    """The hash tag that keeps a partition's keys in one slot."""
    return f"sw:{{p{partition:02d}}}"


def every_tag() -> list[str]:
    return [tag(partition) for partition in range(PARTITIONS)]


class NumberKeys:
    """The keys of one number."""

    __slots__ = ("evidence", "profile", "record", "tag")

    def __init__(self, number: Number) -> None:
        self.tag = tag(partition_of(number))
        self.record = f"{self.tag}:rec:{number.e164}"
        self.evidence = f"{self.tag}:ev:{number.e164}"
        self.profile = f"{self.tag}:who:{number.e164}"


def subscribers(tag: str) -> str:
    return f"{tag}:subs"


def tagged(tag: str, name: str) -> str:
    """Everybody in the partition who has the tag of that name."""
    return f"{tag}:tag:{name}"


def seen(tag: str) -> str:
    """The marks of what took effect; kept as long as the evidence is, for a signature never expires."""
    return f"{tag}:seen"


def mark(message: str) -> bytes:
    """A message's mark in that set: half as long as the identifier, for there is one for every message."""
    if SID.fullmatch(message):
        return message[:1].encode() + bytes.fromhex(message[2:])
    return message.encode()


def held(tag: str) -> str:
    return f"{tag}:held"


def pending(tag: str) -> str:
    return f"{tag}:pending"


def due(tag: str) -> str:
    return f"{tag}:outbox:due"


def claimed(tag: str) -> str:
    return f"{tag}:outbox:claimed"


def unknown(tag: str) -> str:
    return f"{tag}:outbox:unknown"


def counts(tag: str) -> str:
    return f"{tag}:outbox:counts"


def row(ref: RowRef) -> str:
    return f"{tag(ref.partition)}:outbox:row:{ref.text}"


def member(ref: RowRef, number: Number) -> str:
    """A row as the outbox's sorted sets name it."""
    return f"{ref.text}:{number.e164}"


def from_member(member: str) -> tuple[RowRef, Number]:
    ref, _, e164 = member.partition(":")
    return RowRef(ref), Number(e164)
