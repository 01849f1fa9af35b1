"""Requests that no frame foresees: an ending and what is to end, weighed against what speaks for something else."""

from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt, stop
from app.domain.signal import Signal

# What together is a request, and what a person should look at. One full point of each side makes the first.
CERTAIN: Final = 12
DOUBTFUL: Final = 9
# A message that also says other things must be clearer.
FIRM: Final = 13

_FULL: Final = 6
_MOST: Final = 4
_SLIGHT: Final = 2
_BARE: Final = 1
# How far apart a denial and what it denies may stand.
_REACH: Final = 6
# Strange words speak against, most where they part the two; a few beside them do not undo a request.
_HARMLESS: Final = 2
_STRANGERS: Final = 4

_ENDING_OR_LEAVE: Final = m.CEASE | m.REMOVE | m.LEAVE
_ASKED: Final = m.ASKING | m.I | m.YOU
_REMOVING: Final = m.REMOVE | m.LEAVE
_FOR: Final = ((m.MORE, 2), (m.COURTESY, 1), (m.ME, 1), (m.HINT | m.EPITHET, 1))
_AGAINST: Final = ((m.MISTAKE, 6), (m.WHY, 5), (m.KEEP, 6), (m.DIGITS, 4))
_CONTRAST: Final = 4
_YET: Final = 4
# Enough whatever else a message says; of offers and of the writer it might still say something else.
_OURS: Final = m.MESSAGE | m.LIST | m.NUMBER | m.RECEIVE | m.SEND
_OBJECTS: Final = (
    (m.MESSAGE | m.LIST, _FULL),
    (m.SERVICE, _SLIGHT),
)


def adds_up(clause: Clause) -> Finding | None:
    """An ending word, or a denial, together with something of ours: "I'll bow out of these texts"."""
    lesson = clause.elsewhere & m.EVENT and not clause.has(
        m.SUBJECT
    )  # "sign me off, I can't come to the class"
    if clause.business or lesson or any(map(clause.denied, clause.places(_ENDING_OR_LEAVE))):
        return None
    asked = _ended(clause) or _denied(clause)
    if asked is None:
        return None
    worth, ending = asked
    most, thing = _object(clause, ending)
    if thing is None:
        return _alone(clause, ending)
    points = worth + most + _beside(clause, ending, thing)
    leaving = clause.places(m.LEAVE) if clause.classes[ending] & m.LEAVE else ()
    said = clause.said(ending, thing, clause.first(m.MORE), *leaving)
    if points >= CERTAIN and most >= _MOST:
        direct = clause.classes[thing] & _OURS or (clause.named and clause.classes[ending] & m.CEASE)
        return stop(Rule.ADDS_UP, said, Signal.STOP if direct or points >= FIRM else Signal.UNCLEAR)
    return doubt(Rule.ADDS_UP, said) if points >= DOUBTFUL else None


def _alone(clause: Clause, ending: int) -> Finding | None:
    """An ending of nothing that is named: for a person, in a message that says nothing else."""
    if clause.foreign() or clause.asks or clause.has(m.KEEP | m.SEND) or not clause.classes[ending] & m.LEAVE:
        return None
    return Finding(Signal.UNCLEAR, Rule.ADDS_UP, clause.said(*clause.places(m.LEAVE)), Signal.OTHER)


def _ended(clause: Clause) -> tuple[int, int] | None:
    """A word that ends something, asked of us, or with which the writer takes his leave."""
    for verb in clause.places(_ENDING_OR_LEAVE):
        classes = clause.classes[verb]
        if clause.is_noun(verb) and not clause.has(m.ASKING):
            continue
        if clause.happened(verb) or clause.supposed(verb) or clause.supposed_of_us(verb):
            continue
        if not classes & m.LEAVE and clause.first(m.PAST, end=verb) is not None and not clause.has(_ASKED):
            continue  # "my colleague had your texts stopped"
        if classes & m.LEAVE or not clause.own_business(verb):
            return _FULL, verb
    return None


