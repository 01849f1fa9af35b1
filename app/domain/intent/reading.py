"""What comes of reading a message, and what one rule finds in one clause of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.replies import Language
from app.domain.sentence import Sentence, sentence
from app.domain.signal import Signal


class Rule(StrEnum):
    """What decided a reading: a stable name for the records, and a sentence for the people."""

    meaning: Sentence

    def __new__(cls, name: str, meaning: Sentence) -> Self:
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.meaning = meaning
        return rule

    KEYWORD = "keyword", sentence("The message is a keyword and nothing else.")
    KEYWORD_SENTENCE = (
        "keyword-sentence",
        sentence("One sentence of the message is a keyword and nothing else."),
    )
    EXPRESSION = "expression", sentence("An expression that the language file lists as a whole.")
    EXPRESSION_AND_STOP = (
        "expression-and-stop",
        sentence('A stop word beside an expression such as "wrong number".'),
    )
    OPT_OUT = "opt-out", sentence("A word that can only mean leaving a list.")
    OPT_OUT_OF_SOMETHING = "opt-out-of-something", sentence("Leaving, but something that we do not know.")
    OPTED_OUT = "opted-out", sentence("Leaving, said as done.")
    LEFT_UNDONE = "left-undone", sentence("A reproach that the writer was not taken off the list.")
    CEASE_MESSAGES = "cease-messages", sentence("A stop word about the messages.")
    CEASE_SENDING = "cease-sending", sentence("A stop word about texting or calling the writer.")
    ASKED_TO_CEASE = "asked-to-cease", sentence("A stop word, politely, about nothing else.")
    CEASE_SOMETHING = (
        "cease-something",
        sentence("A stop word about something that is not named, or not ours alone."),
    )
    REMOVE = "remove", sentence("Removing the writer, the number, or either from a list.")
    REMOVE_SOMETHING = (
        "remove-something",
        sentence("Removing something that is not ours alone, such as an account."),
    )
    NO_MESSAGES = "no-messages", sentence("No messages, or no more of them.")
    NO_OFFERS = "no-offers", sentence("No more of what comes with our messages, or by another way.")
    NOT_WANTED = "not-wanted", sentence("Texting, messages or the list are not wanted.")
    DO_NOT_SEND = "do-not-send", sentence("Texting or calling the writer is forbidden.")
    WITHDRAW_CONSENT = "withdraw-consent", sentence("Consent is withdrawn.")
    NO_CONSENT = "no-consent", sentence("Consent is denied.")
    DISPLEASED = "displeased", sentence("The writer has had enough of the messages.")
    ADDS_UP = "adds-up", sentence("Words of ending beside something of ours outweigh what else is said.")
    LEANS = (
        "leans",
        sentence("Its words, each with its weight, lean to a request more than to anything else."),
    )
    LEANS_TO_HELP = (
        "leans-to-help",
        sentence("Its words, each with its weight, lean to a question about our messages."),
    )
    ASKED_FOR_HELP = "asked-for-help", sentence("Help with our messages is asked for, and nothing else.")
    UNEXPLAINED = "unexplained", sentence("Our messages, a list or a number are named, and nothing says why.")
    SEVERAL_SIGNS = "several-signs", sentence("Several things that say little alone say enough together.")
    INSTRUCTIONS = "instructions", sentence("It quotes instructions, as an advertisement does.")
    BESIDE_INSTRUCTIONS = (
        "beside-instructions",
        sentence("It quotes instructions, and the writer asks for something as well."),
    )
    ORDINARY = "ordinary", sentence("No rule has anything to say.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. `signal` is one of STOP, START, CONFIRM, HELP, UNCLEAR and OTHER.

    `rule` names what decided, `words` are those it stands on, `language` is theirs if they have one.
    """

    signal: Signal
    rule: Rule
    words: tuple[str, ...] = ()
    language: Language | None = None

    def doubted(self) -> "Reading":
        """The same, for a person to look at."""
        return Reading(Signal.UNCLEAR, self.rule, self.words)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict on one clause. `otherwise`: its worth in a message that also says other things."""

    signal: Signal
    rule: Rule
    words: tuple[str, ...]
    otherwise: Signal
