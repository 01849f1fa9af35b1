"""Requests that deny: no messages, not wanted, do not text me."""

from app.domain.intent import masks as m
from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt, stop
from app.domain.signal import Signal

# How far from its verb a negation may stand: "stuur mij dus alsjeblieft nooit meer".
DENIAL_REACH = 5
_OTHER_MATTERS = m.CEASE | m.OPT_OUT | m.CONTRAST
_REFUSED = m.MESSAGE | m.PITCH
_BEFORE_REFUSAL = m.YOU | m.FROM | m.ME | m.FILLER | m.COURTESY | m.WANT | m.MORE
_AFTER_REFUSAL = m.FILLER | m.COURTESY | m.ME | m.MORE | m.FROM | m.CLOSING
_UNNAMED = m.NOT | m.NO | m.MORE | m.COURTESY | m.FILLER | m.VAGUE | m.ME | m.FROM


def do_not_send(clause: Clause) -> Finding | None:
    """A verb of sending, denied: "don't text me", "bel mij niet meer", "do not contact this number"."""
    if clause.has(m.TALK | m.PAST) or any(map(clause.denied, clause.places(m.CEASE))):
        return None
    if clause.has(m.RECEIVE) and not clause.has(m.WANT | m.HOW | m.COURTESY | m.MORE | m.ME):
        return None  # "sms niet ontvangen"
    for verb in clause.places(m.SEND):
        no = _denial_of(clause, verb)
        if no is None or clause.own_business(max(no, verb)) or _unable(clause, no):
            continue
        if clause.has(m.I) and clause.first(m.YOU, verb + 1, verb + 2) is not None:
            continue
        found = _forbidden(clause, verb, no)
        if found and clause.first(m.CONTRAST, max(no, verb)) is not None:  # "not before ten"
            found = (
                doubt(found.rule, found.words) if clause.has(m.MORE) and found.signal is Signal.STOP else None
            )
        if found:
            return found
    return None


def _unable(clause: Clause, no: int) -> bool:
    """Whether it only does not work, and nobody is spoken to: "kan bericht niet verzenden"."""
    unable = clause.first(m.HOW, end=no) is not None
    return unable and not clause.asks and not clause.has(m.ME | m.YOU | m.NUMBER | m.MORE | m.COURTESY)


def _denial_of(clause: Clause, verb: int) -> int | None:
    """The NOT that governs a verb of sending, on whichever side the language puts it."""
    for no in clause.places(m.NOT):
        between = clause.classes[min(no, verb) : max(no, verb)]
        # Behind its verb "maar" is no contrast: "stuur maar niet", "niet bellen maar appen".
        harmless = m.FILLER if no > verb else 0
        if len(between) > DENIAL_REACH or any(c & _OTHER_MATTERS and not c & harmless for c in between):
            continue
        # One word may be strange: "you cannot simply text me".
        if not between.count(0) or (between.count(0) == 1 and clause.has(m.ME) and not clause.has(m.I)):
            return no
    return None


def _forbidden(clause: Clause, verb: int, no: int) -> Finding | None:
    me, more = clause.first(m.ME | m.NUMBER), clause.first(m.MORE)
    said = clause.said(no, verb, me, more)
    unneeded = me is None and _unneeded(clause, no, verb)
    if unneeded or clause.addressee(verb) is Signal.OTHER:
        return None
    if not clause.foreign() and clause.addressee(verb) is Signal.STOP:
        if no > 0 and clause.classes[no - 1] & m.YOU and not clause.has(m.HOW):
            return doubt(Rule.DO_NOT_SEND, said)  # a reproach as well: "you never call me any more"
        texting = clause.classes[verb] & m.MESSAGE
        firm = Signal.UNCLEAR if me is not None or texting else Signal.OTHER
        if me is not None and texting and not clause.elsewhere & (m.TOPICS | m.CONTRAST):
            firm = Signal.STOP
        return stop(Rule.DO_NOT_SEND, said, firm if more is None else Signal.STOP)
    if me is None and not clause.foreign(min(no, verb)) and clause.has(m.COURTESY | m.MORE):
        return doubt(Rule.DO_NOT_SEND, said)  # "work phone, please don't text"
    if me is None or clause.has(m.DIGITS):
        return None
    return stop(Rule.DO_NOT_SEND, said) if more is not None else doubt(Rule.DO_NOT_SEND, said)


