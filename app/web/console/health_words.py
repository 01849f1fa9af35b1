"""Health as staff read it: what holds, or what may go wrong now; names of settings are for whoever runs this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.domain.sentence import Sentence
from app.services.readiness import CLOCK, QUEUE, READ_BACK, REPLIES, STORE, Check

# For each thing that is looked at: what holds while it is as it should be, and what may happen while it is not.
CONSEQUENCES: Final[Mapping[str, tuple[LazyString, LazyString]]] = {
    "appendonly": (
        _("Every change is written to disk."),
        _("It is not certain that every change is written to disk: a power cut may lose opt-outs."),
    ),
    "appendfsync": (
        _("An opt-out is on disk before it is answered."),
        _("An opt-out may be answered before it is on disk, and a power cut would lose it."),
    ),
    "maxmemory-policy": (
        _("Nothing is thrown away when memory runs short."),
        _("When memory runs short, the store may throw away what is known of people."),
    ),
    "last-write": (
        _("The disk takes what is written."),
        _("The disk may be full or broken: opt-outs may not be kept."),
    ),
    STORE.words: (
        _("The store answers."),
        _("The store does not answer: nobody can be looked up, and nothing is taken in or sent."),
    ),
    CLOCK.words: (
        _("What is due later happens in time."),
        _("What is due later does not happen: campaigns do not begin, and nothing is tried again."),
    ),
    READ_BACK.words: (
        _("Texts that came in during an outage have been read."),
        _("Texts that came in during an outage have not been read: opt-outs may be among them."),
    ),
    REPLIES.words: (
        _("Replies go out within seconds."),
        _("Replies wait for too long, the confirmations of opt-outs among them."),
    ),
    QUEUE.words: (
        _("Work is handed out at once."),
        _("Work is not handed out at once: replies and campaigns may wait."),
    ),
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing in words; `check`: the same as whoever runs this has to know it."""

    words: LazyString
    check: Check


def consequences(checks: Sequence[Check]) -> list[Consequence]:
    """Each check in words, those first that are not as they should be."""
    found = [Consequence(CONSEQUENCES[_looked_at(check)][not check.ok], check) for check in checks]
    return sorted(found, key=lambda each: each.check.ok)


def _looked_at(check: Check) -> str:
    """A setting of the store's by its name, everything else by its own."""
    name = check.name
    return str(dict(name.filled).get("setting", name.words)) if isinstance(name, Sentence) else name
