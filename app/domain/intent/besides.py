"""What a message says besides a request: nothing, a name, or how else to reach the writer."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.reading import Finding
from app.domain.intent.whole import LONGEST_SIGNATURE

# PITCH has "e-mail"; "offers" stands in it too.
_WAYS: Final = m.SEND | m.PITCH
_BESIDE_WAYS: Final = _WAYS | m.ME | m.COURTESY | m.FILLER


def names_a_way_to_reach(message: Message) -> bool:
    """Whether a sentence says how to reach the writer: "don't call, email me"."""
    return any(classes & _WAYS for classes in _only_ways(message))


def asks_for_texts(message: Message) -> bool:
    """Whether the way that it names is what we send: "don't email, just text me"."""
    return any(classes & m.MESSAGE for classes in _only_ways(message))


def _only_ways(message: Message) -> Iterator[int]:
    """The classes of the words of sentences that hold nothing but ways to reach somebody, the writer and courtesy."""
    for sentence in message.sentences:
        classes = [message.anywhere(word) for word in sentence.words]
        if all(each & _BESIDE_WAYS for each in classes):
            yield from classes


def nothing_else(message: Message, findings: Sequence[Finding]) -> bool:
    """Whether every word of a message is one of ours; a name may follow the regards."""
    words, keywords = message.words, message.lexicon.keywords
    said = {word for found in findings for word in found.words}
    strange = (
        i
        for i, word in enumerate(words)
        if not message.anywhere(word) & ~(m.TOPICS | m.KIN) and word not in said and word not in keywords
    )
    first = next(strange, None)
    if first is None:
        return True
    signed = first > 0 and message.anywhere(words[first - 1]) & m.CLOSING
    return bool(signed) and len(words) - first <= LONGEST_SIGNATURE
