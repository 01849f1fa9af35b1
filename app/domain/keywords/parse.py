"""From the documents of the language files, and the program's own words, to a checked lexicon."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.keywords.classes import WordClass
from app.domain.keywords.courtesy import courteous, courtesies
from app.domain.keywords.grammar import grammar_of
from app.domain.keywords.lexicon import Grammar, Keyword, Lexicon
from app.domain.keywords.tokens import tokens_of, words_of
from app.domain.keywords.typos import Spellings, spellings
from app.domain.keywords.weights import NO_WEIGHTS, Weights
from app.domain.replies import Language
from app.domain.signal import Signal

Document = Mapping[str, object]

SIGNALS: Final = (Signal.STOP, Signal.START, Signal.CONFIRM, Signal.HELP)
KEYWORDS: Final = "keywords"
CLASSES: Final = "classes"
# What may stand beside a word that opts in. A program cannot add to it: consent is never guessed.
BESIDE_OPT_IN: Final = "beside_opt_in"
# Kept in the same files, read elsewhere.
REPLIES: Final = "replies"
OPT_OUT: Final = "opt_out"
SIGN_UP: Final = "sign_up"
_OWN_TABLES: Final[tuple[str, ...]] = (KEYWORDS, CLASSES)
_SHIPPED_TABLES: Final[tuple[str, ...]] = (*_OWN_TABLES, BESIDE_OPT_IN, REPLIES, OPT_OUT, SIGN_UP)
# "<me>" and "..." mean something in expressions only.
_SLOT_OR_GAP: Final = re.compile(r"<\w+>|\.\.\.")
NO_WORDS: Final[Mapping[Language, Document]] = {}

_ASKS_TO_STOP: Final = (
    WordClass.CEASE | WordClass.OPT_OUT | WordClass.REMOVE | WordClass.CLEAR | WordClass.DOUBT
)
# A slip is forgiven in words that decide, and in long ones that help to.
_DECISIVE: Final = WordClass.OPT_OUT
_HELPFUL: Final = WordClass.REMOVE | WordClass.MESSAGE
_LONG_WORD: Final = 8


def lexicon_from(
    documents: Mapping[Language, Document],
    extra: Mapping[Language, Document] = NO_WORDS,
    weights: Weights = NO_WEIGHTS,
) -> Lexicon:
    """Build the lexicon of all languages. `extra` has the program's own words in the files' own form.

    Raises Misconfigured, naming the word and where it stands.
    """
    keywords: dict[str, Keyword] = {}
    classes: dict[Language, dict[str, int]] = {language: {} for language in documents}
    for language, where, document in _sources(documents, extra):
        for keyword in _keywords(document, where, language):
            _add(keywords, keyword, where)
        for text, words, name in _classes(document, where):
            _refuse_at_odds(keywords.get(words), text, name, where)
            classes[language][text] = classes[language].get(text, 0) | _bits(name)
    single = {language: _single_words(listed) for language, listed in classes.items()}
    grammars = {
        language: grammar_of(listed, _little_words(single, language)) for language, listed in classes.items()
    }
    lexicon = _lexicon(tuple(documents), keywords, grammars, weights)
    beside = frozenset(_beside_opt_in(documents))
    return replace(
        lexicon,
        courtesies=courtesies([*courteous(classes.values()), *beside]),
        beside_opt_in=beside,
        opt_out_lines=tuple(_opt_out_lines(documents)),
    )


def _sources(
    documents: Mapping[Language, Document], extra: Mapping[Language, Document]
) -> Iterator[tuple[Language, str, Document]]:
    """Every document with its language and its name; raises Misconfigured for a language or a table that is none."""
    for language, document in documents.items():
        _refuse_unknown(document, _SHIPPED_TABLES, f"{language}.toml: there is no table")
        yield language, f"{language}.toml", document
    for language, document in extra.items():
        where = f"the program's own words ({language})"
        if language not in documents:
            raise Misconfigured(f"{where}: there is no language file {language}.toml")
        _refuse_unknown(document, _OWN_TABLES, f"{where}: there is no table")
        yield language, where, document


def _lexicon(
    languages: tuple[Language, ...],
    keywords: Mapping[str, Keyword],
    grammars: Mapping[Language, Grammar],
    weights: Weights,
) -> Lexicon:
    anywhere: dict[str, int] = defaultdict(int)
    spoken_in: dict[str, tuple[Language, ...]] = defaultdict(tuple)
    for language, grammar in grammars.items():
        for word in grammar.own:
            anywhere[word] |= grammar.classes[word]
            spoken_in[word] += (language,)
    return Lexicon(
        languages,
        keywords,
        _lengths(keywords),
        grammars,
        dict(anywhere),
        dict(spoken_in),
        _spellings(keywords, anywhere),
        weights=weights,
    )


def _spellings(keywords: Mapping[str, Keyword], anywhere: Mapping[str, int]) -> Spellings:
    """Which words may be misspelt: those that decide, long ones that help to, and those that opt in."""
    parts = {word for text in keywords for word in text.split()}
    single = {text: keyword.signal for text, keyword in keywords.items() if " " not in text}
    stops = {text for text, signal in single.items() if signal is Signal.STOP}
    opt_ins = {text for text, signal in single.items() if signal is Signal.START}
    misspelt = stops | {
        word
        for word, bits in anywhere.items()
        if bits & _DECISIVE or (bits & _HELPFUL and len(word) >= _LONG_WORD)
    }
    return spellings(anywhere.keys() | parts, misspelt, opt_ins)


def _beside_opt_in(documents: Mapping[Language, Document]) -> Iterator[str]:
    for language, document in documents.items():
        where = f"{language}.toml: {BESIDE_OPT_IN}"
        table = _table(document.get(BESIDE_OPT_IN, {}), where)
        _refuse_unknown(table, ("words",), f"{where}: there is no list")
        yield from (words for _, words in _texts(table.get("words", []), where))


def _opt_out_lines(documents: Mapping[Language, Document]) -> Iterator[str]:
    """The line of each language that ends a campaign's text, in tokens."""
    for document in documents.values():
        table = document.get(OPT_OUT)
        if isinstance(table, Mapping) and isinstance(line := table.get("line"), str):
            yield " ".join(tokens_of(line))


