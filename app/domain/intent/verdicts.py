"""How a rule says what it has found."""

from app.domain.intent.reading import Finding, Rule
from app.domain.signal import Signal


def stop(rule: Rule, words: tuple[str, ...], otherwise: Signal = Signal.STOP) -> Finding:
    """A request to stop; `otherwise` is what it is worth in a message that also says other things."""
    return Finding(Signal.STOP, rule, words, otherwise)


def doubt(rule: Rule, words: tuple[str, ...]) -> Finding:
    """Something for a person to look at."""
    return Finding(Signal.UNCLEAR, rule, words, Signal.UNCLEAR)


def hint(rule: Rule, words: tuple[str, ...]) -> Finding:
    """Nothing by itself; with other findings it adds up."""
    return Finding(Signal.OTHER, rule, words, Signal.OTHER)
