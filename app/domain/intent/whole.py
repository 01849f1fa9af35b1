"""Messages that are keywords and nothing else: alone, repeated, misspelt, with courtesy around them."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.intent.message import Message
from app.domain.intent.reading import Reading, Rule
from app.domain.keywords import Keyword, Lexicon
from app.domain.keywords.classes import WordClass
from app.domain.keywords.tokens import words_of
from app.domain.signal import Signal

# Into so many pieces somebody may tear a keyword.
PIECES: Final = 5
# The opt-out wins over everything that is said beside it.
ORDER: Final = (Signal.STOP, Signal.HELP, Signal.START, Signal.CONFIRM)
_COURTESY: Final = int(WordClass.COURTESY)
_AFTER_COURTESY: Final = int(WordClass.YOU | WordClass.AND | WordClass.LIGHT)
_FILLER: Final = int(WordClass.FILLER)
_REFUSAL: Final = int(WordClass.REFUSAL)
_CLOSING: Final = int(WordClass.CLOSING)
# Names that follow the regards.
LONGEST_SIGNATURE: Final = 3
_AGAIN: Final = re.compile(r"([a-z]{4,}?)\1+")


def keywords_in(words: Sequence[str], lexicon: Lexicon) -> list[Keyword]:
    """The keywords that these words are made of, courtesy apart; empty when they are not the whole of it."""
    found: list[Keyword] = []
    start, polite = 0, 0
    while start < len(words):
        for length in lexicon.lengths.get(words[start], ()):
            if keyword := lexicon.keywords.get(" ".join(words[start : start + length])):
                found.append(keyword)
                start += length
                break
        else:
            classes = lexicon.classes.get(words[start], 0)
            if classes & _CLOSING and found and len(words) - start <= 1 + LONGEST_SIGNATURE:
                return found
            polite = classes & _COURTESY or (polite and classes & _AFTER_COURTESY)
            if not (polite or classes & _FILLER):
                return []
            start += 1
    return found


def stop_word(word: str, lexicon: Lexicon) -> Keyword | None:
    """The keyword that a word is, if it asks to stop."""
    found = lexicon.keywords.get(word)
    return found if found and found.signal is Signal.STOP else None


def keyword(body: str, words: Sequence[str], lexicon: Lexicon) -> Reading | None:
    """The reading of a message that has keywords only."""
    found = keywords_in(words, lexicon) if words else _sign(body, lexicon)
    if not found and 0 < len(words) <= PIECES:
        found = _torn("".join(words), lexicon)
    for signal in ORDER:
        said = [each for each in found if each.signal is signal]
        if said:
            texts = tuple(dict.fromkeys(each.text for each in said))
            own = [each.language for each in said if each.language]
            return Reading(signal, Rule.KEYWORD, texts, own[0] if own else None)
    return None


def said_alone(body: str, message: Message) -> Reading | None:
    """The reading of a message that has keywords only; beside a no a doubt, if they ask to stop, or else nothing."""
    found = keyword(body, message.words, message.lexicon)
    if found is None or not _refused(found, message):
        return found
    stop = found.signal is Signal.STOP
    return Reading(Signal.UNCLEAR, Rule.KEYWORD_SENTENCE, found.words, found.language) if stop else None


def _refused(whole: Reading, message: Message) -> bool:
    """Whether somebody says no beside a word that would opt in, or to a stop word that he asks back: "Stop? Nope"."""
    asked = False
    for sentence in message.sentences:
        no = any(message.anywhere(word) & _REFUSAL for word in sentence.words)
        taken_back = asked and not keywords_in(sentence.words, message.lexicon)
        if no and (taken_back or whole.signal in {Signal.START, Signal.CONFIRM}):
            return True
        asked = asked or sentence.asks
    return False


def _sign(body: str, lexicon: Lexicon) -> list[Keyword]:
    """A message without words: a question mark is a keyword too."""
    found = lexicon.keywords.get(" ".join(words_of(body)))
    return [found] if found else []


def _torn(joined: str, lexicon: Lexicon) -> list[Keyword]:
    """One word that was written with gaps, or again without any: "sto p", "un subscribe", "stopstop"."""
    again = _AGAIN.fullmatch(joined)
    found = stop_word(again[1] if again else joined, lexicon)
    return [found] if found and len(joined) > 3 else []
