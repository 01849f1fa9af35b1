"""Messages that say that ours are wanted, whatever else stands in them: "I still want them", "please don't stop"."""

from collections.abc import Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.clause import clauses_of
from app.domain.intent.message import Message, Sentence
from app.domain.keywords.lexicon import Grammar

_ENDING: Final = m.CEASE | m.OPT_OUT | m.REMOVE
# Who cannot, or did already, does not deny the wish: "ik kan me niet afmelden", "didn't I cancel this".
_UNABLE: Final = m.HOW | m.PAST


def wants_to_stay(message: Message) -> bool:
    """Whether a sentence says that the messages are wanted: "my son sent stop, I still want them"."""
    for sentence in message.sentences:
        for grammar in message.lexicon.grammars.values():
            begun = not grammar.stays.isdisjoint(sentence.words)
            if begun and _stays(message.classes(sentence.words, grammar)):
                return True
    return False


def _stays(classes: Sequence[int]) -> bool:
    """Whether these classes say so; "niet afmelden" does not where the writer is unable to."""
    said = [bits for bits in classes if bits & m.STAY]
    unable = any(bits & m.HOW for bits in classes) and any(bits & _ENDING for bits in said)
    return bool(said) and not unable


def denies_to_end(message: Message) -> bool:
    """Whether a message has words of ending and denies each of them."""
    ending = [
        sentence
        for sentence in message.sentences
        if any(message.anywhere(word) & _ENDING for word in sentence.words)
    ]
    return bool(ending) and all(
        any(_denied_in(message, sentence, grammar) for grammar in message.lexicon.grammars.values())
        for sentence in ending
    )


def _denied_in(message: Message, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether one language knows words of ending in a sentence, and finds every one of them denied."""
    verbs = [
        clause.denied(verb)
        and clause.words[verb].isalpha()  # nobody denies a sign such as 🛑
        and not clause.is_noun(verb)
        and not clause.has(_UNABLE)
        for clause in clauses_of(sentence, message.classes(sentence.words, grammar))
        for verb in clause.places(_ENDING)
    ]
    return bool(verbs) and all(verbs)
