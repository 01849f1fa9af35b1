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


@pytest.mark.parametrize(
    ("brand", "text", "signal"),
    [
        ("H&M", "STOP H&M", Signal.STOP),
        ("H&M", "h & m stop aub", Signal.STOP),
        ("C&A", "START C&A", Signal.START),
        ("Jansen & Zonen", "STOP Jansen & Zonen", Signal.STOP),
        ("Retour", "Retour STOP", Signal.STOP),
        ("Zonneroos", "Zonneroos 🛑", Signal.STOP),
        ("H&M", "🛑 H&M", Signal.STOP),
        ("Zeker Niet", "STOP Zeker Niet", Signal.STOP),
        ("Uit Zicht", "START Uit Zicht", Signal.START),
        ("Uit Zicht", "HELP uit zicht", Signal.HELP),
        ("Uit Zicht", "Uit Zicht", Signal.OTHER),
        ("Aan", "ja Aan", Signal.START),
        ("Start", "Start", Signal.START),
    ],
)
def test_a_whole_brand_is_cut_whatever_its_words_mean_unless_it_is_a_keyword(
    brand: str, text: str, signal: Signal
) -> None:
    assert read_with(called(brand), text).signal is signal


def test_another_name_beside_a_stop_word_is_for_a_person() -> None:
    assert read_with(called("Zonneroos"), "STOP Klaverblad").signal is Signal.UNCLEAR


@pytest.mark.parametrize("name", ["Stop & Shop", "De Lijst", "C&A", "★"])
def test_words_that_are_known_and_single_letters_stay_what_they_are(name: str) -> None:
    assert replace(called(name), brand=()) == shop().lexicon


@pytest.mark.parametrize("name", ["Uitschrijvem", "Afmeldin"])
def test_a_brand_is_not_taken_for_a_misspelt_word(name: str) -> None:
    assert Message(name, shop().lexicon).words != (name.lower(),)
    assert Message(name, called(name)).words == (name.lower(),)


def test_only_the_brand_is_added() -> None:
    plain, lexicon = shop().lexicon, called("Zonneroos")
    assert lexicon.classes.keys() - plain.classes.keys() == {"zonneroos"}
    assert lexicon.beside_opt_in - plain.beside_opt_in == {"zonneroos"}
    assert lexicon.keywords == plain.keywords
