"""A lexicon is built from language files, and refused with the word's name when it cannot be right."""

import pytest

from app.domain.errors import Misconfigured
from app.domain.keywords import lexicon_from
from app.domain.signal import Signal
from app.language_files import language_documents
from tests.domain.programs import EN, NL


def words(**classes: object) -> dict[str, object]:
    return {"keywords": classes}


@pytest.mark.parametrize("word", ["stop", "einde", "annuleren", "uitschrijven", "stoppen", "quit", "opt out"])
def test_the_shipped_words_hold_those_of_the_policy_and_the_law(word: str) -> None:
    assert lexicon_from(language_documents()).keywords[word].signal is Signal.STOP


def test_a_word_of_several_languages_belongs_to_none_of_them() -> None:
    lexicon = lexicon_from({NL: words(stop=["stop", "einde"]), EN: words(stop=["Stop"])})
    assert lexicon.keywords["stop"].language is None
    assert lexicon.keywords["einde"].language == NL


def test_a_program_adds_words_of_its_own() -> None:
    lexicon = lexicon_from({NL: words(stop=["stop"])}, {NL: words(stop=["Weg ermee!"])})
    assert lexicon.keywords["weg ermee"].signal is Signal.STOP


@pytest.mark.parametrize(
    ("documents", "extra", "sentence"),
    [
        ({NL: words(stop=["af"], start=["Áf"])}, {}, r"nl\.toml: 'af' cannot mean start.*stop in nl"),
        (
            {EN: words(stop=["on"]), NL: words(start=["ON"])},
            {},
            r"nl\.toml: 'on' cannot mean start.*stop in en",
        ),
        ({NL: words(stop=["af"])}, {NL: words(help=["af"])}, r"own words \(nl\): 'af' cannot mean help"),
        ({NL: words(stop=["af", " "])}, {}, r"nl\.toml: stop: ' ' is not a word"),
        ({NL: words(stop=[3])}, {}, "3 is not a word"),
        ({NL: words(stop="af")}, {}, "expected a list"),
        ({NL: {"keywords": []}}, {}, "expected a table"),
        ({NL: words(stopp=["af"])}, {}, "no keyword can mean 'stopp'"),
        ({NL: words(other=["af"])}, {}, "no keyword can mean 'other'"),
        ({NL: {"keyword": {}}}, {}, "no table 'keyword'"),
        ({NL: words()}, {EN: words(stop=["af"])}, r"no language file en\.toml"),
    ],
)
def test_words_that_cannot_be_right_are_refused_by_name(
    documents: dict[str, dict[str, object]], extra: dict[str, dict[str, object]], sentence: str
) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        lexicon_from(documents, extra)  # type: ignore[arg-type]


def test_the_reply_texts_in_the_same_file_are_not_words() -> None:
    assert lexicon_from({NL: {"replies": {"help": "…"}, **words(stop=["stop"])}}).languages == (NL,)
