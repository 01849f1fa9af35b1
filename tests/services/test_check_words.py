"""A marketer measures a change of words, and sees why a message is read as it is."""

import pytest

from app.domain.errors import BadInput
from app.domain.intent import read
from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.signal import Signal
from app.services.check_words import check_words, explain
from tests.domain.programs import shop


def test_the_table_counts_and_the_misses_are_listed() -> None:
    phrases = [
        Phrase("STOP", Signal.STOP),
        Phrase("ik hou van auto's", Signal.STOP),
        Phrase("verkeerd nummer, stop", Signal.UNCLEAR),
        Phrase("tot morgen", Signal.OTHER),
    ]
    measured = check_words(phrases, shop())
    assert measured.table[Signal.STOP, Signal.STOP] == 1
    assert [miss.phrase.text for miss in measured.misses] == ["ik hou van auto's"]
    assert measured.misses[0].reading.signal is Signal.OTHER
    assert measured.share(Signal.STOP, Signal.STOP) == 0.5
    assert measured.share(Signal.HELP, Signal.HELP) == 0
    assert measured.total(Signal.STOP) == 2


def test_the_confusion_table_has_a_row_for_every_label() -> None:
    rows = check_words([Phrase("STOP", Signal.STOP), Phrase("hoi", Signal.OTHER)], shop()).rows()
    assert rows[0] == ("", "stop", "unclear", "start", "confirm", "help", "other", "phrases")
    assert rows[1] == ("stop", "1", "0", "0", "0", "0", "0", "1")
    assert rows[-1] == ("other", "0", "0", "0", "0", "0", "1", "1")


@pytest.mark.parametrize(
    ("text", "decision", "words"),
    [
        ("Uitschrijven!", "STOP by the rule keyword.", " Words: uitschrijven. Language: nl."),
        ("verkeerd nummer", "UNCLEAR by the rule expression.", " Words: verkeerd, nummer. Language: nl."),
        ("tot morgen", "OTHER by the rule ordinary.", " No rule has anything to say."),
    ],
)
def test_a_decision_is_explained_in_sentences(text: str, decision: str, words: str) -> None:
    explained = explain(read(text, shop()))
    assert explained.startswith(decision)
    assert explained.endswith(words)


def test_labels_of_other_collections_are_understood() -> None:
    lines = ['{"text": "a", "signal": "hold", "lang": "nl"}', "", '{"text": "b", "signal": "none"}']
    assert [phrase.signal for phrase in phrases_from(lines, "f")] == [Signal.UNCLEAR, Signal.OTHER]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "f, line 1 is not JSON"),
        ("[]", 'f, line 1 has no "text"'),
        ('{"signal": "stop"}', 'f, line 1 has no "text"'),
        (
            '{"text": "a", "signal": "halt"}',
            "f, line 1: \"signal\" is 'halt', not one of stop, unclear, start",
        ),
        ('{"text": "a"}', 'f, line 1: "signal" is None'),
    ],
)
def test_a_line_that_is_no_phrase_is_named(line: str, sentence: str) -> None:
    with pytest.raises(BadInput, match="^" + sentence):
        list(phrases_from([line], "f"))
