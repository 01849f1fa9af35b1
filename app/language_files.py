"""Reads the language files that come with the package. Adding a language is adding a file."""

import tomllib
from importlib.resources import files

from app.domain.errors import Misconfigured
from app.domain.replies import Language

PACKAGE = "app.domain.keywords"


def language_documents() -> dict[Language, dict[str, object]]:
    """Every language file, by its language, in alphabetical order."""
    found = sorted(
        (file for file in files(PACKAGE).iterdir() if file.name.endswith(".toml")), key=lambda f: f.name
    )
    documents: dict[Language, dict[str, object]] = {}
    for file in found:
        try:
            documents[Language(file.name.removesuffix(".toml"))] = tomllib.loads(
                file.read_text(encoding="utf-8")
            )
        except ValueError as error:
            raise Misconfigured(f"{file.name}: {error}") from error
    return documents