def _denied(clause: Clause) -> tuple[int, int] | None:
    """A denial of wanting, of texting or of messages; not of what the writer or somebody else does."""
    if _of_another(clause):
        return None
    for no in clause.places(m.NOT | m.NO):
        for place in clause.places(m.WANT | m.SEND | m.MESSAGE | m.PITCH | m.CONSENT, max(0, no - _REACH)):
            if place == no or place - no > _REACH or _denies_another(clause, no):
                continue
            if worth := _denial(clause, no, place):
                return worth, no
    return None


def _denies_another(clause: Clause, no: int) -> bool:
    """Whether NO stands before something that is not ours: "stuur geen monteur meer"."""
    following = clause.classes[no + 1 : no + 3]
    strange = bool(following) and not following[0] and clause.classes[no] & m.NO
    return bool(strange) and not any(classes & (m.MESSAGE | m.PITCH) for classes in following)


def _of_another(clause: Clause) -> bool:
    """Whether somebody else is spoken of, in a message that does not say whose telephone this is."""
    people = (clause.classes[place] for place in clause.places(m.THIRD))
    return not clause.named and any(not classes & (m.VAGUE | m.SEVERAL) for classes in people)


def _denial(clause: Clause, no: int, place: int) -> int:
    """What it is worth that this denial stands beside this word."""
    classes, more = clause.classes[place], clause.has(m.MORE)
    if classes & m.WANT:
        theirs = clause.first(m.YOU, end=place) is not None and not clause.has(m.I)
        return _FULL if more or not theirs else 0
    if classes & m.CONSENT:
        return _FULL
    writer = clause.first(m.I, end=max(no, place))
    himself = (writer is not None and clause.first(m.HOW, end=writer) is None) or (
        clause.first(m.PAST, end=max(no, place)) is not None
    )
    reproach = no > 0 and clause.classes[no - 1] & m.YOU and not clause.has(m.HOW)
    if himself or reproach or clause.asks:
        return 0
    if classes & m.SEND and not clause.has(m.ME | m.MESSAGE) and clause.elsewhere & m.TOPICS:
        return 0  # "don't call any more, I'll come"
    if classes & m.SEND and not classes & m.MESSAGE:
        return _FULL if more else _MOST
    return _none_of(clause, no, classes)


def _none_of(clause: Clause, no: int, classes: int) -> int:
    """No messages: not that there are none, and less for offers, which may be anybody's."""
    more = clause.has(m.MORE)
    receives = clause.has(m.RECEIVE) and not (clause.has(m.HOW) and clause.has(m.COURTESY))
    if receives or not (clause.classes[no] & m.NO or more):
        return 0
    if classes & m.PITCH and not classes & m.MESSAGE:
        return _MOST if more else 0
    return _FULL if more else _BARE


def _object(clause: Clause, ending: int) -> tuple[int, int | None]:
    """What is to end, and how surely it is ours: messages or a list rather than "these"."""
    best: tuple[int, int | None] = (0, None)
    if not clause.named and any(
        clause.addressee(verb) is Signal.OTHER and not _several(clause, verb)
        for verb in clause.places(m.SEND, ending + 1)
    ):
        return best  # "stop calling me that"
    for place, classes in enumerate(clause.classes):
        if place == ending and not classes & m.VAGUE:
            continue
        worth = _worth(clause, ending, place, classes)
        if worth > best[0] or (worth == best[0] == _FULL and classes & m.MESSAGE):
            best = worth, place
    return best


