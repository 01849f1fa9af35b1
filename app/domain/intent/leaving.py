"""Requests to leave: remove me, unsubscribe me, I withdraw my consent. Fixed expressions too."""

from app.domain.intent import masks as m
from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding, Rule
from app.domain.intent.verdicts import doubt, hint, stop
from app.domain.signal import Signal

_TOWARDS = m.SEVERAL | m.LIGHT | m.YOU | m.MY | m.VAGUE | m.MESSAGE
_PERSON = m.I | m.ME | m.YOU | m.WANT | m.COURTESY | m.ALREADY


def remove(clause: Clause) -> Finding | None:
    """REMOVE + me, my number, from the list: "haal mij van de lijst", "delete my number"."""
    for verb in clause.places(m.REMOVE):
        if clause.denied(verb) or clause.own_business(verb):
            continue
        for place in (*range(verb, len(clause.words)), *range(verb)):
            if found := _removed(clause, verb, place):
                return found
            if place > verb and not clause.classes[place]:
                break
        vague = clause.first(m.VAGUE, verb + 1)
        if vague is not None and clause.named and clause.elsewhere & (m.NUMBER | m.LIST):
            return stop(Rule.REMOVE, clause.said(verb, vague))  # "this number is a school's, delete it"
        if vague is not None and not clause.foreign():
            return hint(Rule.REMOVE_SOMETHING, clause.said(verb, vague))
    return None


def _removed(clause: Clause, verb: int, place: int) -> Finding | None:
    classes = clause.classes[place]
    # In Dutch "me" can be "my" as well: "verwijder me bestelling".
    kin = classes & m.KIN and place and clause.classes[place - 1] & m.MY
    me = (classes & m.ME or kin) and clause.classes[place + 1 : place + 2] != (0,)
    if me or classes & (m.NUMBER | m.LIST):
        near = not clause.foreign(min(verb, place), max(verb, place))
        return stop(Rule.REMOVE, clause.said(verb, place)) if near else None
    something = classes & m.SERVICE and not clause.other_matter
    return doubt(Rule.REMOVE_SOMETHING, clause.said(verb, place)) if something else None


def leave_list(clause: Clause) -> Finding | None:
    """Off a list, with a wish: "wil uit de lijst", "graag van de lijst". The verb may be any."""
    target = clause.first(m.LIST)
    if target is None and clause.has(m.ME) and clause.has(m.REMOVE | m.HOW) and not clause.foreign():
        target = clause.first(m.MESSAGE)  # "kan je me van de sms halen"
    if target is None or clause.has(m.NOT | m.NO) or (clause.has(m.THIRD) and not clause.has(m.ME)):
        return None
    away = target - 1
    while away >= 0 and clause.classes[away] & _TOWARDS and not clause.classes[away] & m.AWAY:
        away -= 1
    wish = clause.first(m.WANT | m.COURTESY | m.HOW)
    whom = clause.first(m.ME | m.NUMBER)
    if away < 0 or not clause.classes[away] & m.AWAY or (wish is None and whom is None):
        return None
    said = clause.said(away, target, wish, whom)
    if not clause.foreign() and (wish is not None or not clause.has(m.I)):
        return stop(Rule.REMOVE, said)
    if whom is None:
        return None
    told = clause.foreign() <= 1 and not clause.has(m.PAST | m.I | m.KEEP) and not clause.business
    return stop(Rule.REMOVE, said) if told else doubt(Rule.REMOVE_SOMETHING, said)


def opt_out(clause: Clause) -> Finding | None:
    """A verb that can only mean leaving: "kunnen jullie mij uitschrijven", "unsubscribe me"."""
    for verb in clause.places(m.OPT_OUT):
        if clause.denied(verb) or clause.has(m.MISTAKE):
            continue
        leaves = clause.first(m.FROM, verb + 1)
        if leaves is None:
            leaves = clause.first(m.FROM)
        asked_back = clause.asks and (clause.has(m.PAST) or len(clause.words) == 1)
        if asked_back or clause.supposed(verb):  # "did I unsubscribe?", "unsubscribe?", "if I unsubscribe"
            return doubt(Rule.OPTED_OUT, clause.said(verb))
        if clause.elsewhere & m.EVENT and not clause.has(m.SUBJECT):
            return doubt(
                Rule.OPT_OUT_OF_SOMETHING, clause.said(verb)
            )  # "I can't come to the class, sign me off"
        if clause.is_noun(verb) and clause.classes[verb + 1 : verb + 2] == (0,):
            return doubt(Rule.OPT_OUT_OF_SOMETHING, clause.said(verb))  # "the unsubscribe button"
        about = clause.classes[leaves + 1 :] if leaves is not None else ()
        if clause.other_matter:
            continue  # "mijn retour afmelden"
        if clause.has(m.THIRD) or (0 in about and not any(c & m.OURS for c in about)):
            return doubt(Rule.OPT_OUT_OF_SOMETHING, clause.said(verb, leaves))
        return stop(Rule.OPT_OUT, clause.said(verb, clause.first(m.ME)))
    return None


def unable_to_leave(clause: Clause) -> Finding | None:
    """Leaving that does not work: "I can't unsubscribe"."""
    if not clause.has(m.HOW) or clause.has(m.THIRD | m.MISTAKE) or clause.other_matter:
        return None
    verb = next(filter(clause.denied, clause.places(m.OPT_OUT)), None)
    return None if verb is None else doubt(Rule.OPT_OUT, clause.said(verb))


