"""Where the rules are not certain, what the words come to together tips the decision; no keyword alone is weighed."""

from typing import Final

from app.domain.intent.leaning import Leaning, Sum
from app.domain.intent.reading import Reading, Rule
from app.domain.intent.weighing import ORDINARY
from app.domain.signal import Signal

# In hundredths; 0 is where one thing is as likely as the other.
# A doubt of the rules that leans to stopping is a request to stop, unless what is to end may be something else.
STOPS: Final = 50
ASKS: Final = 0
# Where no rule sees anything, or only that something is named, the words alone have to ask more clearly.
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
NO_DOUBT: Final = -110
# Requests that name what is to end, and keywords before or after something else ("STOP. Where is my order?"): much
# has to speak against what these rules find, as in "stop!! that dress is gorgeous".
EVEN_SO: Final = -300
# "Unsubscribe" is a request, and is also spoken of: "no way I'd ever unsubscribe".
SPOKEN_OF: Final = -200
FIRM: Final = frozenset(
    {
        *(Rule.OPT_OUT, Rule.NO_MESSAGES, Rule.DO_NOT_SEND),
        *(Rule.CEASE_SENDING, Rule.CEASE_MESSAGES, Rule.KEYWORD_SENTENCE),
    }
)


NOT_OURS_ALONE: Final = frozenset(
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
            return _doubted(decided, leans)
        case Signal.UNCLEAR:
            return _settled(decided, leans)
        case _:
            return _noticed(leans)


def _doubted(request: Reading, leans: Leaning) -> Reading:
    firmly = SPOKEN_OF if request.rule is Rule.OPT_OUT else EVEN_SO if request.rule in FIRM else HARDLY
    if min(_asked(leans), leans.stops) >= firmly:
        return request
    return Reading(Signal.UNCLEAR, request.rule, request.words)


def _settled(doubt: Reading, leans: Leaning) -> Reading:
    enough = CLEARLY if doubt.rule in NOT_OURS_ALONE else ASKS
    if _asked(leans) > enough and leans.stops > STOPS:
        return Reading(Signal.STOP, Rule.LEANS, doubt.words)
    return doubt if _asked(leans) >= (EVEN_SO if doubt.rule in FIRM else NO_DOUBT) else _noticed(leans)


def _noticed(leans: Leaning) -> Reading:
    if leans.asks > ODD or leans.stops > HINTS:
        signal = Signal.STOP if _asked(leans) > CLEARLY and leans.stops > STOPS else Signal.UNCLEAR
        return Reading(signal, Rule.LEANS, leans.telling(Sum.STOPS if leans.stops > leans.asks else Sum.ASKS))
    return _helped(leans)


def _asked_beside(quoted: Reading, leans: Leaning) -> Reading:
    """Quoted instructions ask nothing, unless the rest clearly does: "reply STOP doesn't work, stop texting"."""
    if _asked(leans) > CLEARLY and leans.stops > STOPS:
        return Reading(Signal.UNCLEAR, Rule.BESIDE_INSTRUCTIONS, leans.telling(Sum.STOPS))
    return quoted


def _asked(leans: Leaning) -> int:
    """How much speaks for something that a person should see, which a wish to stop always is."""
    return max(leans.asks, leans.stops - BEYOND)


def _helped(leans: Leaning) -> Reading:
    if leans.helps <= HELPS:
        return ORDINARY
    return Reading(Signal.HELP, Rule.LEANS_TO_HELP, leans.telling(Sum.HELPS))
