"""Messages owed: rows of the outbox, their claims, and what can become of them."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.replies import Language, Reply

_REF: Final = re.compile(r"[0-9]{1,3}-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class RowRef:
    """An opaque name for one row, fit for a URL: partition and a random id, never the number."""

    text: str

    def __post_init__(self) -> None:
        if not _REF.fullmatch(self.text):
            raise BadInput("that is not a reference to a message of ours")

    @property
    def partition(self) -> int:
        return int(self.text.partition("-")[0])


@dataclass(frozen=True, slots=True)
class Debt:
    """A reply that is owed, to be written in the same step as its cause.

    `needs`: the state the number must still have when it is claimed ("" any): a welcome is not sent after a STOP.
    `ask_first`: the cause was read back later, so the provider is asked whether the reply went out already.
    `sender`: the number that they texted; "" for the program's.
    """

    ref: RowRef
    number: Number
    reply: Reply
    language: Language
    body: str
    due: datetime
    needs: str = ""
    ask_first: bool = False
    sender: str = ""


# Seconds that one post to the provider takes at most: whoever has held a row for longer hangs or is dead.
LONGEST_POST: Final = 10.0
TEST: Final = "test"
"""What stands in the place of the kind of reply for a text that is sent for a look."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that somebody works on, proven by `token`. `since`: from when on the provider may know the message.

    `sender`: the number that it goes out from; "" for the program's.
    """

    ref: RowRef
    number: Number
    reply: Reply | Literal["test"]
    body: str
    token: str
    attempts: int
    owed_since: datetime
    since: datetime
    sender: str = ""


class Fate(StrEnum):
    """What became of a claimed row."""

    SENT = "sent"
    FAILED = "failed"
    AGAIN = "again"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row's fate. `when`: for AGAIN the next due time, for UNKNOWN the moment to ask the provider."""

    fate: Fate
    at: datetime
    when: datetime | None = None
    message: str = ""
    code: int = 0
    why: str = ""


# A welcome, an "already", a clarification or a question is moot once the state has moved on; a goodbye and a
# help answer are owed whatever happens.
NEEDS: Final = {
    Reply.WELCOME: "subscribed",
    Reply.ALREADY: "subscribed",
    Reply.CLARIFY: "held",
    Reply.ASK_TO_CONFIRM: "pending",
}