def left_undone(clause: Clause) -> Finding | None:
    """A reproach that the writer is still there: "you never removed me", "jullie hebben me niet uitgeschreven"."""
    if clause.has(m.I | m.IF | m.MISTAKE | m.STAY) or not clause.has(m.PAST | m.ALREADY | m.OPTED_OUT):
        return None
    you, me = clause.first(m.YOU), clause.first(m.ME | m.NUMBER)
    if you is None or me is None or clause.other_matter:
        return None
    undone = (verb for verb in clause.places(m.OFF_THE_LIST) if verb > you and clause.denied(verb))
    verb = next(undone, None)
    return None if verb is None else doubt(Rule.LEFT_UNDONE, clause.said(verb, me))


def opted_out(clause: Clause) -> Finding | None:
    """Leaving, said as done or as wished: "ik heb me al uitgeschreven", "wil uitgeschreven worden"."""
    done = clause.first(m.OPTED_OUT)
    if done is None or clause.other_matter or clause.has(m.MISTAKE | m.KEEP) or clause.denied(done):
        return None
    removed = clause.classes[done] & m.REMOVE
    if clause.has(m.KIN) and not clause.has(m.ASKING):
        return None  # "my brother opted out"
    if clause.foreign() and (removed or not clause.has(_PERSON)):
        return None  # "can this scratch be removed", "de auto is afgemeld"
    firmly = clause.first(
        m.WANT | m.ALREADY | m.COURTESY | (m.HOW if removed or not clause.has(m.PAST) else 0)
    )
    if firmly is not None and (removed or not clause.asks):
        return stop(Rule.OPTED_OUT, clause.said(done, firmly))
    again = clause.elsewhere & m.ALREADY and clause.elsewhere & (m.SEND | m.RECEIVE | m.MESSAGE)
    if again and clause.has(m.I) and not clause.asks:
        return stop(Rule.OPTED_OUT, clause.said(done))  # "I unsubscribed weeks ago, still texting me"
    return doubt(Rule.OPTED_OUT, clause.said(done))


def withdraw(clause: Clause) -> Finding | None:
    """Consent, withdrawn: "I revoke my consent", "hierbij trek ik mijn toestemming in"."""
    consent = clause.first(m.CONSENT)
    if consent is None:
        return _withdrawn_service(clause)
    verb, no, more = clause.first(m.WITHDRAW), clause.first(m.NO | m.NOT), clause.first(m.MORE)
    if verb is not None and not clause.denied(verb):
        return stop(Rule.WITHDRAW_CONSENT, clause.said(verb, consent))
    if no is None:
        return None
    said = clause.said(no, consent, more)
    denied = more is not None or not (clause.foreign() or clause.asks or clause.has(m.PAST | m.THIRD))
    return stop(Rule.NO_CONSENT, said) if denied else doubt(Rule.NO_CONSENT, said)


def _withdrawn_service(clause: Clause) -> Finding | None:
    """A sign-up, withdrawn: it may have been for a course."""
    verb, service = clause.first(m.WITHDRAW), clause.first(m.SERVICE)
    if verb is None or service is None or verb == service or clause.denied(verb) or clause.foreign():
        return None
    if clause.has(m.MESSAGE):
        return stop(Rule.WITHDRAW_CONSENT, clause.said(verb, service))
    return doubt(Rule.WITHDRAW_CONSENT, clause.said(verb, service))


def expressions(clause: Clause) -> Finding | None:
    """What is listed as a whole: "laat me met rust" asks to stop, "verkeerd nummer" asks for a person."""
    clear = tuple(clause.places(m.CLEAR))
    denied = clear and (clause.denied(clear[0]) or (clear[0] and clause.classes[clear[0] - 1] & m.NO))
    if clear and not denied and not clause.has(m.MISTAKE):
        said = clause.said(*clear)
        return doubt(Rule.EXPRESSION, said) if clause.supposed(clear[-1]) else stop(Rule.EXPRESSION, said)
    leaves = clause.first(m.EXIT)
    elsewise = clause.foreign() or clause.business or clause.has(m.KEEP)
    if leaves is not None and not elsewise and not clause.denied(leaves):  # "I don't want you to stop"
        firm = Signal.STOP if clause.named else Signal.UNCLEAR
        return stop(Rule.EXPRESSION, clause.said(*clause.places(m.EXIT)), firm)
    doubtful = tuple(clause.places(m.DOUBT))
    if not doubtful or (clause.business and not clause.has(m.MESSAGE | m.LIST)):
        return None
    ceasing = (
        i for i in clause.places(m.CEASE | m.REMOVE | m.OPT_OUT) if i not in doubtful and not clause.denied(i)
    )
    if (ceased := next(ceasing, None)) is not None and not clause.foreign():
        return stop(Rule.EXPRESSION_AND_STOP, clause.said(ceased, *doubtful))
    return doubt(Rule.EXPRESSION, clause.said(*doubtful))


def displeased(clause: Clause) -> Finding | None:
    """Displeasure with the messages: "sick of these texts". About anything else it is only a sign."""
    sign = clause.first(m.HINT)
    if sign is None:
        return _insulted(clause)
    if clause.denied(sign):
        return None
    said = clause.said(*clause.places(m.HINT))
    about = clause.first(m.MESSAGE | m.LIST)
    return (
        hint(Rule.DISPLEASED, said)
        if about is None or clause.asks
        else doubt(Rule.DISPLEASED, (*said, clause.words[about]))
    )


def _insulted(clause: Clause) -> Finding | None:
    """What the writer thinks of the messages, straight before them: "such annoying texts"."""
    for place in clause.places(m.MESSAGE):
        if place and clause.classes[place - 1] & m.EPITHET and not clause.asks:
            return doubt(Rule.DISPLEASED, clause.said(place - 1, place))
    return None
