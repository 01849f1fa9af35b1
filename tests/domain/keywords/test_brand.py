"""The brand straight beside a keyword says nothing; a brand made of words that are known keeps their meaning."""

from dataclasses import replace

import pytest

from app.domain.intent.message import Message
from app.domain.intent.read import read_with
from app.domain.keywords import Lexicon
from app.domain.keywords.brand import with_brand
from app.domain.signal import Signal
from tests.domain.programs import shop


def called(name: str) -> Lexicon:
    return with_brand(shop().lexicon, name)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("STOP Zonneroos", Signal.STOP),
        ("Zonneroos stop", Signal.STOP),
        ("afmelden bij Zonneroos aub", Signal.STOP),
        ("Stop Zonneroos Wonen!", Signal.STOP),
        ("stop met sms'en zonneroos", Signal.STOP),
        ("help zonneroos", Signal.HELP),
        ("START Zonneroos", Signal.START),
        ("Zonneroos", Signal.OTHER),
        ("Mijn Zonneroos kast is stuk", Signal.OTHER),
    ],
)
def test_the_brand_beside_a_keyword_says_nothing(text: str, signal: Signal) -> None:
    assert read_with(called("Zonneroos Wonen"), text).signal is signal


def test_another_name_beside_a_stop_word_is_for_a_person() -> None:
    assert read_with(called("Zonneroos"), "STOP Klaverblad").signal is Signal.UNCLEAR


@pytest.mark.parametrize("name", ["Stop & Shop", "De Lijst", "C&A", "★"])
def test_words_that_are_known_and_single_letters_stay_what_they_are(name: str) -> None:
    assert called(name) == shop().lexicon


@pytest.mark.parametrize("name", ["Uitschrijvem", "Afmeldin"])
def test_a_brand_is_not_taken_for_a_misspelt_word(name: str) -> None:
    assert Message(name, shop().lexicon).words != (name.lower(),)
    assert Message(name, called(name)).words == (name.lower(),)


def test_only_the_brand_is_added() -> None:
    plain, lexicon = shop().lexicon, called("Zonneroos")
    assert lexicon.classes.keys() - plain.classes.keys() == {"zonneroos"}
    assert (
        replace(lexicon, classes=plain.classes, grammars=plain.grammars, spellings=plain.spellings) == plain
    )