def _worth(clause: Clause, ending: int, place: int, classes: int) -> int:
    before = clause.classes[place - 1] if place else 0
    following = clause.classes[place + 1] if place + 1 < len(clause.classes) else m.AND
    if classes & m.SEND and (not classes & m.MESSAGE or following & (m.ME | m.YOU)):
        return 0 if before & m.ARTICLE else _sending(clause, ending, place)
    if worth := next((worth for mask, worth in _OBJECTS if classes & mask), 0):
        that_one = classes & m.MESSAGE and clause.classes[ending] & m.REMOVE
        return _SLIGHT if that_one and not clause.has(m.SEVERAL | m.YOU | m.ME) else worth
    if classes & m.PITCH:
        return _offers(clause, ending, place)
    if classes & m.RECEIVE:
        return _FULL if clause.has(m.SEVERAL) else _MOST
    mine = classes & m.NUMBER and before & (m.MY | m.LIGHT)
    if mine or (classes & m.ME and following and clause.classes[ending] & _REMOVING):
        return _FULL if mine or clause.foreign() < _HARMLESS else _SLIGHT
    return _pointed_at(clause, ending, classes) if following else 0


def _offers(clause: Clause, ending: int, place: int) -> int:
    """Offers are ours when they are yours, or those; only more of them, or for the writer, can be denied."""
    if clause.classes[ending] & (m.NOT | m.NO) and not clause.has(m.MORE | m.ME | m.WANT):
        return 0
    before = clause.classes[place - 1] if place else 0
    following = clause.classes[place + 1] if place + 1 < len(clause.classes) else m.AND
    ours = before & (m.YOU | m.SEVERAL | m.VAGUE) or (place > ending and before & m.ARTICLE and following)
    return _FULL if ours else _FULL - 1


def _pointed_at(clause: Clause, ending: int, classes: int) -> int:
    """What is only pointed at, "these" or "it", which another sentence may have named."""
    if not classes & (m.VAGUE | m.SEVERAL) or clause.elsewhere & m.BUSINESS:
        return 0
    if not classes & m.SEVERAL and clause.foreign():
        return 0
    told = clause.named and not clause.classes[ending] & (m.REMOVE | m.WITHDRAW)
    return (_MOST if classes & m.SEVERAL else _SLIGHT) + (_MOST if told else 0)


def _sending(clause: Clause, ending: int, verb: int) -> int:
    """Texting, by whom it goes to; where it is denied it must be said to whom, or that it was enough."""
    whom = m.ME | m.NUMBER if clause.has(m.WANT) else m.ME | m.NUMBER | m.MORE
    following = (*clause.classes[verb + 1 : verb + 2], 0)[0]
    if (
        (clause.classes[ending] & (m.NOT | m.NO) and not clause.has(whom))
        or clause.foreign(min(ending, verb), max(ending, verb))
        or (clause.has(m.I) and following & m.YOU)  # "I don't want to text you"
        or (verb < ending and following & m.ME)  # "call me when you stop"
    ):
        return 0
    match clause.addressee(verb):
        case Signal.STOP:
            return _FULL
        case Signal.UNCLEAR:
            return _MOST
        case _:
            return _MOST if _several(clause, verb) or (clause.named and clause.has(m.MORE)) else 0


def _several(clause: Clause, verb: int) -> bool:
    return any(classes & m.SEVERAL for classes in clause.classes[verb + 1 : verb + 2])


def _beside(clause: Clause, ending: int, thing: int) -> int:
    """What the rest of the clause adds and takes."""
    added = sum(worth for mask, worth in _FOR if clause.has(mask))
    taken = sum(worth for mask, worth in _AGAINST if clause.has(mask))
    asked = 3 if clause.asks and not clause.has(m.HOW | m.COURTESY) else 0
    contrasts = (p for p in clause.places(m.CONTRAST) if not clause.classes[p] & (m.FILLER | m.COURTESY))
    contrast = _CONTRAST if next(contrasts, None) is not None else 0
    taken += _YET if clause.has(m.YET) and not clause.has(m.WANT) else 0
    parting = clause.foreign(min(ending, thing), max(ending, thing))
    strangers = 2 * parting + max(0, clause.foreign() - parting - _HARMLESS)
    return added - taken - asked - contrast - min(_STRANGERS, strangers)
