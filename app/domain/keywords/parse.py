"""From the documents of the language files, and the program's own words, to a checked lexicon."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.keywords.lexicon import Keyword, Lexicon
from app.domain.keywords.spelling import words_of
from app.domain.replies import Language
from app.domain.signal import Signal

Document = Mapping[str, object]

SIGNALS: Final = (Signal.STOP, Signal.START, Signal.CONFIRM, Signal.HELP)
KEYWORDS: Final = "keywords"
# Kept in the same files, read elsewhere.
NOT_WORDS: Final = frozenset({"replies"})
NO_WORDS: Final[Mapping[Language, Document]] = {}


def lexicon_from(
    documents: Mapping[Language, Document], extra: Mapping[Language, Document] = NO_WORDS
) -> Lexicon:
    """Build the lexicon of all languages. `extra` has the program's own words in the files' own form.

    Raises Misconfigured, naming the word and where it stands.
    """
    keywords: dict[str, Keyword] = {}
    for language, document in documents.items():
        for keyword in _keywords(document, f"{language}.toml", language):
            _add(keywords, keyword, f"{language}.toml")
    for language, document in extra.items():
        where = f"the program's own words ({language})"
        if language not in documents:
            raise Misconfigured(f"{where}: there is no language file {language}.toml")
        for keyword in _keywords(document, where, language):
            _add(keywords, keyword, where)
    return Lexicon(languages=tuple(documents), keywords=keywords)


def _keywords(document: Document, where: str, language: Language) -> Iterator[Keyword]:
    known = {KEYWORDS, *NOT_WORDS}
    if unknown := sorted(document.keys() - known):
        raise Misconfigured(
            f"{where}: there is no table {unknown[0]!r}; there are {', '.join(sorted(known))}"
        )
    for name, entries in _table(document.get(KEYWORDS, {}), f"{where}: {KEYWORDS}").items():
        if name not in SIGNALS:
            raise Misconfigured(f"{where}: no keyword can mean {name!r}, only {', '.join(SIGNALS)}")
        for text in _texts(entries, f"{where}: {name}"):
            yield Keyword(" ".join(words_of(text)) or text.strip(), Signal(name), (language,))


def _add(keywords: dict[str, Keyword], new: Keyword, where: str) -> None:
    old = keywords.setdefault(new.text, new)
    if old.signal is not new.signal:
        raise Misconfigured(
            f"{where}: {new.text!r} cannot mean {new.signal}, for it means {old.signal} "
            f"in {', '.join(old.languages)}"
        )
    if new.languages[0] not in old.languages:
        keywords[new.text] = Keyword(new.text, new.signal, (*old.languages, *new.languages))


def _table(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Misconfigured(f"{where}: expected a table, found {value!r}")
    return value


def _texts(value: object, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        raise Misconfigured(f"{where}: expected a list of words, found {value!r}")
    for text in value:
        if not isinstance(text, str) or not text.strip():
            raise Misconfigured(f"{where}: {text!r} is not a word")
        yield text
