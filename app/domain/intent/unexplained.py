"""Messages that speak of our messages in words that no rule knows: a person looks, unless something explains them."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.reading import Reading, Rule
from app.domain.signal import Signal

# Who wants to be rid of something says so in few words.
LONGEST: Final = 14
# So many words of which no file says anything are about something else.
STRANGEST: Final = 4
_EXPLAINED: Final = m.TOPICS | m.KEEP | m.MISTAKE | m.WHY | m.IF | m.YET | m.THIRD | m.PAST
_DENIED: Final = m.NOT | m.NO
_KEPT: Final = m.CEASE | m.REMOVE | m.OPT_OUT | m.RECEIVE
_PARTICULAR: Final = m.ARTICLE | m.MY | m.I


def unexplained(message: Message) -> Reading | None:
    """A doubt about a short message that names what is ours and not why; None for any other."""
    words = message.words
    if not 0 < len(words) <= LONGEST or any(sentence.asks for sentence in message.sentences):
        return None
    classes = [message.anywhere(word) for word in words]
    named = tuple(words[place] for place in range(len(words)) if _ours(place, classes))
    if not named or classes.count(0) > STRANGEST or _of_the_writer(classes):
        return None
    every = reduce(or_, classes) | _of_expressions(message)
    if every & _EXPLAINED or (every & _DENIED and every & _KEPT):
        return None
    return Reading(Signal.UNCLEAR, Rule.UNEXPLAINED, named)


def _of_the_writer(classes: Sequence[int]) -> bool:
    """Whether it begins as a question does, or with what the writer himself can or does."""
    own = classes[0] & m.I and len(classes) > 1 and classes[1] & (m.HOW | m.SEND)
    return bool(classes[0] & m.HOW or own)


def _ours(place: int, classes: Sequence[int]) -> bool:
    """Whether a word means our messages: ads, messages but not a particular one, what is said to be yours."""
    here, before = classes[place], classes[place - 1] if place else 0
    if here & m.MESSAGE and not here & m.ADVERT:
        verb = place + 1 < len(classes) and classes[place + 1] & m.YOU  # "I want to text you"
        return not before & _PARTICULAR and not verb and len(classes) > 1
    return bool(here & m.ADVERT or (before & (m.YOU | m.SEVERAL) and here & (m.PITCH | m.LIST)))


def _of_expressions(message: Message) -> int:
    """What words explain together, in any language."""
    found = 0
    for sentence in message.sentences:
        for grammar in message.lexicon.grammars.values():
            if any(word in grammar.expressions for word in sentence.words):
                found |= reduce(or_, message.classes(sentence.words, grammar), 0) & _EXPLAINED
    return found
