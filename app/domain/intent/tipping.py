"""Where the rules are not certain, what the words come to together tips the decision; no keyword is weighed."""

from typing import Final

from app.domain.intent.leaning import Leaning
from app.domain.intent.reading import Reading, Rule
from app.domain.intent.weighing import ORDINARY
from app.domain.signal import Signal

# In hundredths; 0 is where one thing is as likely as the other. A doubt of the
# rules that leans to stopping is a request to stop; a leaning alone is for a person.
STOPS: Final = 0
ASKS: Final = 0
# What no rule sees has to lean a little more than that before a person is asked.
NOTICED: Final = 50
# A request that looks so little like one is for a person. It is never left alone, however little: a rule has read it,
# and a request that is missed costs more than a look at one that was none.
HARDLY: Final = -150
NO_DOUBT: Final = -300
# What is a request whatever is told beside it: a stop word as a sentence, and requests that name what is to end.
FIRM: Final = frozenset(
    {
        *(Rule.KEYWORD_SENTENCE, Rule.OPT_OUT, Rule.NO_MESSAGES, Rule.DO_NOT_SEND),
        *(Rule.CEASE_SENDING, Rule.CEASE_MESSAGES),
    }
)


def tipped(decided: Reading, leans: Leaning | None) -> Reading:
    """The decision of the rules, or what the leaning makes of it."""
    if leans is None:
        return decided
    match decided.signal:
        case Signal.STOP:
            return _doubted(decided, leans)
        case Signal.UNCLEAR:
            return _settled(decided, leans)
        case _:
            return _noticed(decided, leans)


def _doubted(request: Reading, leans: Leaning) -> Reading:
    if request.rule in FIRM:
        return request
    return Reading(Signal.UNCLEAR, request.rule, request.words) if leans.asks < HARDLY else request


def _settled(doubt: Reading, leans: Leaning) -> Reading:
    asked = doubt.rule is not Rule.UNEXPLAINED  # which only says that our messages are named
    if asked and leans.asks > ASKS and leans.stops > STOPS:
        return Reading(Signal.STOP, Rule.LEANS, doubt.words)
    return ORDINARY if leans.asks < NO_DOUBT else doubt


def _noticed(nothing: Reading, leans: Leaning) -> Reading:
    return Reading(Signal.UNCLEAR, Rule.LEANS, leans.words) if leans.asks > NOTICED else nothing
