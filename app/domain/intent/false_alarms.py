"""Refuses words that would take ordinary messages for something else, before they do so to anybody."""

from collections.abc import Callable, Iterable, Mapping

from app.domain.errors import Misconfigured
from app.domain.intent.read import read_with
from app.domain.keywords import Lexicon
from app.domain.keywords.tokens import words_of
from app.domain.replies import Language
from app.domain.signal import Signal

_HARMLESS = frozenset({Signal.OTHER, Signal.CONFIRM})


def refuse_false_alarms(
    lexicon: Lexicon,
    added: Mapping[Language, Mapping[str, object]],
    ordinary: Iterable[str],
    shipped: Callable[[], Lexicon],
) -> None:
    """Read every ordinary message; raises Misconfigured, naming the added word that one is taken up by.

    `added` are the program's own words, by language, in the language files' form. Does nothing without them.
    `shipped` gives the lexicon without them, and is asked only when a word is suspected.
    """
    texts = sorted(set(_texts(added)), key=len, reverse=True)
    if not texts:
        return
    for message in ordinary:
        reading = read_with(lexicon, message)
        if reading.signal in _HARMLESS:
            continue
        said = f" {' '.join(reading.words)} "
        guilty = next((text for text in texts if f" {' '.join(words_of(text))} " in said), None)
        if guilty and read_with(shipped(), message) != reading:
            raise Misconfigured(
                f"the program's own words: {guilty!r} would make {reading.signal} of an ordinary message: "
                f"{message!r}"
            )


def _texts(value: object) -> Iterable[str]:
    """Every word in nested tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
