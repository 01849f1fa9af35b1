"""A word that would take an ordinary message for something else is refused before it does."""

from functools import cache

import pytest

from app.domain.errors import Misconfigured
from app.domain.intent.false_alarms import refuse_false_alarms
from app.domain.intent.read import read_with
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.signal import Signal
from app.language_files import language_documents, ordinary_messages
from tests.domain.programs import NL

SHIPPED = language_documents()


@cache
def shipped() -> Lexicon:
    return lexicon_from(SHIPPED)


@pytest.mark.parametrize(
    ("added", "word"),
    [
        ({"keywords": {"stop": ["prima hoor"]}}, "prima hoor"),
        ({"keywords": {"stop": ["nee bedankt"]}}, "nee bedankt"),
        ({"keywords": {"start": ["bel me even"]}}, "bel me even"),
        ({"classes": {"clear": ["geen idee"]}}, "geen idee"),
        ({"classes": {"doubt": ["mijn bestelling"]}}, "mijn bestelling"),
        ({"classes": {"opt_out": ["retour"]}}, "retour"),
    ],
)
def test_a_word_that_would_fire_on_an_ordinary_message_is_refused_by_name(
    added: dict[str, dict[str, list[str]]], word: str
) -> None:
    lexicon = lexicon_from(SHIPPED, {NL: added})
    with pytest.raises(Misconfigured, match=f"'{word}' would make .* of an ordinary message: '"):
        refuse_false_alarms(lexicon, {NL: added}, ordinary_messages(), shipped)


def test_a_word_that_does_no_harm_is_taken_up() -> None:
    added = {NL: {"keywords": {"stop": ["Weg ermee!"]}, "classes": {"message": ["prikbordjes"]}}}
    lexicon = lexicon_from(SHIPPED, added)
    refuse_false_alarms(lexicon, added, ordinary_messages(), shipped)
    assert read_with(lexicon, "weg ermee").signal is Signal.STOP
    assert read_with(lexicon, "geen prikbordjes meer").signal is Signal.STOP


def test_without_words_of_its_own_a_program_has_nothing_to_be_refused() -> None:
    refuse_false_alarms(shipped(), {}, iter(["STOP"]), shipped)


def test_what_the_shipped_words_doubt_is_not_blamed_on_the_added_ones() -> None:
    added = {NL: {"keywords": {"stop": ["weg ermee"]}}}
    refuse_false_alarms(lexicon_from(SHIPPED, added), added, ["verkeerd nummer"], shipped)


def test_a_word_that_is_shipped_too_is_not_blamed_for_what_it_does_anyway() -> None:
    added = {NL: {"keywords": {"stop": ["stop"]}, "classes": {"doubt": ["verkeerd nummer"]}}}
    refuse_false_alarms(lexicon_from(SHIPPED, added), added, ["verkeerd nummer", "stop"], shipped)


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ({"courtesy": ["bestelling"]}, "bestelling annuleren"),
        ({"light": ["bestelling"]}, "bestelling annuleren"),
    ],
)
def test_a_word_that_helps_another_to_fire_is_blamed_as_well(
    added: dict[str, list[str]], message: str
) -> None:
    extra = {NL: {"classes": added}}
    with pytest.raises(Misconfigured, match=r"'bestelling' would make .* of an ordinary message"):
        refuse_false_alarms(lexicon_from(SHIPPED, extra), extra, [message], shipped)


@pytest.mark.parametrize(
    ("signal", "word"),
    [("start", "haal mij van de lijst"), ("confirm", "geen sms meer"), ("help", "unsubscribed")],
)
def test_what_people_say_who_want_to_stop_opts_nobody_in(signal: str, word: str) -> None:
    extra = {NL: {"keywords": {signal: [word]}}}
    with pytest.raises(
        Misconfigured, match=rf"'{word}' cannot mean {signal}, for people who want to stop say so"
    ):
        refuse_false_alarms(lexicon_from(SHIPPED, extra), extra, [], shipped)
