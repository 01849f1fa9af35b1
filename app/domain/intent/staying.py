"""Messages that say that ours are wanted, whatever else stands in them: "I still want them", "please don't stop"."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.amid import classes_of
from app.domain.intent.besides import asks_for_texts
from app.domain.intent.clause import NEGATION_REACH, Clause, clauses_of
from app.domain.intent.message import Message, Sentence
from app.domain.intent.reading import Reading, Rule
from app.domain.intent.weighing import ORDINARY
from app.domain.keywords.lexicon import Grammar
from app.domain.signal import Signal

Denial = Callable[[Clause, int], bool]

# Who cannot, or did already, does not deny the wish: "ik kan me niet afmelden", "didn't I cancel this".
_UNABLE: Final = m.HOW | m.PAST | m.WHY | m.IF
_LITTLE: Final = m.ME | m.YOU | m.COURTESY | m.FILLER | m.LIGHT
# What may stand before messages that do not end: "these texts won't stop".
_BEFORE_MESSAGES: Final = m.SEVERAL | m.ARTICLE | m.YOU | m.FILLER | m.EPITHET
# Beside one of these a consent is not all that is said.
_TAKEN_BACK: Final = m.NOT | m.NO | m.WITHDRAW | m.CEASE | m.REMOVE | m.OPT_OUT | m.REFUSAL | m.MORE


def stayed(decided: Reading, weighed: Reading, message: Message) -> Reading:
    """What a wish to stay, a denied ending or a consent leaves of a request or a doubt.

    `decided` is what the rules made of the message, `weighed` what the sums made of that.
    """
    if weighed.signal in {Signal.STOP, Signal.UNCLEAR} and wants_to_stay(message):
        return _beside_a_wish_to_stay(decided, weighed, message)
    if weighed.rule is not Rule.LEANS:
        return weighed
    if denies_to_end(message):
        clear = weighed.signal is Signal.STOP and not denies_outright(message)
        return weighed.doubted() if clear else decided
    return weighed.doubted() if only_consents(message) or asks_for_texts(message) else weighed


def _beside_a_wish_to_stay(decided: Reading, weighed: Reading, message: Message) -> Reading:
    """A doubt where the writer asks to stop as well, or half does ("I want to stay but text me less"), or nothing."""
    asked = next((each for each in (decided, weighed) if each.signal is Signal.STOP), None)
    if asked is None and (weighed.rule is Rule.UNEXPLAINED or denies_to_end(message)):
        return ORDINARY
    return (asked or weighed).doubted()


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
    places = [place for place, bits in enumerate(classes) if bits & m.STAY]
    if not places or any(bits & (m.IF | m.WHY) for bits in classes):
        return False
    first = places[0]
    if first and classes[first - 1] & (m.YOU | m.THIRD):
        return False  # "you didn't unsubscribe me", "somebody put me on your list"
    if any(bits & (m.NOT | m.NO) for bits in classes[max(0, first - NEGATION_REACH) : first]):
        return False  # "don't keep me on the list"
    unable = any(bits & m.HOW for bits in classes) and any(classes[place] & m.ENDING for place in places)
    return not unable


def denies_to_end(message: Message) -> bool:
    """Whether a message has words of ending and denies each of them."""
    return _each_ending(message, Clause.denied)


def denies_outright(message: Message) -> bool:
    """Whether it does so with a denial straight beside each, as "nooit gevraagd haal mij eraf" does not."""
    return _each_ending(message, _denied_straight_beside)


def _each_ending(message: Message, denied: Denial) -> bool:
    ending = [
        sentence
        for sentence in message.sentences
        if any(message.anywhere(word) & m.ENDING for word in sentence.words)
    ]
    return bool(ending) and all(
        any(_denied_in(message, sentence, grammar, denied) for grammar in _spoken(message, sentence))
        for sentence in ending
    )


def _denied_straight_beside(clause: Clause, verb: int) -> bool:
    """Whether only little words part a denial and the verb: "stop aub niet", "don't you ever stop"."""
    parts = (clause.classes[min(no, verb) + 1 : max(no, verb)] for no in clause.places(m.NOT))
    beside = any(all(bits & (_LITTLE | m.ENDING) for bits in part) for part in parts)
    return beside and clause.denied(verb)


def only_consents(message: Message) -> bool:
    """Whether a message names consent, and nothing in it could take that back: "I consent to receive your texts"."""
    every = classes_of(message.words, message.lexicon)
    return bool(every & m.CONSENT) and not every & _TAKEN_BACK


def _spoken(message: Message, sentence: Sentence) -> Iterator[Grammar]:
    """The languages that have most of a sentence's words: another may not know what turns a denial round."""
    known = message.languages(sentence.words)
    return (grammar for count, grammar in known if count == known[0][0])


def _denied_in(message: Message, sentence: Sentence, grammar: Grammar, denied: Denial) -> bool:
    """Whether one language knows words of ending in a sentence, and finds every one of them denied."""
    verbs = [
        denied(clause, verb)
        and clause.words[verb].isalpha()  # nobody denies a sign such as 🛑
        and not clause.is_noun(verb)
        and not clause.has(_UNABLE)
        and not _messages_are_subject(clause, verb)
        for clause in clauses_of(sentence, message.classes(sentence.words, grammar))
        for verb in clause.places(m.ENDING)
        # In "van de lijst halen" the list has the class of the verb, and is not denied by itself.
        if not clause.classes[verb] & m.LIST
    ]
    return bool(verbs) and all(verbs)


def _messages_are_subject(clause: Clause, verb: int) -> bool:
    """Whether it is our messages that end or do not, which is no wish: "these texts won't stop"."""
    messages = clause.first(m.MESSAGE, end=verb)
    return messages is not None and all(bits & _BEFORE_MESSAGES for bits in clause.classes[:messages])
