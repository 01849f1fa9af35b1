"""Requests with a verb such as stop, quit, stoppen, cancel: everything depends on what is to end."""

from app.domain.intent import masks as m
from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt, stop
from app.domain.signal import Signal


def cease(clause: Clause) -> Finding | None:
    """STOP + these messages: "stop texting me", "stop met sms sturen", "cancel these texts"."""
    for verb in clause.places(m.CEASE):
        noun = clause.is_noun(verb) and not clause.has(m.ASKING)
        if noun or clause.denied(verb) or clause.own_business(verb):
            continue
        if found := _with_object(clause, verb) or _about_nothing(clause, verb):
            return found
    return None


def _with_object(clause: Clause, verb: int) -> Finding | None:
    """What is to end stands after the verb, with only known words between, or before it."""
    for place in range(verb + 1, len(clause.words)):
        classes = clause.classes[place]
        if classes & m.MESSAGE:
            return stop(Rule.CEASE_MESSAGES, clause.said(verb, place))
        if classes & (m.SEND | m.RECEIVE):
            return _sending(clause, verb, place)
        if not classes or classes & m.THIRD:
            break
    before = clause.first(m.MESSAGE, end=verb)
    if before is None or clause.foreign(before, verb):
        return None
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
    third = clause.first(m.THIRD, verb + 1)
    if third is not None and (unnamed is None or third < unnamed):
        return None
    if unnamed is not None and clause.classes[unnamed] & (m.SERVICE | m.PITCH):
        named = not clause.foreign(0, unnamed)
    else:
        named = not clause.foreign() and not clause.has(m.TALK)
    if not named:
        return None
    if unnamed is None and clause.has(m.COURTESY) and not clause.has(m.I | m.WANT):
        return stop(Rule.ASKED_TO_CEASE, clause.said(verb), Signal.UNCLEAR)
    return doubt(Rule.CEASE_SOMETHING, clause.said(verb, unnamed))
