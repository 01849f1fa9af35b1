"""The language files are read from the package, and a broken one is named."""

import pytest

from app.domain.errors import Misconfigured
from app.domain.keywords import lexicon_from
from app.language_files import language_documents, ordinary_messages, parse_document


def test_every_file_is_a_language() -> None:
    assert list(language_documents()) == ["de", "en", "fr", "nl"]


def test_every_language_has_every_class_of_words() -> None:
    documents = language_documents()
    dutch = documents["nl"]["classes"].keys()  # type: ignore[attr-defined, index]
    for language, document in documents.items():
        assert document["classes"].keys() == dutch, language  # type: ignore[attr-defined]


def test_each_language_makes_a_lexicon_by_itself() -> None:
    for language, document in language_documents().items():
        assert lexicon_from({language: document}).languages == (language,)


def test_a_file_that_is_not_toml_is_named() -> None:
    with pytest.raises(Misconfigured, match=r"^xx\.toml: "):
        parse_document("[keywords", "xx.toml")


def test_ordinary_messages_are_many() -> None:
    assert len(list(ordinary_messages())) > 300
