"""Messages that are keywords and nothing else: alone, repeated, misspelt, with courtesy around them."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.message import Message
from app.domain.intent.reading import Reading, Rule
from app.domain.intent.weighing import ORDINARY
from app.domain.keywords import Keyword, Lexicon
from app.domain.keywords.tokens import words_of
from app.domain.signal import Signal

# Into so many pieces somebody may tear a keyword.
PIECES: Final = 5
# The opt-out wins over everything that is said beside it.
ORDER: Final = (Signal.STOP, Signal.HELP, Signal.START, Signal.CONFIRM)
OPT_INS: Final = frozenset({Signal.START, Signal.CONFIRM})
_AFTER_COURTESY: Final = m.YOU | m.AND | m.LIGHT
# Before or after a keyword they mean nothing: "#STOP".
SIGNS: Final = frozenset("#&@")
# Names that follow the regards.
LONGEST_SIGNATURE: Final = 3
_AGAIN: Final = re.compile(r"([a-z]{4,}?)\1+")


def keywords_in(words: Sequence[str], lexicon: Lexicon) -> list[Keyword]:
    """The keywords that these words are made of, courtesy apart; empty when they are not the whole of it."""
    return _parted(words, lexicon)[0]


def _parted(words: Sequence[str], lexicon: Lexicon) -> tuple[list[Keyword], list[str]]:
    """The keywords, and what is said beside them, of words that are nothing else; both empty for any other."""
    found: list[Keyword] = []
    beside: list[str] = []
    start, polite = 0, 0
    while start < len(words):
        if keyword := _keyword_at(words, start, lexicon):
            found.append(keyword)
            start += len(keyword.text.split())
            continue
        if words[start] in SIGNS:
            start += 1
            continue
        said = _courtesy_at(words, start, lexicon)
        classes = lexicon.classes.get(said[-1], 0)
        beside.append(" ".join(said))
        if classes & m.CLOSING and found and len(words) - start <= len(said) + LONGEST_SIGNATURE:
            return found, beside
        polite = len(said) > 1 or classes & m.COURTESY or (polite and classes & _AFTER_COURTESY)
        if not (polite or classes & m.FILLER):
            return [], []
        start += len(said)
    return found, beside


def _keyword_at(words: Sequence[str], start: int, lexicon: Lexicon) -> Keyword | None:
    for length in lexicon.lengths.get(words[start], ()):
        if keyword := lexicon.keywords.get(" ".join(words[start : start + length])):
            return keyword
    return None


def _courtesy_at(words: Sequence[str], start: int, lexicon: Lexicon) -> Sequence[str]:
    """The courtesy of several words that begins here; else the one word."""
    for said in lexicon.courtesies.get(words[start], ()):
        if tuple(words[start : start + len(said)]) == said:
            return said
    return words[start : start + 1]


def stop_word(word: str, lexicon: Lexicon) -> Keyword | None:
    """The keyword that a word is, if it asks to stop."""
    found = lexicon.keywords.get(word)
    return found if found and found.signal is Signal.STOP else None


def keyword(body: str, words: Sequence[str], lexicon: Lexicon) -> Reading | None:
    """The reading of words that are keywords only; those that opt in have nothing but a little courtesy beside them."""
    found, beside = _parted(words, lexicon) if words else (_sign(body, lexicon), [])
    if not found and 0 < len(words) <= PIECES:
        found = _torn("".join(words), lexicon)
    for signal in ORDER:
        said = [each for each in found if each.signal is signal]
        if said and signal in OPT_INS and not lexicon.beside_opt_in.issuperset(beside):
            return None
        if said:
            texts = tuple(dict.fromkeys(each.text for each in said))
            own = [each.language for each in said if each.language]
            return Reading(signal, Rule.KEYWORD, texts, own[0] if own else None)
    return None


def said_alone(body: str, message: Message) -> Reading | None:
    """The reading of a message that has keywords only; beside a no a doubt, if they ask to stop, or else nothing.

    The brand before or after them is cut.
    """
    words = _without(message.lexicon.brand, message.words)
    if message.words and not words:
        return ORDINARY
    found = keyword(body, words, message.lexicon)
    if found is None or not _refused(found, message):
        return found
    stop = found.signal is Signal.STOP
    return Reading(Signal.UNCLEAR, Rule.KEYWORD_SENTENCE, found.words, found.language) if stop else None


def _without(brand: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """The words without a brand at the beginning or the end, without regard to SIGNS: H&M, h & m."""
    plain = [word for word in words if word not in SIGNS]  # 🛑 is a word
    count = len(brand)
    if not count or len(plain) < count:
        return words
    if tuple(plain[:count]) == tuple(brand):
        return plain[count:]
    return plain[:-count] if tuple(plain[-count:]) == tuple(brand) else words


def _refused(whole: Reading, message: Message) -> bool:
    """Whether somebody says no or asks beside a word that would opt in, or says no to a stop word: "Stop? Nope"."""
    asked = False
    opts_in = whole.signal in OPT_INS
    for sentence in message.sentences:
        no = any(message.anywhere(word) & m.REFUSAL for word in sentence.words)
        taken_back = asked and not keywords_in(sentence.words, message.lexicon)
        if (no and (taken_back or opts_in)) or (sentence.asks and opts_in):
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
