"""A message as its reader sees it: words in their meant spelling, cut into clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.domain.keywords import Lexicon
from app.domain.keywords.tokens import PAUSE, QUESTION, tokens_of

# The beginning and the end of a very long message say what is wanted; it bounds what reading can cost.
FROM_THE_START: Final = 150
FROM_THE_END: Final = 50
# In more words than these a slip of the pen is left as it is: the rest says what is meant.
MENDED: Final = 80


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words between two pauses; `asks` when a question mark ends them."""

    words: tuple[str, ...]
    asks: bool


def sentences_of(body: str, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of a message. Signs that mean nothing are gone, slips of the pen are mended."""
    tokens = tokens_of(body)
    if len(tokens) > FROM_THE_START + FROM_THE_END:
        tokens = [*tokens[:FROM_THE_START], PAUSE, *tokens[-FROM_THE_END:]]
    return tuple(_sentences(_spelled_out(tokens, lexicon), lexicon))


def _sentences(tokens: list[str], lexicon: Lexicon) -> Iterator[Sentence]:
    words: list[str] = []
    meant = lexicon.spellings.meant if len(tokens) <= MENDED else lexicon.spellings.held_down
    for before, token in pairwise(("", *tokens)):
        if token == before:
            continue  # said once more: "stop stop stop"
        if token in {PAUSE, QUESTION}:
            if words:
                yield Sentence(tuple(words), token == QUESTION)
            words = []
        elif token[0].isalnum() or token[0] in "$@":
            words.append(meant(token))
        elif token in lexicon.spellings.known:
            words.append(token)
    if words:
        yield Sentence(tuple(words), asks=False)


def _spelled_out(tokens: list[str], lexicon: Lexicon) -> list[str]:
    """With S T O P and a.u.b. as one word: single letters in a row, where they make a known one."""
    if sum(len(token) == 1 and token.isalpha() for token in tokens) < 3:
        return tokens
    result: list[str] = []
    letters: list[str] = []
    for token in [*tokens, ""]:
        if len(token) == 1 and not token.isspace():
            letters.append(token)
            continue
        joined = "".join(filter(str.isalnum, letters))
        known = len(joined) > 2 and joined in lexicon.spellings.known
        result.extend([joined, PAUSE] if known else letters)
        letters = []
        result.append(token)
    return result[:-1]
