"""Every key of the store and how long it lives. Nothing else in the project spells one."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import Final

from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import PARTITIONS, partition_of

# A finished message's row answers status callbacks and support's questions for so long.
ROW_SECONDS: Final = 90 * 24 * 3600
# An identifier of the provider: what it names, and 128 random bits.
SID: Final = re.compile(r"[A-Z]M[0-9a-f]{32}")

CAMPAIGNS: Final = "sw:{campaigns}:all"
RESTLESS_CAMPAIGNS: Final = "sw:{campaigns}:restless"
# For so long a text counts for the caps, an opt-out for the campaigns before it, and a choice that broke off is kept.
SENDS_SECONDS: Final = 31 * 24 * 3600
FOLLOWED_SECONDS, CHOSEN_SECONDS = 72 * 3600, 3600

STAFF_ACCOUNTS: Final = "sw:{staff}:accounts"
STAFF_STEPS: Final = "sw:{staff}:steps"
STAFF_AUDIT: Final = "sw:{staff}:audit"

# By so many last digits numbers are found: 78 in a set of a partition among a million people.
ENDING: Final = 2
JOINED, LEFT = "in", "out"

HEARTBEAT: Final = "sw:clock:beat"
READ_BACK_TO: Final = "sw:clock:read-back-to"
FIELD_NAMES: Final = "sw:field-names"
REPLY_TEXTS: Final = "sw:reply-texts"
PROVIDER_ERRORS: Final = "sw:provider-errors"
ERASURE_KEY: Final = "sw:erasure-key"
TOKENS: Final = "sw:{tokens}:all"
TOKENS_USED: Final = "sw:{tokens}:used"
ENDPOINTS: Final = "sw:{tokens}:endpoints"
# In the same slot, so that what is done and the record of it are one step.
AUDIT: Final = "sw:{tokens}:audit"
EVERY_RECORD: Final = "sw:{p*}:rec:*"
EVERY_OBJECTION: Final = "sw:{p*}:gone:*"


def number_in(record: str) -> str:
    """The number whose record has that key."""
    return record.rpartition(":")[2]


@cache
def tag(partition: int) -> str:
    """The hash tag that keeps a partition's keys in one slot."""
    return f"sw:{{p{partition:02d}}}"


def every_tag() -> list[str]:
    return [tag(partition) for partition in range(PARTITIONS)]


def record(tag: str, e164: str) -> str:
    return f"{tag}:rec:{e164}"


def sends(tag: str, e164: str) -> str:
    """The campaigns whose texts a number got."""
    return f"{tag}:sends:{e164}"


class NumberKeys:
    """The keys of one number."""

    __slots__ = ("care", "evidence", "profile", "record", "sends", "tag")

    def __init__(self, number: Number, partition: int | None = None) -> None:
        self.tag = tag(partition_of(number) if partition is None else partition)
        self.record = record(self.tag, number.e164)
        self.evidence = f"{self.tag}:ev:{number.e164}"
        self.profile = f"{self.tag}:who:{number.e164}"
        self.sends = sends(self.tag, number.e164)
        self.care = f"{self.tag}:care:{number.e164}"


def subscribers(tag: str) -> str:
    return f"{tag}:subs"


def beginning(number: Number) -> str:
    """What a number has before its ending: a whole number, of which a set keeps most in 4 bytes."""
    return number.e164[1:-ENDING]


def endings(tag: str, number: Number) -> str:
    """The set of everybody in the partition whose number ends on the same two digits."""
    return ending_with(tag, number.e164[-ENDING:])


def ending_with(tag: str, last: str) -> str:
    return f"{tag}:end:{last}"


def days(tag: str) -> str:
    """How many joined and left on each day."""
    return f"{tag}:days"


@lru_cache(64)
def day_field(day: date, what: str) -> str:
    return f"{day:%Y%m%d}:{what}"


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


def gone(tag: str, name: str) -> str:
    """The objection of an erased person, by the name that hides who it was."""
    return f"{tag}:gone:{name}"


def reference(tag: str, name: str) -> str:
    """The number that a reference stands for."""
    return f"{tag}:ref:{name}"


def every_reference(tag: str) -> str:
    return f"{tag}:ref:*"


def told(tag: str) -> str:
    """The endpoints that are told of changes in this partition."""
    return f"{tag}:told"


def calls(tag: str) -> str:
    """Changes that an endpoint has still to be told of, by when."""
    return f"{tag}:calls"


def missed(tag: str) -> str:
    """Calls that were given up, by when."""
    return f"{tag}:missed"


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


def every_row(tag: str) -> str:
    return f"{tag}:outbox:row:*"


def member(ref: RowRef, number: Number) -> str:
    """A row as the outbox's sorted sets name it."""
    return f"{ref.text}:{number.e164}"


def from_member(member: str) -> tuple[RowRef, Number]:
    ref, _, e164 = member.partition(":")
    return RowRef(ref), Number(e164)


def campaign(identifier: str) -> str:
    return f"sw:{{campaigns}}:c:{identifier}"


def campaign_waits(identifier: str) -> str:
    """Why it does not go on; forgotten after some seconds."""
    return f"sw:{{campaigns}}:waits:{identifier}"


def opt_outs_after(tag: str) -> str:
    """How many opted out soon after each campaign."""
    return f"{tag}:optouts"


def staff_session(name: str) -> str:
    """One session of somebody on the staff, by the hash of its token."""
    return f"sw:{{staff}}:session:{name}"


def bucket(sender: str) -> str:
    """The rate at which a sender sends."""
    return f"sw:bucket:{sender}"


def allowance(who: str) -> str:
    """How many requests somebody may make now; forgotten once they may make all again."""
    return f"sw:allowance:{who}"


def answer(name: str) -> str:
    """What was answered to a caller's request with a key of theirs; a day."""
    return f"sw:answer:{name}"


class CampaignKeys:
    """One campaign's keys in one partition."""

    __slots__ = ("_begin", "claimed", "counts", "outcomes", "run", "tag", "todo", "unknown")

    def __init__(self, tag: str, campaign: str) -> None:
        self.tag, self._begin = tag, f"{tag}:c:{campaign}:"
        self.run, self.todo, self.claimed, self.unknown, self.outcomes, self.counts = (
            f"{self._begin}{name}" for name in ("run", "todo", "claimed", "unknown", "out", "n")
        )

    def chosen(self, by: str) -> str:
        """Whom somebody has found to belong to it, until they are written down; an hour at most."""
        return f"{self._begin}chosen:{by}"

    def row(self, e164: str) -> str:
        return f"{self._begin}row:{e164}"
