"""The rules of requests: a verb, what it is about, and whether it is denied. One function, one rule, one clause.

Each answers with a finding, or with None where it has nothing to say. The words are data; here is only how
they go together, in the order that many languages share.
"""

from typing import Final

from app.domain.intent.clause import Clause
from app.domain.intent.reading import Finding
from app.domain.keywords.classes import WordClass as W  # noqa: N817 - read on every line
from app.domain.signal import Signal

_CEASE: Final = int(W.CEASE)
_OPT_OUT: Final = int(W.OPT_OUT)
_OPTED_OUT: Final = int(W.OPTED_OUT)
_REMOVE: Final = int(W.REMOVE)
_SEND: Final = int(W.SEND)
_RECEIVE: Final = int(W.RECEIVE)
_MESSAGE: Final = int(W.MESSAGE)
_NOT: Final = int(W.NOT)
_NO: Final = int(W.NO)
_MORE: Final = int(W.MORE)
_WANT: Final = int(W.WANT)
_ME: Final = int(W.ME)
_MY: Final = int(W.MY)
_NUMBER: Final = int(W.NUMBER)
_LIST: Final = int(W.LIST)
_FROM: Final = int(W.FROM)
_I: Final = int(W.I)
_COURTESY: Final = int(W.COURTESY)
_DIGITS: Final = int(W.DIGITS)
_HOW: Final = int(W.HOW)
_YOU: Final = int(W.YOU)
_PASSIVE: Final = int(W.NUMBER)
_PAST: Final = int(W.PAST)
_DOUBT: Final = int(W.DOUBT)
_CLEAR: Final = int(W.CLEAR)
_CONTRAST: Final = int(W.CONTRAST)
_THIRD: Final = int(W.THIRD)
_WITHDRAW: Final = int(W.WITHDRAW)
_CONSENT: Final = int(W.CONSENT)
_PITCH: Final = int(W.PITCH)
_SERVICE: Final = int(W.SERVICE)

_UNNAMED: Final = int(W.PITCH | W.SERVICE | W.VAGUE | W.DIGITS)
_WAYS: Final = int(W.WANT | W.HOW | W.COURTESY)
_ARTICLE: Final = int(W.ARTICLE)
_TALK: Final = int(W.YET | W.WHY | W.MISTAKE)
_REASONS: Final = int(W.WHY | W.MISTAKE)
_RECIPIENT: Final = int(W.ME | W.MY | W.NUMBER | W.MESSAGE | W.MORE | W.CONSENT)
_SAYING: Final = int(W.I | W.CLEAR | W.DOUBT)
_PASSED_OVER: Final = int(W.SEND | W.RECEIVE | W.FILLER | W.COURTESY | W.LIGHT | W.NO | W.YOU | W.NOT | W.FROM)


def _stop(rule: str, words: tuple[str, ...], otherwise: Signal = Signal.STOP) -> Finding:
    return Finding(Signal.STOP, rule, words, otherwise)


def _doubt(rule: str, words: tuple[str, ...]) -> Finding:
    return Finding(Signal.UNCLEAR, rule, words, Signal.UNCLEAR)


def _own_business(clause: Clause, verb: int) -> bool:
    """Whether the verb is what the writer, or somebody else, does: "I stop texting", "he should stop"."""
    if clause.first(_THIRD, end=verb) is not None:
        return True
    i = clause.first(_I, end=verb)
    return i is not None and not any(c & _WAYS for c in clause.classes[:verb])


def _addressee(clause: Clause, verb: int) -> Signal | None:
    """Whom the texting is addressed to: STOP for the writer or nobody named, UNCLEAR for something else."""
    for place in range(verb + 1, len(clause.words)):
        classes = clause.classes[place]
        if classes & _THIRD:
            return None
        if classes & (_RECIPIENT | _SAYING):
            return Signal.STOP
        if not classes & _PASSED_OVER:
            return Signal.UNCLEAR
    return Signal.STOP


def cease(clause: Clause) -> Finding | None:
    """STOP + these messages: "stop texting me", "stop met sms sturen", "cancel these texts"."""
    for verb in clause.places(_CEASE):
        if clause.denied(verb) or _own_business(clause, verb):
            continue
        if _is_noun(clause, verb) and not clause.has(_WAYS):
            continue
        if found := _ceased(clause, verb):
            return found
    return None


def _ceased(clause: Clause, verb: int) -> Finding | None:
    """What is to end: it stands after the verb with only known words between, or before it."""
    unnamed: int | None = None
    for place in range(verb + 1, len(clause.words)):
        classes = clause.classes[place]
        if classes & _MESSAGE:
            return _stop("cease-messages", clause.said(verb, place))
        if classes & (_SEND | _RECEIVE):
            return _ceased_sending(clause, verb, place)
        if classes & _UNNAMED and unnamed is None:
            unnamed = place
        elif classes & _THIRD:
            return None
        elif not classes:
            break
    before = clause.first(_MESSAGE, end=verb)
    if before is not None and not clause.foreign(before, verb):
        said = clause.said(before, verb)
        return _doubt("cease-something", said) if clause.foreign() else _stop("cease-messages", said)
    if not _could_be_ours(clause, verb, unnamed):
        return None
    if unnamed is None and clause.has(_COURTESY) and not clause.has(_I | _WANT):
        return _stop("asked-to-cease", clause.said(verb), Signal.UNCLEAR)
    return _doubt("cease-something", clause.said(verb, unnamed))


