"""Dutch and English. The catalogue is read as translators write it: there is no compiled copy that could be old."""

from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, request, session
from flask_babel import Babel, Domain, get_locale

LANGUAGES: Final = {"nl": "Nederlands", "en": "English"}
# The console's, that of the pages for everybody, and that of what both hear from below.
CATALOGUES: Final = tuple(
    Path(__file__).parent / part / "translations" for part in ("console", "pages", "sentences")
)
CHOSEN: Final = "language"
# Of a page that chooses for itself, in the request's own `g`.
SPOKEN: Final = "spoken"


class WrittenDomain(Domain):  # type: ignore[misc] # Flask-Babel has no types
    """The texts of the .po files beside this module."""

    def get_translations(self) -> NullTranslations:
        language = str(get_locale())
        if language not in self.cache:
            self.cache[language] = _read(language)
        found: NullTranslations = self.cache[language]
        return found


def _read(language: str) -> NullTranslations:
    """All of them together; what none has stays English, as it stands in the code."""
    found = Translations()
    for path in (catalogue / f"{language}.po" for catalogue in CATALOGUES):
        if path.exists():
            compiled = BytesIO()
            with path.open("rb") as file:
                write_mo(compiled, read_po(file))
            compiled.seek(0)
            found.merge(Translations(compiled))
    return found


def speak(app: Flask, default: str) -> None:
    """Let pages be in the language that the reader chose, else the browser's, else the program's."""
    otherwise = default if default in LANGUAGES else "en"

    def chosen() -> str:
        if spoken := g.get(SPOKEN):
            return str(spoken)
        if session.get(CHOSEN) in LANGUAGES:
            return str(session[CHOSEN])
        return request.accept_languages.best_match(LANGUAGES) or otherwise

    babel = Babel(app, locale_selector=chosen)
    babel.domain_instance = WrittenDomain()
