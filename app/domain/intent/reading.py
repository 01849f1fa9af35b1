"""What comes of reading a message, and what one rule finds in one clause of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.replies import Language
from app.domain.signal import Signal


class Rule(StrEnum):
    """What decided a reading: a stable name for the records, and a sentence for the people."""

    meaning: str

    def __new__(cls, name: str, meaning: str) -> Self:
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.meaning = meaning
        return rule

    KEYWORD = "keyword", "The message is a keyword and nothing else."
    KEYWORD_SENTENCE = "keyword-sentence", "One sentence of the message is a keyword and nothing else."
    EXPRESSION = "expression", "An expression that the language file lists as a whole."
    EXPRESSION_AND_STOP = "expression-and-stop", 'A stop word beside an expression such as "wrong number".'
    OPT_OUT = "opt-out", "A word that can only mean leaving a list."
    OPT_OUT_OF_SOMETHING = "opt-out-of-something", "Leaving, but something that we do not know."
    OPTED_OUT = "opted-out", "Leaving, said as done."
    CEASE_MESSAGES = "cease-messages", "A stop word about the messages."
    CEASE_SENDING = "cease-sending", "A stop word about texting or calling the writer."
    ASKED_TO_CEASE = "asked-to-cease", "A stop word, politely, about nothing else."
    CEASE_SOMETHING = "cease-something", "A stop word about something that is not named, or not ours alone."
    REMOVE = "remove", "Removing the writer, the number, or either from a list."
    REMOVE_SOMETHING = "remove-something", "Removing something that is not ours alone, such as an account."
    NO_MESSAGES = "no-messages", "No messages, or no more of them."
    NO_OFFERS = "no-offers", "No more of what comes with our messages, or by another way."
    NOT_WANTED = "not-wanted", "Texting, messages or the list are not wanted."
    DO_NOT_SEND = "do-not-send", "Texting or calling the writer is forbidden."
    WITHDRAW_CONSENT = "withdraw-consent", "Consent is withdrawn."
    NO_CONSENT = "no-consent", "Consent is denied."
    DISPLEASED = "displeased", "The writer has had enough of the messages."
    ADDS_UP = "adds-up", "Words of ending beside something of ours outweigh what else is said."
    ASKED_FOR_HELP = "asked-for-help", "Help with our messages is asked for, and nothing else."
    UNEXPLAINED = "unexplained", "Our messages, a list or a number are named, and nothing says why."
    SEVERAL_SIGNS = "several-signs", "Several things that say little alone say enough together."
    INSTRUCTIONS = "instructions", "It quotes instructions, as an advertisement does."
    ORDINARY = "ordinary", "No rule has anything to say."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. `signal` is one of STOP, START, CONFIRM, HELP, UNCLEAR and OTHER.

    `rule` names what decided, `words` are those it stands on, `language` is theirs if they have one.
    """

    signal: Signal
    rule: Rule
    words: tuple[str, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict on one clause. `otherwise`: its worth in a message that also says other things."""

    signal: Signal
    rule: Rule
    words: tuple[str, ...]
    otherwise: Signal
