"""Twilio's own opt-out handling: single English words that it answers before the webhook hears of them."""

from enum import StrEnum
from typing import Final


class OptOutType(StrEnum):
    """What Advanced Opt-Out tells the webhook that a word was."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


_WORDS: Final = {
    OptOutType.STOP: "STOP UNSUBSCRIBE END QUIT STOPALL REVOKE OPTOUT CANCEL",
    OptOutType.START: "START YES UNSTOP",
    OptOutType.HELP: "HELP INFO",
}
KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}

ANSWERS: Final = {
    OptOutType.STOP: "You will get no more messages from this number. Text START to get them again.",
    OptOutType.START: "You will get messages from this number again. Text HELP for help, STOP to end them.",
    OptOutType.HELP: "Text STOP to get no more messages from this number. Msg & data rates may apply.",
}


def kind(body: str) -> OptOutType | None:
    """What a message is to Twilio: only a word that stands alone counts, in capitals or not."""
    return KINDS.get(body.strip().upper())
