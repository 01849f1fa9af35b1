"""From listed words to the classes of a sentence."""

import re

import pytest

from app.domain.errors import Misconfigured
from app.domain.keywords.classes import WordClass
from app.domain.keywords.grammar import classify, grammar_of

CLEAR, ME, LIGHT, NOT, OPT_OUT = (
    int(each) for each in (WordClass.CLEAR, WordClass.ME, WordClass.LIGHT, WordClass.NOT, WordClass.OPT_OUT)
)
GRAMMAR = grammar_of(
    {
        "laat <me> met rust": CLEAR,
        "mij": ME,
        "de": LIGHT,
        "schrijf ... uit": OPT_OUT,
        "geen sms": CLEAR,
        "auto": 0,
    },
    {"not": NOT, "mij": LIGHT, "order": OPT_OUT},
)


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("laat mij met rust", [CLEAR, CLEAR | ME, CLEAR, CLEAR]),
        ("laat de mij met de rust", [CLEAR, LIGHT, CLEAR | ME, CLEAR, LIGHT, CLEAR]),
        ("laat auto met rust", [0, 0, 0, 0]),
        ("laat mij met", [0, ME, 0]),
        ("laat mij auto met rust", [0, ME, 0, 0, 0]),
        ("laat de de de mij met rust", [0, LIGHT, LIGHT, LIGHT, ME, 0, 0]),
        ("schrijf mij auto auto auto auto uit", [OPT_OUT, ME, 0, 0, 0, 0, OPT_OUT]),
        ("schrijf mij auto auto auto auto auto auto auto uit", [0, ME, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("geen sms", [CLEAR, CLEAR]),
        ("sms geen", [0, 0]),
        ("not order", [NOT, 0]),
        ("123456 1234567", [int(WordClass.DIGITS), int(WordClass.NUMBER)]),
    ],
)
def test_words_have_their_own_classes_and_those_of_their_expressions(
    sentence: str, classes: list[int]
) -> None:
    assert classify(sentence.split(), GRAMMAR) == classes


def test_only_the_words_of_the_file_are_its_own() -> None:
    assert "auto" in GRAMMAR.own
    assert "not" not in GRAMMAR.own


def test_an_expression_begins_with_a_word() -> None:
    with pytest.raises(Misconfigured, match="'<me> met rust' must begin with a word"):
        grammar_of({"<me> met rust": CLEAR}, {})


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("stop <nope>", "'<nope>': there is no class 'nope'"),
        ("...foo bar", "'...foo bar' must be one word with ... before or after it"),
        ("foo bar...", "'foo bar...' must be one word with ... before or after it"),
    ],
)
def test_an_entry_that_is_none_is_refused_by_name(entry: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=re.escape(sentence)):
        grammar_of({entry: CLEAR}, {})
