"""A message as its reader sees it: words in their meant spelling, cut into sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Final

from app.domain.keywords import Lexicon
from app.domain.keywords.grammar import classify
from app.domain.keywords.lexicon import Grammar
from app.domain.keywords.tokens import PAUSE, QUESTION, tokens_of
from app.domain.keywords.typos import Spellings

# The beginning and the end of a very long message say what is wanted; it bounds what reading can cost.
FROM_THE_START: Final = 80
FROM_THE_END: Final = 40
# Of more words that no file has than these, a slip of the pen is left as it is: the rest says what is meant.
MENDED: Final = 8
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words between two pauses; `asks` when a question mark ends them."""

    words: Words
    asks: bool


class Message:
    """The sentences of a message, and what each language makes of them, which is found out once.

    Signs that mean nothing are gone, slips of the pen are mended.
    """

    __slots__ = ("_classes", "_languages", "lexicon", "sentences", "tokens", "words")

    def __init__(self, body: str, lexicon: Lexicon) -> None:
        self.lexicon: Final = lexicon
        self.tokens: Final = tokens_of(body)
        self.sentences: Final = _sentences_of(self.tokens, lexicon)
        self.words: Final = tuple(word for sentence in self.sentences for word in sentence.words)
        self._classes: Final[dict[tuple[Words, Grammar], tuple[int, ...]]] = {}
        self._languages: Final[dict[Words, list[tuple[int, Grammar]]]] = {}

    def classes(self, words: Words, grammar: Grammar) -> tuple[int, ...]:
        """The classes that the words of a sentence have in one language."""
        found = self._classes.get((words, grammar))
        if found is None:
            found = self._classes[words, grammar] = tuple(classify(words, grammar))
        return found

    def languages(self, words: Words) -> list[tuple[int, Grammar]]:
        """Every language with how many of a sentence's words it has, the one with most first."""
        found = self._languages.get(words)
        if found is None:
            found = self._languages[words] = _languages_of(words, self.lexicon)
        return found

    def anywhere(self, word: str) -> int:
        """The classes that a word has in any language."""
        return self.lexicon.classes.get(word, 0)


def _languages_of(words: Words, lexicon: Lexicon) -> list[tuple[int, Grammar]]:
    counts = dict.fromkeys(lexicon.grammars, 0)
    for word in words:
        for language in lexicon.spoken_in.get(word, ()):
            counts[language] += 1
    known = [(counts[language], grammar) for language, grammar in lexicon.grammars.items()]
    return sorted(known, key=itemgetter(0), reverse=True)


def _sentences_of(tokens: list[str], lexicon: Lexicon) -> tuple[Sentence, ...]:
    if len(tokens) > FROM_THE_START + FROM_THE_END:
        tokens = [*tokens[:FROM_THE_START], PAUSE, *tokens[-FROM_THE_END:]]
    return tuple(_sentences(_spelled_out(tokens, lexicon), lexicon))


def _sentences(tokens: list[str], lexicon: Lexicon) -> Iterator[Sentence]:
    words: list[str] = []
    meant = _meant(tokens, lexicon.spellings)
    for before, token in pairwise(("", *tokens)):
        if token == before:
            continue  # said once more: "stop stop stop"
        if token in {PAUSE, QUESTION}:
            if words:
                yield Sentence(tuple(words), token == QUESTION)
            words = []
        elif token in meant:
            words.append(meant[token])
        elif token in lexicon.spellings.known and token not in words:
            words.append(token)  # a sign; the second time it says nothing more
    if words:
        yield Sentence(tuple(words), asks=False)


def _meant(tokens: Sequence[str], spellings: Spellings) -> dict[str, str]:
    """Every word with what it was meant to be."""
    words = (token for token in dict.fromkeys(tokens) if token[0].isalnum() or token[0] in "$@")
    plain = {word: spellings.held_down(word) for word in words}
    strange = [word for word, held in plain.items() if held not in spellings.known]
    return plain | {word: spellings.mended(plain[word]) for word in strange[:MENDED]}


def _spelled_out(tokens: list[str], lexicon: Lexicon) -> list[str]:
    """With S T O P and a.u.b. as one word: single letters in a row, where they make a known one."""
    if sum(len(token) == 1 and token.isalpha() for token in tokens) < 3:
        return tokens
    result: list[str] = []
    letters: list[str] = []
    for token in [*tokens, ""]:
        if len(token) == 1 and (token.isalnum() or token == PAUSE):
            letters.append(token)
            continue
        joined = "".join(filter(str.isalnum, letters))
        known = len(joined) > 2 and joined in lexicon.spellings.known
        result.extend([joined, PAUSE] if known else letters)
        letters = []
        result.append(token)
    return result[:-1]
