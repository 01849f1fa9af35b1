"""A keyword that is the whole message decides by itself, however it is typed."""

import pytest

from app.domain.intent import read
from app.domain.signal import Signal
from tests.domain.programs import EN, NL, shop


@pytest.mark.parametrize(
    ("body", "signal"),
    [
        ("STOP", Signal.STOP),
        ("\t“Stóp”!\u00a0\n", Signal.STOP),
        ("ＳＴＯＰ", Signal.STOP),  # noqa: RUF001 - full width on purpose
        ("s\u200btop", Signal.STOP),
        ("Opt-Out", Signal.STOP),
        ("Beëindigen.", Signal.STOP),
        ("Aanmelden", Signal.START),
        ("Yes!", Signal.CONFIRM),
        ("HULP", Signal.HELP),
        ("?", Signal.HELP),
        ("stop by tomorrow", Signal.OTHER),
        ("", Signal.OTHER),
    ],
)
def test_a_whole_message_is_matched_in_any_spelling(body: str, signal: Signal) -> None:
    assert read(body, shop()).signal is signal


def test_a_reading_names_its_rule_its_words_and_their_language() -> None:
    reading = read("Uitschrijven!", shop())
    assert (reading.rule, reading.words, reading.language) == ("keyword", ("uitschrijven",), NL)
    assert read("Quit", shop()).language == EN
    assert read("stop", shop()).language is None
