"""What several findings come to: the clearest of them, or what they say together."""

from collections.abc import Sequence
from typing import Final

from app.domain.intent.reading import Finding, Reading, Rule
from app.domain.signal import Signal

ORDINARY: Final = Reading(Signal.OTHER, Rule.ORDINARY)
# What is felt, and not asked.
MOODS: Final = frozenset({Rule.EXPRESSION, Rule.DISPLEASED})


def weigh(findings: Sequence[Finding], *, explained: bool) -> Reading:
    """The first request to stop; else what the others say together; else the first doubt.

    `explained`: whether the message says nothing else.
    """
    worth = [(found.signal if explained else found.otherwise, found) for found in findings]
    first = dict(reversed(worth))
    if found := first.get(Signal.STOP):
        return Reading(Signal.STOP, found.rule, found.words)
    doubt = first.get(Signal.UNCLEAR)
    asked = _asked_in_displeasure(findings)
    if asked:
        return Reading(Signal.STOP if doubt else Signal.UNCLEAR, Rule.SEVERAL_SIGNS, asked)
    return Reading(Signal.UNCLEAR, doubt.rule, doubt.words) if doubt else ORDINARY


def _asked_in_displeasure(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The words of a request that is not certain, and of a displeasure: "who gave you my number? delete it"."""
    requests = [found.words for found in findings if found.rule not in MOODS]
    moods = [found.words for found in findings if found.rule in MOODS]
    pairs = ((one, other) for one in requests for other in moods if not _apart(one) & _apart(other))
    return next(((*one, *other) for one, other in pairs), ())


def _apart(words: tuple[str, ...]) -> set[str]:
    return set(" ".join(words).split())
