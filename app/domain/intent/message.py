"""A message as its reader sees it: words in their meant spelling, cut into clauses."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.keywords import Lexicon
from app.domain.keywords.tokens import PAUSE, QUESTION, tokens_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words between two pauses; `asks` when a question mark ends them."""

    words: tuple[str, ...]
    asks: bool


def sentences_of(body: str, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of a message. Signs that mean nothing are gone, slips of the pen are mended."""
    return tuple(_sentences(_spelled_out(tokens_of(body), lexicon), lexicon))


def _sentences(tokens: list[str], lexicon: Lexicon) -> Iterator[Sentence]:
    words: list[str] = []
    for token in tokens:
        if token in {PAUSE, QUESTION}:
            if words:
                yield Sentence(tuple(words), token == QUESTION)
            words = []
        elif token[0].isalnum() or token[0] in "$@":
            words.append(lexicon.spellings.meant(token))
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
