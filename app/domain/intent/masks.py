"""The word classes as plain integers, and the unions that rules ask for: IntFlag is slow."""

from typing import Final

from app.domain.keywords.classes import WordClass as W

CEASE: Final = int(W.CEASE)
OPT_OUT: Final = int(W.OPT_OUT)
OPTED_OUT: Final = int(W.OPTED_OUT)
REMOVE: Final = int(W.REMOVE)
SEND: Final = int(W.SEND)
RECEIVE: Final = int(W.RECEIVE)
MESSAGE: Final = int(W.MESSAGE)
PITCH: Final = int(W.PITCH)
SERVICE: Final = int(W.SERVICE)
VAGUE: Final = int(W.VAGUE)
ME: Final = int(W.ME)
MY: Final = int(W.MY)
NUMBER: Final = int(W.NUMBER)
LIST: Final = int(W.LIST)
NOT: Final = int(W.NOT)
NO: Final = int(W.NO)
MORE: Final = int(W.MORE)
WANT: Final = int(W.WANT)
HOW: Final = int(W.HOW)
WHY: Final = int(W.WHY)
IF: Final = int(W.IF)
I: Final = int(W.I)  # noqa: E741 - the word is I
YOU: Final = int(W.YOU)
THIRD: Final = int(W.THIRD)
FROM: Final = int(W.FROM)
AWAY: Final = int(W.AWAY)
CONSENT: Final = int(W.CONSENT)
WITHDRAW: Final = int(W.WITHDRAW)
ALREADY: Final = int(W.ALREADY)
YET: Final = int(W.YET)
MISTAKE: Final = int(W.MISTAKE)
REPLY: Final = int(W.REPLY)
COURTESY: Final = int(W.COURTESY)
CLOSING: Final = int(W.CLOSING)
FILLER: Final = int(W.FILLER)
LIGHT: Final = int(W.LIGHT)
ARTICLE: Final = int(W.ARTICLE)
PAST: Final = int(W.PAST)
CONTRAST: Final = int(W.CONTRAST)
AND: Final = int(W.AND)
CLEAR: Final = int(W.CLEAR)
DOUBT: Final = int(W.DOUBT)
HINT: Final = int(W.HINT)
NAMING: Final = int(W.NAMING)
LEAVE: Final = int(W.LEAVE)
KEEP: Final = int(W.KEEP)
SEVERAL: Final = int(W.SEVERAL)
BUSINESS: Final = int(W.BUSINESS)
EPITHET: Final = int(W.EPITHET)
KIN: Final = int(W.KIN)
PRONOUN: Final = int(W.PRONOUN)
BECAUSE: Final = int(W.BECAUSE)
THEREFORE: Final = int(W.THEREFORE)
EXIT: Final = int(W.EXIT)
STAY: Final = int(W.STAY)
EVENT: Final = int(W.EVENT)
AID: Final = int(W.AID)
GONE: Final = int(W.GONE)
ADVERT: Final = int(W.ADVERT)
EXPLAINS: Final = int(W.EXPLAINS)
DIGITS: Final = int(W.DIGITS)
REFUSAL: Final = int(W.REFUSAL)

ENDING: Final = CEASE | OPT_OUT | REMOVE
OFF_THE_LIST: Final = OPT_OUT | OPTED_OUT | REMOVE
ASKING: Final = WANT | HOW | COURTESY  # what makes a request of the writer's own verb
RECIPIENT: Final = ME | MY | NUMBER | MESSAGE | MORE | CONSENT | I | CLEAR | DOUBT
PASSED_OVER: Final = SEND | RECEIVE | FILLER | EPITHET | COURTESY | LIGHT | NO | YOU | NOT | FROM
UNNAMED: Final = PITCH | SERVICE | VAGUE | DIGITS
TOPICS: Final = (
    BUSINESS | EXPLAINS | EVENT
)  # what else a message may be about; no rule knows such a word besides
TALK: Final = YET | WHY | MISTAKE  # of what has or has not happened
SUBJECT: Final = MESSAGE | LIST | NUMBER
OURS: Final = MESSAGE | LIST | PITCH | VAGUE | YOU
