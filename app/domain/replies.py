"""What we may answer, and the finished texts. A reply is a constant of the program: nothing personal is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final, NewType

from app.domain.errors import BadInput, Misconfigured

Language = NewType("Language", str)
"""ISO 639-1, lower case: a language is known when there is a file of that name."""


class Reply(StrEnum):
    """One kind of answer each; facts about their contents stand beside the texts in the language files."""

    WELCOME = "welcome"
    GOODBYE = "goodbye"
    HELP = "help"
    ALREADY = "already"
    CLARIFY = "clarify"
    ASK_TO_CONFIRM = "ask_to_confirm"


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of every reply in every language of the program."""

    by_language: Mapping[Language, Mapping[Reply, str]]
    default: Language

    def __post_init__(self) -> None:
        if self.default not in self.by_language:
            raise Misconfigured(
                f"the default language is {self.default!r}, but there are texts only for "
                f"{', '.join(sorted(self.by_language))}"
            )
        for language, texts in self.by_language.items():
            if missing := [reply.value for reply in Reply if not texts.get(reply)]:
                raise Misconfigured(f"the language {language!r} has no text for {', '.join(missing)}")

    def spoken(self, language: str) -> Language:
        """The language, if there are texts in it; raises BadInput otherwise."""
        known = self.by_language
        if language not in known:
            raise BadInput(f"the program has no texts in {language!r}, only in {', '.join(sorted(known))}")
        return Language(language)

    def text(self, reply: Reply, language: Language) -> str:
        """The text in `language`; in the default one where the program does not speak it."""
        return self.by_language.get(language, self.by_language[self.default])[reply]


FIELDS: Final = ("brand", "contact", "frequency")


def fill(template: str, values: Mapping[str, str], where: str) -> str:
    """Put the program's values into a template; raises Misconfigured for a field that does not exist."""
    if not _has_only_fields(template):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise Misconfigured(f"{where}: the text has a field that is not one of {known}")
    return template.format_map(values)


def _has_only_fields(template: str) -> bool:
    """Python's templates could also reach into a value ({brand.upper}) or pad it ({brand:>99})."""
    try:
        pieces = list(Formatter().parse(template))
    except ValueError:
        return False
    return all(
        name is None or (name in FIELDS and not spec and not conversion)
        for _, name, spec, conversion in pieces
    )
