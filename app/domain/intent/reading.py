"""What comes of reading a message, and what one rule finds in one clause of it."""

from dataclasses import dataclass

from app.domain.replies import Language
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. `signal` is one of STOP, START, CONFIRM, HELP, UNCLEAR and OTHER.

    `rule` names what decided, `words` are those it stands on, `language` is theirs if they have one.
    """

    signal: Signal
    rule: str
    words: tuple[str, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict on one clause. `otherwise`: what it is worth in a message that also says other things."""

    signal: Signal
    rule: str
    words: tuple[str, ...]
    otherwise: Signal
