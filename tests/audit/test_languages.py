"""The pages speak Dutch wherever they speak: every text of theirs stands in the catalogue, and none too many."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

APP = Path(__file__).parents[2] / "app"
WEB = APP / "web"
WHERE = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
CALLS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
# Below the pages nobody knows the language, so that what is said there only marks itself.
SENTENCES, MARK = WEB / "sentences", {"sentence": None}
CATALOGUES = sorted(WEB.glob("*/translations/*.po"))


def said(folder: Path) -> Iterator[str | tuple[str, ...]]:
    options = {"**/templates/**.html": {"newstyle_gettext": "true"}}
    where, calls = (APP, MARK) if folder == SENTENCES else (folder, CALLS)
    for _, _, message, _, _ in extract_from_dir(where, WHERE, options, calls):
        yield message


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_text_is_translated_and_every_translation_is_used(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file) if message.id}
    assert set(catalogue) == set(said(path.parents[1]))
    assert [text for text, translated in catalogue.items() if not all(translated)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_translation_has_the_fields_of_its_text(path: Path) -> None:
    with path.open("rb") as file:
        found = [(message.id, list(message.check())) for message in read_po(file, locale=path.stem)]
    assert [(text, errors) for text, errors in found if errors] == []


def test_a_sentence_has_the_same_gaps_in_every_language() -> None:
    for path in SENTENCES.glob("translations/*.po"):
        with path.open("rb") as file:
            catalogue = {message.id: message.string for message in read_po(file) if message.id}
        assert [text for text in catalogue if gaps(text) != gaps(catalogue[text])] == []


def gaps(words: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def test_two_sets_of_pages_translate_the_same_text_alike() -> None:
    said: dict[tuple[str, object], set[object]] = {}
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    said.setdefault((path.stem, message.id), set()).add(message.string)
    assert [text for text, translated in said.items() if len(translated) > 1] == []