def _is_noun(clause: Clause, verb: int) -> bool:
    """Whether the word only looks like a verb: "at the end"."""
    return verb > 0 and bool(clause.classes[verb - 1] & _ARTICLE)


def _could_be_ours(clause: Clause, verb: int, unnamed: int | None) -> bool:
    """Whether what is to end may be these messages: all of it is known, or a service is named first."""
    if unnamed is not None and clause.classes[unnamed] & (_SERVICE | _PITCH):
        return not clause.foreign(0, unnamed)
    return not clause.foreign() and not clause.has(_TALK)


def _ceased_sending(clause: Clause, verb: int, sending: int) -> Finding | None:
    match _addressee(clause, sending):
        case Signal.STOP:
            return _stop("cease-sending", clause.said(verb, sending))
        case Signal.UNCLEAR:
            return _doubt("cease-sending", clause.said(verb, sending))
        case _:
            return None


def do_not_send(clause: Clause) -> Finding | None:
    """A verb of sending, denied: "don't text me", "bel mij niet meer", "do not contact this number"."""
    for verb in clause.places(_SEND):
        no = _denial_of(clause, verb)
        if no is None or _own_business(clause, max(no, verb)) or clause.has(_TALK | _PAST):
            continue
        if clause.first(_CONTRAST, max(no, verb)) is not None or any(map(clause.denied, clause.places(_CEASE))):
            continue
        me = clause.first(_ME | _NUMBER)
        more = clause.first(_MORE)
        said = clause.said(no, verb, me, more)
        if not clause.foreign() and _addressee(clause, verb) is Signal.STOP:
            return _stop("do-not-send", said, Signal.OTHER if me is None and more is None else Signal.STOP)
        if me is not None and not clause.has(_DIGITS):
            return _stop("do-not-send", said) if more is not None else _doubt("do-not-send", said)
    return None


def _denial_of(clause: Clause, verb: int) -> int | None:
    """The NOT that governs a verb of sending, on whichever side the language puts it."""
    for no in clause.places(_NOT):
        first, last = min(no, verb), max(no, verb)
        between = clause.classes[first:last]
        if len(between) <= 5 and not any(c == 0 or c & (_CEASE | _OPT_OUT | _CONTRAST) for c in between):
            return no
    return None


def no_messages(clause: Clause) -> Finding | None:
    """NO + messages: "geen sms meer", "no more texts", "ik wil geen reclame"."""
    for no in clause.places(_NO | _NOT):
        message = clause.first(_MESSAGE, no + 1)
        if message is None:
            message = clause.first(_RECEIVE, no + 1) if clause.has(_WANT) else None
        if message is None:
            if found := _no_offers(clause, no):
                return found
            continue
        between = clause.classes[no:message]
        if any(c == 0 or c & (_CEASE | _OPT_OUT) for c in between) or clause.has(_TALK | _THIRD):
            continue
        if clause.foreign() and not clause.classes[message] & _MESSAGE:
            continue
        more, want, send = clause.first(_MORE), clause.first(_WANT), clause.first(_SEND)
        said = clause.said(no, message, more, want)
        receives = clause.has(_RECEIVE) and want is None and (more is None or clause.has(_I))
        if receives or (clause.classes[no] & _NOT and more is None and want is None):
            continue
        asked = want is not None or (more is not None and not clause.has(_I | _PAST)) or _sends(clause, send, no)
        if asked and clause.asks:
            return _doubt("no-messages", said)
        if asked:
            return _stop("no-messages", said) if not clause.foreign() or want is not None else _doubt("no-messages", said)
        if not clause.foreign() and not clause.has(_I | _PAST):
            return _stop("no-messages", said, Signal.UNCLEAR)
    return None


def _no_offers(clause: Clause, no: int) -> Finding | None:
    """No more of what comes with our messages, or by another way: a person should look."""
    if not clause.classes[no] & _NO:
        return None
    offer, more = clause.first(_PITCH, no + 1), clause.first(_MORE)
    talk = clause.has(_TALK | _THIRD | _I | _RECEIVE | _HOW) or clause.asks or clause.foreign()
    if offer is None or more is None or talk:
        return None
    return _doubt("no-offers", clause.said(no, offer, more))


def _sends(clause: Clause, send: int | None, no: int) -> bool:
    return send is not None and send < no and not _own_business(clause, send)


