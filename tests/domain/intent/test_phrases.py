"""The bars: what people write is understood, and ordinary messages are left alone."""

import json
from pathlib import Path

import pytest

from app.domain.intent import read
from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.replies import Language
from app.domain.signal import Signal
from app.language_files import shipped_phrases
from app.services.check_words import Measured, check_words
from tests.domain.programs import shop

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "phrases.jsonl"
READINGS = Path(__file__).parent / "readings.jsonl"


def meets_the_bars(measured: Measured) -> None:
    assert measured.share(Signal.STOP, Signal.STOP) >= 0.97, measured.misses
    assert measured.share(Signal.STOP, Signal.STOP, Signal.UNCLEAR) == 1, measured.misses
    assert measured.table[Signal.OTHER, Signal.STOP] == 0, measured.misses
    assert measured.share(Signal.OTHER, Signal.UNCLEAR) <= 0.05, measured.misses
    assert measured.share(Signal.HELP, Signal.HELP) == 1, measured.misses
    assert measured.share(Signal.START, Signal.START) == 1, measured.misses


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_the_shipped_phrases_are_understood(language: str) -> None:
    meets_the_bars(check_words(shipped_phrases(Language(language)), shop()))


def test_the_shipped_phrases_are_many_of_every_class_and_dutch_first() -> None:
    dutch, everything = list(shipped_phrases(Language("nl"))), list(shipped_phrases())
    assert len(everything) >= 500
    assert len(dutch) > len(everything) / 2
    assert {phrase.signal for phrase in dutch} == set(map(Signal, check_words([], shop()).rows()[0][1:-1]))


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED.name} is not kept beside this checkout")
def test_phrases_from_other_projects_are_understood() -> None:
    phrases = list(phrases_from(SHARED.read_text(encoding="utf-8").splitlines(), SHARED.name))
    meets_the_bars(check_words(phrases, shop()))


def recorded() -> list[dict[str, object]]:
    return [json.loads(line) for line in READINGS.read_text(encoding="utf-8").splitlines()]


def test_every_recorded_reading_still_has_its_rule_its_words_and_its_language() -> None:
    """A change of words or rules shows here what else it changes; write the file anew when that is right."""
    for entry in recorded():
        reading = read(str(entry["text"]), shop())
        found = (reading.signal, reading.rule, list(reading.words), reading.language)
        assert found == (entry["signal"], entry["rule"], entry["words"], entry["language"]), entry["text"]


def test_the_shipped_phrases_are_all_recorded() -> None:
    assert {phrase.text for phrase in shipped_phrases()} <= {str(entry["text"]) for entry in recorded()}


@pytest.mark.parametrize(
    ("wanted", "found", "accepted"),
    [
        (Signal.UNCLEAR, Signal.STOP, True),
        (Signal.UNCLEAR, Signal.UNCLEAR, True),
        (Signal.UNCLEAR, Signal.OTHER, False),
        (Signal.OTHER, Signal.CONFIRM, True),
        (Signal.OTHER, Signal.STOP, False),
        (Signal.STOP, Signal.UNCLEAR, False),
        (Signal.CONFIRM, Signal.OTHER, False),
    ],
)
def test_a_doubtful_phrase_may_be_a_stop_and_an_ordinary_one_a_yes(
    wanted: Signal, found: Signal, *, accepted: bool
) -> None:
    assert Phrase("…", wanted).accepts(found) is accepted
