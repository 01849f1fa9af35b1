"""Read one message: the signal, the rule that decided, the words it stands on and their language."""

from dataclasses import dataclass

from app.domain.keywords.spelling import words_of
from app.domain.program import Program
from app.domain.replies import Language
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. `signal` is one of STOP, START, CONFIRM, HELP, UNCLEAR and OTHER."""

    signal: Signal
    rule: str
    words: tuple[str, ...] = ()
    language: Language | None = None


ORDINARY = Reading(Signal.OTHER, "ordinary")


def read(body: str, program: Program) -> Reading:
    """Say what a message means. Never raises, whatever the message."""
    text = " ".join(words_of(body)) or body.strip()
    keyword = program.lexicon.keywords.get(text)
    if keyword is None:
        return ORDINARY
    return Reading(keyword.signal, "keyword", (keyword.text,), keyword.language)