def not_wanted(clause: Clause) -> Finding | None:
    """WANT, denied, + texting or a list: "I don't want you to text me", "wil niet op jullie lijst"."""
    want = clause.first(_WANT)
    no = clause.first(_NOT | _NO)
    if want is None or no is None or clause.has(_REASONS | _THIRD | _CEASE | _OPT_OUT):
        return None
    target = clause.first(_RECEIVE | _LIST | _MESSAGE)
    send = clause.first(_SEND)
    if target is None and send is not None and _meant_for_me(clause, send):
        target = send
    said = clause.said(want, no, target)
    if target is not None:
        return _stop("not-wanted", said) if not clause.foreign() else _doubt("not-wanted", said)
    vague = clause.first(int(W.VAGUE | W.MORE | W.SERVICE | W.PITCH))
    if vague is not None and not clause.foreign() and abs(want - no) <= 4:
        return _doubt("not-wanted", clause.said(want, no, vague))
    return None


def _meant_for_me(clause: Clause, send: int) -> bool:
    """Whether the texting that is not wanted is theirs: "I don't want you to text", not "to bother you"."""
    theirs = clause.first(_YOU, end=send) is not None and clause.first(_YOU, send) is None
    return theirs or clause.has(_ME | _MORE) or clause.has(_PASSIVE)


def remove(clause: Clause) -> Finding | None:
    """REMOVE + me, my number, from the list: "haal mij van de lijst", "delete my number"."""
    for verb in clause.places(_REMOVE):
        if clause.denied(verb) or _own_business(clause, verb):
            continue
        for place in (*range(verb + 1, len(clause.words)), *range(verb)):
            classes = clause.classes[place]
            if classes & (_NUMBER | _LIST) or (classes & _ME and not _owns(clause, place)):
                if clause.foreign(min(verb, place), max(verb, place)):
                    break
                return _stop("remove", clause.said(verb, place))
            if classes & _SERVICE:
                return _doubt("remove", clause.said(verb, place))
            if place > verb and not classes:
                break
    return None


def _owns(clause: Clause, place: int) -> bool:
    """Whether a word for me is here a word for my: "verwijder me bestelling"."""
    following = clause.classes[place + 1 : place + 2]
    return following == (0,)


def opt_out(clause: Clause) -> Finding | None:
    """A verb that can only mean leaving: "kunnen jullie mij uitschrijven", "unsubscribe me"."""
    for verb in clause.places(_OPT_OUT):
        if clause.denied(verb) or clause.has(int(W.MISTAKE)):
            continue
        leaves = clause.first(_FROM, verb + 1)
        if leaves is None:
            leaves = clause.first(_FROM)
        about = clause.classes[leaves + 1 :] if leaves is not None else ()
        named = any(c & (_MESSAGE | _LIST | int(W.PITCH) | int(W.VAGUE) | int(W.YOU)) for c in about)
        if 0 in about and not named:
            return _doubt("opt-out-of-something", clause.said(verb, leaves))
        if clause.has(_THIRD):
            return _doubt("opt-out-of-something", clause.said(verb))
        return _stop("opt-out", clause.said(verb, clause.first(_ME)))
    return None


def opted_out(clause: Clause) -> Finding | None:
    """Leaving, said as done or as wished: "ik heb me al uitgeschreven", "wil uitgeschreven worden"."""
    done = clause.first(_OPTED_OUT)
    if done is None or clause.has(int(W.MISTAKE)) or clause.denied(done):
        return None
    firmly = clause.first(_WANT | int(W.ALREADY) | int(W.COURTESY))
    if firmly is not None and not clause.asks:
        return _stop("opted-out", clause.said(done, firmly))
    return _doubt("opted-out", clause.said(done))


def withdraw(clause: Clause) -> Finding | None:
    """Consent, withdrawn: "I revoke my consent", "hierbij trek ik mijn toestemming in"."""
    verb, consent = clause.first(_WITHDRAW), clause.first(_CONSENT)
    if consent is None:
        return None
    if verb is not None and not clause.denied(verb):
        return _stop("withdraw-consent", clause.said(verb, consent))
    no = clause.first(_NO | _NOT)
    if no is not None:
        more = clause.first(_MORE)
        rule = "no-consent"
        return _stop(rule, clause.said(no, consent, more)) if more is not None else _doubt(rule, clause.said(no, consent))
    return None


def expressions(clause: Clause) -> Finding | None:
    """What is listed as a whole: "laat me met rust" asks to stop, "verkeerd nummer" asks for a person."""
    clear = tuple(clause.places(_CLEAR))
    if clear and not clause.denied(clear[0]):
        return _stop("expression", clause.said(*clear))
    doubt = tuple(clause.places(_DOUBT))
    if not doubt:
        return None
    ceased = next((i for i in clause.places(_CEASE) if i not in doubt and not clause.denied(i)), None)
    if ceased is not None and not clause.foreign():
        return _stop("expression-and-stop", clause.said(ceased, *doubt))
    return _doubt("expression", clause.said(*doubt))


RULES: Final = (
    expressions, opt_out, cease, remove, no_messages, not_wanted, do_not_send, opted_out, withdraw,
)  # fmt: skip
