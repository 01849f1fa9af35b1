"""Refuses words that would take ordinary messages for something else, before they do so to anybody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.intent import masks as m
from app.domain.intent.read import read_with
from app.domain.intent.whole import OPT_INS
from app.domain.keywords import Lexicon
from app.domain.keywords.tokens import words_of
from app.domain.keywords.typos import distance
from app.domain.replies import Language
from app.domain.signal import Signal

_HARMLESS: Final = frozenset({Signal.OTHER, Signal.CONFIRM})
# A shorter word, such as "uit", is one slip away from half the language.
SHORTEST_STOP: Final = 4
_SAYS_NOTHING: Final = (
    m.COURTESY | m.CLOSING | m.FILLER | m.LIGHT | m.ARTICLE | m.I | m.YOU | m.ME | m.MY | m.AND
)
_SAYS_NO: Final = m.REFUSAL | m.NOT | m.NO


def refuse_false_alarms(
    lexicon: Lexicon,
    added: Mapping[Language, Mapping[str, object]],
    ordinary: Iterable[str],
    shipped: Callable[[], Lexicon],
) -> None:
    """Read every ordinary message; raises Misconfigured, naming the added word that one is taken up by.

    `added` are the program's own words, by language, in the language files' form. Does nothing without them.
    `shipped` gives the lexicon without them; it is built only when a keyword is added or a word is suspected.
    """
    texts = sorted(set(_texts(added)), key=len, reverse=True)
    if not texts:
        return
    _refuse_unfit_keywords(lexicon, texts, shipped)
    _refuse_undone_keywords(lexicon, texts)
    for message in ordinary:
        reading = read_with(lexicon, message)
        if reading.signal in _HARMLESS:
            continue
        if read_with(shipped(), message).signal is reading.signal:
            continue
        said = (reading.words, words_of(message))
        if guilty := next((text for words in said for text in texts if _said(text, words)), None):
            raise Misconfigured(
                f"the program's own words: {guilty!r} would make {reading.signal} of an ordinary message: "
                f"{message!r}"
            )


def _refuse_unfit_keywords(lexicon: Lexicon, texts: Iterable[str], shipped: Callable[[], Lexicon]) -> None:
    """Raises Misconfigured for a keyword of which the shipped words say that it means something else, or nothing."""
    for text in texts:
        keyword = lexicon.keywords.get(" ".join(words_of(text)))
        if keyword and (reason := _why_not(text, keyword.signal, shipped())):
            raise Misconfigured(
                f"the program's own words: {text!r} cannot mean {keyword.signal}, for {reason}"
            )


def _refuse_undone_keywords(lexicon: Lexicon, texts: Iterable[str]) -> None:
    """Raises Misconfigured where a keyword is not understood any more: a class can turn "start" into a no."""
    for keyword in lexicon.keywords.values():
        found = read_with(lexicon, keyword.text)
        if found.signal is not keyword.signal:
            guilty = next((text for text in texts if _said(text, words_of(keyword.text))), None)
            raise Misconfigured(
                f"the program's own words: {guilty or ', '.join(texts)!r} would make {found.signal} of "
                f"{keyword.text!r}, which means {keyword.signal}"
            )


def _why_not(text: str, signal: Signal, shipped: Lexicon) -> str | None:
    """Why a text cannot be a keyword with this meaning; None when it can."""
    words = words_of(text)
    classes = [shipped.classes.get(word, 0) for word in words]
    known = " ".join(words) in shipped.keywords
    if signal is not Signal.STOP and read_with(shipped, text).signal in {Signal.STOP, Signal.UNCLEAR}:
        return "people who want to stop say so"
    if signal is not Signal.STOP and not known and _is_nearly_a_stop_word(words, shipped):
        return "it is one slip away from a word that means stop"
    if signal in OPT_INS and any(each & _SAYS_NO for each in classes):
        return "it says no"
    nothing = all(each and not each & ~_SAYS_NOTHING for each in classes)
    if nothing and not known and signal is not Signal.CONFIRM:  # "graag" answers a question
        return "people say it beside anything"
    return None


def _is_nearly_a_stop_word(words: Sequence[str], shipped: Lexicon) -> bool:
    stops = (
        text
        for text, each in shipped.keywords.items()
        if each.signal is Signal.STOP and len(text) >= SHORTEST_STOP
    )
    return len(words) == 1 and any(distance(words[0], stop, 1) == 1 for stop in stops)


def _said(text: str, words: Iterable[str]) -> bool:
    return f" {' '.join(words_of(text))} " in f" {' '.join(words)} "


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
