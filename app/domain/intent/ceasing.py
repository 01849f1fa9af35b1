"""Requests with a verb such as stop, quit, stoppen, cancel: everything depends on what is to end."""

from itertools import islice
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt, stop
from app.domain.signal import Signal

# In one clause; it bounds what a message of nothing but stop signs can cost.
MOST_VERBS: Final = 5
_CARRIED = m.HOW | m.FILLER | m.COURTESY | m.YOU | m.FROM | m.ME | m.SEVERAL | m.WANT
_LINKING = m.LIGHT | m.VAGUE | m.YOU | m.EPITHET


def cease(clause: Clause) -> Finding | None:
    """STOP + these messages: "stop texting me", "stop met sms sturen", "cancel these texts"."""
    verbs = [verb for verb in islice(clause.places(m.CEASE), MOST_VERBS) if _asks(clause, verb)]
    for rule in (_with_object, _about_nothing):
        for verb in verbs:
            if found := rule(clause, verb):
                return doubt(found.rule, found.words) if clause.supposed_of_us(verb) else found
    return None


def _asks(clause: Clause, verb: int) -> bool:
    """Whether the verb asks something of us: no noun, not denied, and not what the writer does himself."""
    if (clause.is_noun(verb) and not clause.has(m.ASKING)) or clause.denied(verb):
        return False
    if clause.happened(verb):
        return False
    return clause.asked_of_you(verb) or not clause.own_business(verb)


def switch_off(clause: Clause) -> Finding | None:
    """Messages, and where they are wished: "texts off please", "sms van jullie mag eraf"."""
    if clause.has(m.NOT | m.NO | m.KEEP | m.PAST | m.WHY | m.MISTAKE):
        return None
    for message in clause.places(m.MESSAGE | m.NUMBER):
        place = message + 1
        while (
            place < len(clause.words)
            and clause.classes[place] & _CARRIED
            and not clause.classes[place] & m.GONE
        ):
            place += 1
        gone = place < len(clause.words) and clause.classes[place] & m.GONE
        if gone and all(
            classes & (m.FILLER | m.COURTESY | m.ME | m.GONE | m.CLOSING)
            for classes in clause.classes[place:]
        ):
            if clause.own_business(place):
                continue
            return stop(Rule.CEASE_MESSAGES, clause.said(message, place))
    return None


def _with_object(clause: Clause, verb: int) -> Finding | None:
    """What is to end stands after the verb, with only known words between, or before it."""
    for place in range(verb + 1, len(clause.words)):
        classes = clause.classes[place]
        if classes & m.MESSAGE:
            return stop(Rule.CEASE_MESSAGES, clause.said(verb, place))
        if classes & (m.SEND | m.RECEIVE):
            return _sending(clause, verb, place)
        if classes & m.NUMBER and clause.first(m.MY, verb + 1, place) is not None:
            return stop(Rule.REMOVE, clause.said(verb, place), Signal.UNCLEAR)
        if not classes:
            return _described(clause, verb, place)
        if classes & m.THIRD:
            break
    return _named_before(clause, verb)


def _described(clause: Clause, verb: int, strange: int) -> Finding | None:
    """Messages after a word or two that the file has not: "stop those idiotic texts"."""
    for place in range(strange + 1, min(strange + 4, len(clause.words))):
        classes, following = clause.classes[place], (*clause.classes[place + 1 : place + 2], 0)[0]
        if classes & _LINKING:
            continue
        if classes & m.MESSAGE and not (classes & m.SEND and following & (m.ME | m.YOU)):
            said = clause.said(verb, place)
            certain = clause.foreign() == 1 and strange > verb + 1
            return stop(Rule.CEASE_MESSAGES, said) if certain else doubt(Rule.CEASE_MESSAGES, said)
        if classes:
            break
    return _named_before(clause, verb)


def _named_before(clause: Clause, verb: int) -> Finding | None:
    """Messages in front of the verb, with only known words between."""
    before = clause.first(m.MESSAGE, end=verb)
    if before is None or clause.foreign(before, verb):
        return None
    if clause.first(m.WHY | m.PAST, end=verb) is not None and not clause.has(m.HOW | m.COURTESY):
        return None  # "why did my texts stop"
    said = clause.said(before, verb)
    return doubt(Rule.CEASE_SOMETHING, said) if clause.foreign() else stop(Rule.CEASE_MESSAGES, said)


def _sending(clause: Clause, verb: int, sending: int) -> Finding | None:
    said = clause.said(verb, sending)
    match clause.addressee(sending):
        case Signal.STOP:
            return stop(Rule.CEASE_SENDING, said)
        case Signal.UNCLEAR:
            return doubt(Rule.CEASE_SENDING, said)
        case _:
            return None


def _about_nothing(clause: Clause, verb: int) -> Finding | None:
    """Nothing that is ours is named: a person should look, unless it is asked politely."""
    unnamed = clause.first(m.UNNAMED, verb + 1)
    if _of_something_else(clause, verb, unnamed):
        return None
    if unnamed is not None and clause.classes[unnamed] & (m.SERVICE | m.PITCH):
        named = not clause.foreign(0, unnamed)
    else:
        # Before "if you don't stop" may stand whatever they threaten with.
        condition = (clause.first(m.IF) or 0) if clause.asked_of_you(verb) else 0
        named = not clause.foreign(condition) and not clause.has(m.TALK)
    if not named:
        return None
    asked = clause.has(m.COURTESY) or (_told(clause, verb) and not clause.has(m.DOUBT))
    if unnamed is None and asked and not clause.has(m.I | (0 if clause.has(m.YOU) else m.WANT)):
        return stop(Rule.ASKED_TO_CEASE, clause.said(verb), Signal.UNCLEAR)
    said = clause.said(verb, unnamed)
    pointed = clause.first(m.SEVERAL, end=verb)
    if (
        pointed is not None
        and clause.has(m.WANT | m.COURTESY)
        and not clause.has(m.DOUBT)
        and not clause.foreign()
    ):
        return stop(Rule.CEASE_SOMETHING, clause.said(pointed, verb), Signal.UNCLEAR)  # "I want these to end"
    if unnamed is not None and clause.classes[unnamed] & m.SEVERAL and not clause.foreign():
        return stop(Rule.CEASE_SOMETHING, said, Signal.UNCLEAR)
    return doubt(Rule.CEASE_SOMETHING, said)


def _of_something_else(clause: Clause, verb: int, unnamed: int | None) -> bool:
    """Whether somebody else, or something that customers ask about, is to end: "does the sale end tonight"."""
    if any(clause.addressee(sending) is Signal.OTHER for sending in clause.places(m.SEND, verb + 1)):
        return True
    if unnamed is None and clause.first(m.EPITHET, verb + 1) is not None:
        return True  # "stop being silly"
    third = clause.first(m.THIRD, verb + 1)
    somebody = third is not None and (unnamed is None or third < unnamed)
    return somebody or (clause.asks and clause.has(m.PAST) and not clause.has(m.ME))


def _told(clause: Clause, verb: int) -> bool:
    """Whether the verb is what we are told, or asked, to do: "stop for good", "can you stop"."""
    before = clause.classes[:verb]
    return all(classes & (m.FILLER | m.COURTESY) for classes in before) or bool(
        clause.first(m.HOW | m.WANT, end=verb) is not None and clause.first(m.YOU, end=verb) is not None
    )