def _unneeded(clause: Clause, no: int, verb: int) -> bool:
    """Whether it is only not necessary: "u hoeft niet te bellen", "don't call, I'll come tomorrow"."""
    if clause.first(m.WANT, no, verb) is not None or clause.elsewhere & m.TOPICS:
        return True
    you = clause.first(m.YOU, end=no)
    return you is not None and clause.first(m.WANT, you, no) is not None and not clause.has(m.I)


def no_messages(clause: Clause) -> Finding | None:
    """NO + messages: "geen sms meer", "no more texts", "ik wil geen reclame"."""
    if clause.has(m.WHY | m.MISTAKE | m.THIRD) or (clause.has(m.YET) and not clause.has(m.WANT)):
        return None
    for no in clause.places(m.NO | m.NOT):
        message = _what_is_denied(clause, no)
        found = _no_offers(clause, no) if message is None else _no_more(clause, no, message)
        if found:
            return found
    return None


def refuse(clause: Clause) -> Finding | None:
    """Messages, and then only that they are not: "ads no", "jullie acties liever niet"."""
    if clause.asks or clause.has(m.I | m.PAST | m.RECEIVE | m.WHY | m.MISTAKE | m.THIRD):
        return None
    for no in clause.places(m.NOT | m.NO):
        if any(not classes & _AFTER_REFUSAL for classes in clause.classes[no + 1 :]):
            continue
        place = no - 1
        while place >= 0 and clause.classes[place] & _BEFORE_REFUSAL and not clause.classes[place] & _REFUSED:
            place -= 1
        if place < 0 or not clause.classes[place] & _REFUSED:
            continue
        ours = clause.classes[place] & m.ADVERT or clause.has(m.YOU | m.SEVERAL)
        said = clause.said(place, no)
        return stop(Rule.NO_MESSAGES, said) if ours else doubt(Rule.NO_MESSAGES, said)
    return None


def _what_is_denied(clause: Clause, no: int) -> int | None:
    """Messages after NO; receiving, where that is what is not wanted, in a clause that says nothing else."""
    message = _messages(clause, no, after=no + 1)
    if message is None and clause.has(m.WANT) and not clause.foreign():
        return clause.first(m.RECEIVE, no + 1)
    return message


def _messages(clause: Clause, no: int, *, after: int) -> int | None:
    """Messages, not the verb of the same form: "I don't want to text you"."""
    for place in clause.places(m.MESSAGE, after):
        following = (*clause.classes[place + 1 : place + 2], m.MESSAGE)[0]
        has_object = not following or following & m.YOU
        if not (clause.classes[place] & m.SEND and clause.classes[no] & m.NOT and has_object):
            return place
    return None


def _no_more(clause: Clause, no: int, message: int) -> Finding | None:
    more, want = clause.first(m.MORE), clause.first(m.WANT)
    if any(c & (m.CEASE | m.OPT_OUT) for c in clause.classes[no:message]):
        return None
    if clause.foreign(no, message):
        return _described(clause, no, message)
    of_himself = clause.first(m.I, end=no) is not None or clause.has(m.PAST)
    receives = clause.has(m.RECEIVE) and (more is None or clause.has(m.I))
    said = clause.said(no, message, more, want)
    if want is None and (receives or (clause.classes[no] & m.NOT and more is None)):
        asks = receives and clause.has(m.HOW)  # "how do I get no more texts"
        return doubt(Rule.NO_MESSAGES, said) if asks else None
    strange = _beside(clause, message)
    if want is not None or (more is not None and not of_himself) or _told_to_send(clause, no):
        certain = (want is not None or not strange) and not clause.asks
        return stop(Rule.NO_MESSAGES, said) if certain else doubt(Rule.NO_MESSAGES, said)
    if of_himself or (strange and not clause.has(m.COURTESY)):
        return None
    firm = clause.has(m.NUMBER) or clause.classes[message] & m.ADVERT
    asked = stop(Rule.NO_MESSAGES, said, Signal.STOP if firm else Signal.UNCLEAR)
    return doubt(Rule.NO_MESSAGES, said) if clause.asks else asked  # "geen sms?"


