"""Where the rules are not certain, what the words come to together tips the decision; no keyword alone is weighed."""

from typing import Final

from app.domain.intent.leaning import Leaning, Sum
from app.domain.intent.reading import Reading, Rule
from app.domain.intent.weighing import ORDINARY
from app.domain.signal import Signal

# In hundredths; at 0 one thing is as likely as the other. All are chosen by what the files in
# tests/domain/intent/unseen say together (docs/reading.md).
# A doubt of the rules that leans to stopping is a request to stop.
STOPS: Final = 50
ASKS: Final = 0
# Where no rule sees anything, or only half a request (HALF_SAID), the words alone have to ask more clearly.
CLEARLY: Final = 250
HELPS: Final = -20
# Where no rule sees anything, a person looks from here on: at a wish to stop sooner than at what is only odd.
ODD: Final = 60
HINTS: Final = -40
# Who wants to stop asks for something: asks is never taken to be further than this below stops.
BEYOND: Final = 300
# A request that looks so little like one is for a person. It is never left alone, however little: a rule has read it,
# and a request that is missed costs more than a look at one that was none.
HARDLY: Final = -100
# A doubt that leans so far away is none: the rules did not see a request.
NO_DOUBT: Final = -110
# Requests that name what is to end, and keywords before or after something else ("STOP. Where is my order?"): much
# has to speak against what these rules find, as in "stop!! that dress is gorgeous".
EVEN_SO: Final = -300
FIRM: Final = frozenset(
    {
        *(Rule.OPT_OUT, Rule.LEFT_UNDONE, Rule.NO_MESSAGES, Rule.DO_NOT_SEND),
        *(Rule.CEASE_SENDING, Rule.CEASE_MESSAGES, Rule.KEYWORD_SENTENCE),
    }
)
# "Unsubscribe" is a request, and is also spoken of: "no way I'd ever unsubscribe".
SPOKEN_OF: Final = -200
# How little a request may lean to one, by its rule; HARDLY for any other.
LEAST: Final = {**dict.fromkeys(FIRM, EVEN_SO), Rule.OPT_OUT: SPOKEN_OF}
# What is to end may be something else, or nothing says that ours are to end.
HALF_SAID: Final = frozenset(
    {
        *(Rule.UNEXPLAINED, Rule.OPT_OUT_OF_SOMETHING),
        *(Rule.CEASE_SOMETHING, Rule.REMOVE_SOMETHING),
    }
)


def tipped(decided: Reading, leans: Leaning | None) -> Reading:
    """The decision of the rules, or what the leaning makes of it."""
    if leans is None:
        return decided
    if decided.rule is Rule.INSTRUCTIONS:
        return _asked_beside(decided, leans)
    match decided.signal:
        case Signal.STOP:
            return _still_asked(decided, leans)
        case Signal.UNCLEAR:
            return _settled(decided, leans)
        case _:
            return _noticed(leans)


def _still_asked(request: Reading, leans: Leaning) -> Reading:
    least = LEAST.get(request.rule, HARDLY)
    return request if min(_asked(leans), leans.stops) >= least else request.doubted()


def _settled(doubt: Reading, leans: Leaning) -> Reading:
    if _stops(leans, CLEARLY if doubt.rule in HALF_SAID else ASKS):
        return Reading(Signal.STOP, Rule.LEANS, doubt.words)
    return doubt if _asked(leans) >= (EVEN_SO if doubt.rule in FIRM else NO_DOUBT) else _noticed(leans)


def _noticed(leans: Leaning) -> Reading:
    if leans.asks > ODD or leans.stops > HINTS:
        signal = Signal.STOP if _stops(leans, CLEARLY) else Signal.UNCLEAR
        return Reading(signal, Rule.LEANS, leans.telling(Sum.STOPS if leans.stops > leans.asks else Sum.ASKS))
    return _helped(leans)


def _asked_beside(quoted: Reading, leans: Leaning) -> Reading:
    """Quoted instructions ask nothing, unless the rest clearly does: "reply STOP doesn't work, stop texting"."""
    if _stops(leans, CLEARLY):
        return Reading(Signal.UNCLEAR, Rule.BESIDE_INSTRUCTIONS, leans.telling(Sum.STOPS))
    return quoted


def _stops(leans: Leaning, enough: int) -> bool:
    return _asked(leans) > enough and leans.stops > STOPS


def _asked(leans: Leaning) -> int:
    """How much speaks for something that a person should see, which a wish to stop always is."""
    return max(leans.asks, leans.stops - BEYOND)


def _helped(leans: Leaning) -> Reading:
    if leans.helps <= HELPS:
        return ORDINARY
    return Reading(Signal.HELP, Rule.LEANS_TO_HELP, leans.telling(Sum.HELPS))
