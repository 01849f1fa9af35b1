"""Messages by people who had seen neither words nor rules nor phrases.

No weight is fitted to them; thresholds are chosen by them (docs/reading.md).
A change of the words that reads the shipped phrases better and these worse has learnt them by heart.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from app.domain.intent.phrase import Phrase, phrases_from
from app.domain.signal import Signal
from app.language_files import shipped_phrases
from app.services.check_words import Measured, check_words
from tests.domain.programs import shop

UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.jsonl"))
# Written to be hard: half of them other matters, idioms, mistakes; three quarters of the ordinary ones near misses.
HARD = {"harbour", "lighthouse"}
TEXTS = Path(__file__).resolve().parents[3] / "bench" / "texts"


def phrases(path: Path) -> list[Phrase]:
    return list(phrases_from(path.read_text(encoding="utf-8").splitlines(), path.name))


def read_all(paths: Iterable[Path]) -> Measured:
    return check_words((phrase for path in paths for phrase in phrases(path)), shop())


@pytest.fixture(scope="module")
def measured() -> Measured:
    return read_all(path for path in UNSEEN if path.stem not in HARD)


@pytest.fixture(scope="module")
def hard() -> Measured:
    return read_all(path for path in UNSEEN if path.stem in HARD)


def test_requests_to_stop_are_understood_or_seen_by_a_person(measured: Measured) -> None:
    assert measured.share(Signal.STOP, Signal.STOP) >= 0.97, measured.misses
    assert measured.share(Signal.STOP, Signal.STOP, Signal.UNCLEAR) >= 0.997, measured.misses


def test_ordinary_messages_are_left_alone(measured: Measured) -> None:
    assert measured.share(Signal.OTHER, Signal.STOP) <= 0.001, measured.misses
    assert measured.share(Signal.OTHER, Signal.UNCLEAR) <= 0.02, measured.misses
    assert measured.share(Signal.OTHER, Signal.HELP) <= 0.02, measured.misses


def test_hard_ones_are_seen_by_a_person_where_they_are_not_understood(hard: Measured) -> None:
    assert hard.share(Signal.STOP, Signal.STOP) >= 0.95, hard.misses
    assert hard.share(Signal.STOP, Signal.STOP, Signal.UNCLEAR) >= 0.99, hard.misses


def test_hard_ordinary_messages_are_mostly_left_alone(hard: Measured) -> None:
    assert hard.share(Signal.OTHER, Signal.STOP) <= 0.015, hard.misses
    assert hard.share(Signal.OTHER, Signal.UNCLEAR) <= 0.06, hard.misses


def test_questions_about_the_messages_are_answered(measured: Measured) -> None:
    assert measured.share(Signal.HELP, Signal.HELP) >= 0.97, measured.misses


def test_requests_to_join_are_understood(measured: Measured) -> None:
    assert measured.share(Signal.START, Signal.START) >= 0.98, measured.misses


def test_none_of_them_is_among_what_the_weights_are_fitted_to() -> None:
    fitted = {phrase.text for phrase in shipped_phrases()}
    fitted |= {phrase.text for path in TEXTS.glob("*.jsonl") for phrase in phrases(path)}
    long = {phrase.text for path in UNSEEN for phrase in phrases(path) if len(phrase.text.split()) > 4}
    assert long
    assert not long & fitted