def _described(clause: Clause, no: int, message: int) -> Finding | None:
    """Messages straight after a word that the file has not: "geen idiote sms meer"."""
    more = clause.first(m.MORE)
    described = clause.foreign(no, message) == 1 and not clause.classes[message - 1] and more is not None
    talk = clause.has(m.I | m.PAST | m.RECEIVE) or clause.asks
    return doubt(Rule.NO_MESSAGES, clause.said(no, message, more)) if described and not talk else None


def _beside(clause: Clause, message: int) -> bool:
    """Whether strange words matter: not those that say whose the messages are ("from the shop")."""
    whose = clause.first(m.FROM, message)
    return bool(clause.foreign(0, whose))


def _told_to_send(clause: Clause, no: int) -> bool:
    send = clause.first(m.SEND, end=no)
    return send is not None and not clause.own_business(send)


def _no_offers(clause: Clause, no: int) -> Finding | None:
    """No more of what comes with our messages, or by another way: a person should look."""
    offer, more = clause.first(m.PITCH, no + 1), clause.first(m.MORE)
    if more is None and clause.has(m.ME) and _told_to_send(clause, no):
        more = no  # "stuur mij geen mails"
    talk = clause.has(m.I | m.RECEIVE | m.HOW) or clause.asks or clause.foreign()
    if more is None and clause.has(m.COURTESY) and not clause.has(m.PAST):
        more = no  # "no offers please"
    if offer is None or more is None or talk or not clause.classes[no] & m.NO:
        return None
    return doubt(Rule.NO_OFFERS, clause.said(no, offer, more))


def not_wanted(clause: Clause) -> Finding | None:
    """WANT, denied, + texting or a list: "I don't want you to text me", "wil niet op jullie lijst"."""
    want, no = clause.first(m.WANT), clause.first(m.NOT | m.NO)
    talk = clause.has(m.WHY | m.MISTAKE | m.CEASE | m.OPT_OUT)
    somebody = any(not clause.classes[place] & m.VAGUE for place in clause.places(m.THIRD))
    if want is None or no is None or talk or somebody or clause.other_matter:
        return None
    target = clause.first(m.RECEIVE | m.LIST)
    if target is None:
        target = _messages(clause, no, after=0)
    if target is None:
        target = next((send for send in clause.places(m.SEND) if _meant_for_me(clause, want, send)), None)
    if target is not None:
        said = clause.said(want, no, target)
        return doubt(Rule.NOT_WANTED, said) if clause.foreign() else stop(Rule.NOT_WANTED, said)
    vague = clause.first(m.VAGUE | m.MORE | m.SERVICE | m.PITCH)
    if (
        vague is None
        or clause.foreign()
        or abs(want - no) >= DENIAL_REACH
        or clause.first(m.CONTRAST, no) is not None
    ):
        return None
    said = clause.said(want, no, vague)
    if clause.elsewhere & m.BUSINESS or (clause.has(m.SEND) and not clause.has(m.UNNAMED)):
        return None  # "niet meer nodig om te bellen"
    # "niet meer nodig, ik heb al een jas" says something else.
    return Finding(
        Signal.UNCLEAR, Rule.NOT_WANTED, said, Signal.UNCLEAR if clause.has(m.UNNAMED) else Signal.OTHER
    )


def _meant_for_me(clause: Clause, want: int, send: int) -> bool:
    """Whether the texting that is not wanted is theirs: "I don't want you to text", not "to bother you"."""
    theirs = clause.first(m.YOU, want, send) is not None and clause.first(m.YOU, send) is None
    return theirs or clause.has(m.ME | m.NUMBER)


def no_more(clause: Clause) -> Finding | None:
    """NOT + MORE about nothing that is named, in a clause that says nothing else: "niet meer", "no more of these"."""
    no, more = clause.first(m.NOT | m.NO), clause.first(m.MORE)
    if no is None or more is None or clause.asks or any(not c & _UNNAMED for c in clause.classes):
        return None
    said = clause.said(no, more)
    if clause.named:
        return stop(Rule.NOT_WANTED, said)  # "liever niet meer, dank voor de berichten"
    return Finding(Signal.UNCLEAR, Rule.NOT_WANTED, said, Signal.OTHER)
