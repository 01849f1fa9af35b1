"""Many people texting at once, and the texts that they should get."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from app.domain.keywords import lexicon_from
from app.domain.keywords.lexicon import Keyword
from app.domain.replies import Language, Reply
from app.domain.signal import Signal
from app.language_files import language_documents
from app.program_file import example_program, read_program

AT_ONCE = 8

T = TypeVar("T")
NL, EN = Language("nl"), Language("en")
PROGRAM = read_program(example_program())


def words(signal: Signal) -> list[Keyword]:
    """Every shipped word of that meaning."""
    found = lexicon_from(language_documents()).keywords.values()
    return [word for word in found if word.signal is signal]


def text(reply: Reply, language: Language | None = None) -> str:
    """What we say; without a language, in the default one."""
    return PROGRAM.texts.text(reply, language or PROGRAM.default_language)


def all_at_once(do: Callable[[T], Any], people: Iterable[T]) -> list[Any]:
    """Do something for several people at a time; what came of each, in their order."""
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(do, people))
