"""The pages speak Dutch wherever they speak: every text of theirs stands in the catalogue, and none too many."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

WEB = Path(__file__).parents[2] / "app" / "web"
WHERE = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
CALLS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CATALOGUES = sorted(WEB.glob("*/translations/*.po"))


def said(folder: Path) -> Iterator[str | tuple[str, ...]]:
    options = {"**/templates/**.html": {"newstyle_gettext": "true"}}
    for _, _, message, _, _ in extract_from_dir(folder, WHERE, options, CALLS):
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


def test_two_sets_of_pages_translate_the_same_text_alike() -> None:
    said: dict[tuple[str, object], set[object]] = {}
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    said.setdefault((path.stem, message.id), set()).add(message.string)
    assert [text for text, translated in said.items() if len(translated) > 1] == []
