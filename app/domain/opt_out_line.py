"""The way out that every campaign's text names: recognised where it stands already, added where it does not.

Missing one that is there costs a few characters; seeing one that is not there costs somebody the way out.
So only an instruction counts ("Sms STOP", "STOP to end"), not the word by itself ("STOP met zoeken!").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import phonenumbers

from app.domain.errors import Misconfigured
from app.domain.keywords.lexicon import Lexicon
from app.domain.keywords.parse import OPT_OUT
from app.domain.keywords.spelling import fold
from app.domain.replies import Language
from app.domain.signal import Signal

_QUOTES: Final = "\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_WORD: Final = rf"(?P<quote>[{_QUOTES}]?)(?P<word>\b\w+\b)[{_QUOTES}]?"
_ADDRESS: Final = re.compile(r"https?://|\bwww\.|[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.[a-z]{2,}/", re.IGNORECASE)
# Shorter ones (end, fin, uit) are everyday words.
_TELLING: Final = 4


@dataclass(frozen=True, slots=True)
class NoWayOut:
    """The text must not be sent: nobody who gets it could say that it was the last one (47 CFR 64.1200(a)(10))."""

    sender: str

    @property
    def sentence(self) -> str:
        """What to do about it."""
        return (
            f"people cannot text back to {self.sender}: say in the text where they can opt out, "
            "with a link, an e-mail address or a phone number and a word such as STOP or unsubscribe"
        )


@dataclass(frozen=True, slots=True)
class OptOutLines:
    """The line of each language, and what an instruction to opt out looks like in any of them."""

    by_language: Mapping[Language, str]
    default: Language
    stop_words: frozenset[str]
    instructions: tuple[re.Pattern[str], ...]

    def line(self, language: Language) -> str:
        """The line in `language`; in the default one where there is none."""
        return self.by_language.get(language, self.by_language[self.default])

    def named_in(self, text: str) -> bool:
        """Whether the text says which word to text to opt out: one that we understand, in capitals or in quotes."""
        return any(
            (found["word"].isupper() or found["quote"]) and fold(found["word"]) in self.stop_words
            for instruction in self.instructions
            for found in instruction.finditer(text)
        )


def opt_out_lines_from(
    documents: Mapping[Language, Mapping[str, object]], lexicon: Lexicon, default: Language
) -> OptOutLines:
    """Build the lines of all languages from their files. Raises Misconfigured for a file that lacks a part."""
    tables = {language: _table(language, document) for language, document in documents.items()}
    if default not in tables:
        raise Misconfigured(
            f"the default language is {default!r}, but there is no language file {default}.toml"
        )
    verbs = _any_of(word for table in tables.values() for word in table["verbs"])
    between = _any_of(word for table in tables.values() for word in table["between"])
    purposes = _any_of(word for table in tables.values() for word in table["purposes"])
    return OptOutLines(
        by_language={language: table["line"][0] for language, table in tables.items()},
        default=default,
        stop_words=frozenset(
            text for text, word in lexicon.keywords.items() if word.signal is Signal.STOP and text.isalpha()
        ),
        instructions=(
            re.compile(rf"\b(?i:{verbs})\b\s*:?\s*(?:(?i:{between})\b[\s:,]*)*{_WORD}"),
            re.compile(rf"{_WORD}\s*(?i:{purposes})(?!\w)"),
        ),
    )


def with_opt_out(text: str, language: Language, lines: OptOutLines) -> str:
    """The text with its language's line at the end, unless it names a way out already."""
    return text if lines.named_in(text) else f"{text.rstrip()} {lines.line(language)}"


def can_receive(sender: str) -> bool:
    """Whether people can text back: to a number and a short code they can, to a name they cannot."""
    return sender.removeprefix("+").isdigit()


def with_way_out(
    text: str, language: Language, lines: OptOutLines, *, sender: str, region: str
) -> str | NoWayOut:
    """The text as it may be sent from `sender`. `region`: whose phone numbers are written without country code."""
    if can_receive(sender):
        return with_opt_out(text, language, lines)
    says_so = any(
        len(word) >= _TELLING and fold(word) in lines.stop_words for word in re.findall(r"\w+", text)
    )
    elsewhere = _ADDRESS.search(text) or phonenumbers.PhoneNumberMatcher(text, region).has_next()
    return text if says_so and elsewhere else NoWayOut(sender)


def _table(language: Language, document: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    table = document.get(OPT_OUT)
    if not isinstance(table, Mapping):
        raise Misconfigured(f"{language}.toml: there is no table [{OPT_OUT}]")
    parts: dict[str, tuple[str, ...]] = {}
    for name in ("line", "verbs", "between", "purposes"):
        value = table.get(name)
        parts[name] = (value,) if isinstance(value, str) else tuple(map(str, value or ()))
        if not parts[name]:
            raise Misconfigured(f"{language}.toml: [{OPT_OUT}] has no {name}")
    return parts


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in longest_first)