def _lengths(keywords: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By the first word of keywords: of how many words they are."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for text in keywords:
        words = text.split()
        lengths[words[0]].add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _single_words(listed: Mapping[str, int]) -> dict[str, int]:
    words: dict[str, int] = defaultdict(int)
    for text, bits in listed.items():
        word, *more = words_of(text)
        if not more:
            words[word] |= bits
    return words


def _little_words(single: Mapping[Language, Mapping[str, int]], reader: Language) -> dict[str, int]:
    """The single words of all languages but one."""
    words: dict[str, int] = defaultdict(int)
    for language, listed in single.items():
        if language != reader:
            for word, bits in listed.items():
                words[word] |= bits
    return words


def _keywords(document: Document, where: str, language: Language) -> Iterator[Keyword]:
    table = _table(document.get(KEYWORDS, {}), f"{where}: {KEYWORDS}")
    _refuse_unknown(table, SIGNALS, f"{where}: no keyword can mean")
    for name, entries in table.items():
        for text, words in _texts(entries, f"{where}: {name}"):
            if found := _SLOT_OR_GAP.search(text):
                raise Misconfigured(
                    f"{where}: {text!r} cannot be a keyword, which is said as it stands: "
                    f"{found[0]!r} is for expressions, in the table {CLASSES}"
                )
            yield Keyword(words, Signal(name), (language,))


def _classes(document: Document, where: str) -> Iterator[tuple[str, str, str]]:
    """Every entry as it is written, its words, and the name of its class."""
    table = _table(document.get(CLASSES, {}), f"{where}: {CLASSES}")
    known = {word_class.name.lower() for word_class in WordClass if word_class.name}
    _refuse_unknown(table, {*known, "ordinary"}, f"{where}: there is no class")
    for name, entries in table.items():
        for text, words in _texts(entries, f"{where}: {name}"):
            yield text, words, name


def _add(keywords: dict[str, Keyword], new: Keyword, where: str) -> None:
    old = keywords.setdefault(new.text, new)
    if old.signal is not new.signal:
        raise Misconfigured(
            f"{where}: {new.text!r} cannot mean {new.signal}, for it means {old.signal} "
            f"in {', '.join(old.languages)}"
        )
    if new.languages[0] not in old.languages:
        keywords[new.text] = Keyword(new.text, new.signal, (*old.languages, *new.languages))


def _bits(name: str) -> int:
    return 0 if name == "ordinary" else int(WordClass[name.upper()])


def _refuse_at_odds(keyword: Keyword | None, text: str, name: str, where: str) -> None:
    """A word that means something else by itself cannot ask to stop in a sentence."""
    if keyword and keyword.signal is not Signal.STOP and _bits(name) & _ASKS_TO_STOP:
        raise Misconfigured(f"{where}: {text!r} cannot be {name}, for as a keyword it means {keyword.signal}")


def _refuse_unknown(table: Mapping[str, object], known: object, sentence: str) -> None:
    names = sorted(map(str, known))  # type: ignore[call-overload]
    if unknown := sorted(table.keys() - set(names)):
        raise Misconfigured(f"{sentence} {unknown[0]!r}; there are {', '.join(names)}")


def _table(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Misconfigured(f"{where}: expected a table, found {value!r}")
    return value


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a list, and its words."""
    if not isinstance(value, list):
        raise Misconfigured(f"{where}: expected a list of words, found {value!r}")
    for text in value:
        words = words_of(text) if isinstance(text, str) else ()
        if not words:
            raise Misconfigured(f"{where}: {text!r} is not a word")
        yield text, " ".join(words)
