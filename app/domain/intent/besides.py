"""What a message says besides a request: nothing, a name, or how else to reach the writer."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.reading import Finding
from app.domain.intent.whole import LONGEST_SIGNATURE

_WAYS: Final = m.SEND | m.PITCH
_BESIDE_WAYS: Final = _WAYS | m.ME | m.COURTESY | m.FILLER


def offers_another_way(message: Message) -> bool:
    """Whether a sentence says how to reach the writer instead: "don't call, email me"."""
    return any(classes & _WAYS for classes in _instead(message))


def asks_for_texts(message: Message) -> bool:
    """Whether what it offers instead is what we send: "don't email, just text me"."""
    return any(classes & m.MESSAGE for classes in _instead(message))


def _instead(message: Message) -> Iterator[int]:
    """The classes of each word of the sentences that name a way to reach somebody, and nothing else."""
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
