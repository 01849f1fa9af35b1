"""Segments, smart encoding and what characters cost: equal to Twilio's own calculator (see golden/README.md)."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments import Encoding, measure, price_of_characters, smart_encoded
from app.domain.segments.measuring import characters_of
from app.domain.segments.smart_encoding import LOOK_ALIKES

GOLDEN = Path(__file__).with_name("golden") / "segments.jsonl"


def golden() -> Iterator[tuple[str, tuple[str, int], tuple[str, int]]]:
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        pieces, encoding, segments, smart, smart_segments = json.loads(line)
        text = "".join(piece if isinstance(piece, str) else piece[0] * piece[1] for piece in pieces)
        yield text, (encoding, segments), (smart, smart_segments)


def counted(text: str) -> tuple[str, int]:
    found = measure(text)
    return found.encoding.value, found.segments


def test_the_golden_file_has_enough_texts_of_every_kind() -> None:
    figures = [plain for _, plain, _ in golden()]
    assert len(figures) >= 2000
    assert {encoding for encoding, _ in figures} == {"GSM-7", "UCS-2"}
    assert {segments for _, segments in figures} >= set(range(1, 8))


def test_segments_are_those_of_the_calculator() -> None:
    assert [text for text, plain, _ in golden() if counted(text) != plain] == []


def test_segments_with_smart_encoding_are_those_of_the_calculator() -> None:
    assert [text for text, _, smart in golden() if counted(smart_encoded(text)) != smart] == []


def test_another_library_agrees_wherever_a_character_is_one_unit() -> None:
    # smsutil cuts what people see as one character; the calculator and we do not.
    texts = [unicodedata.normalize("NFC", text) for text, _, _ in golden()]
    plain = [
        text
        for text in texts
        if text and all(len(each.encode("utf-16-le")) == 2 for each in characters_of(text))
    ]
    assert len(plain) >= 1000
    for text in plain:
        theirs = smsutil.split(text)
        encoding = {"gsm0338": "GSM-7", "utf_16_be": "UCS-2"}[theirs.encoding]
        assert counted(text) == (encoding, len(theirs.parts))


def test_every_replacement_of_smart_encoding_is_in_gsm_7() -> None:
    assert len(LOOK_ALIKES) == 271
    assert {measure(replacement).encoding for replacement in LOOK_ALIKES.values()} == {Encoding.GSM_7}


@given(st.text(max_size=200))
def test_smart_encoding_twice_changes_nothing_more(text: str) -> None:
    once = smart_encoded(text)
    assert smart_encoded(once).translate(LOOK_ALIKES) == smart_encoded(once)


def test_the_character_that_costs_is_named_with_its_place_and_replacement() -> None:
    text = "Wij hebben nieuwe ideeën voor de winter. Kom langs of bestel via de site. Stoppen? Stuur STOP."
    price = price_of_characters(text)
    assert price is not None
    (culprit,) = price.culprits
    assert (culprit.character, culprit.position, culprit.times, culprit.replacement) == ("ë", 23, 1, "e")
    assert (price.segments, price.segments_without) == (2, 1)
    assert price.cheaper == text.replace("ë", "e")
    assert price.sentence == "the ë at character 23 turns 1 segment into 2: 2.0 times the price"


def test_several_characters_are_priced_together() -> None:
    price = price_of_characters("“Ideeën”… " + "x" * 300)
    assert price is not None
    assert [c.replacement for c in price.culprits] == ['"', "e", '"', "..."]
    assert price.sentence == (
        "the “ at character 1 and 3 other characters turn 3 segments into 5: 1.7 times the price"
    )


def test_a_dear_character_in_a_short_text_costs_nothing() -> None:
    price = price_of_characters("één ë")
    assert price is not None
    assert price.sentence == "the ë at character 5 is not in GSM-7, at no extra cost here"


def test_a_text_in_gsm_7_has_no_dear_characters() -> None:
    assert price_of_characters("Voilà, € 5 [korting]") is None


@pytest.mark.parametrize(
    ("character", "replacement"),
    [
        ("ï", "i"),
        ("œ", "oe"),
        ("\u2019", "'"),
        ("\u200b", ""),
        ("\u2009", "  "),
        ("1️⃣", "1"),
        ("🎉", None),
        ("中", None),
    ],
)
def test_a_replacement_is_a_look_alike_or_the_letter_without_its_marks(
    character: str, replacement: str | None
) -> None:
    price = price_of_characters(f"a{character}b")
    assert price is not None
    assert [c.replacement for c in price.culprits] == [replacement]
    assert price.cheaper == f"a{replacement or ''}b"


@given(st.text(max_size=200))
def test_the_cheaper_text_is_in_gsm_7_and_every_dear_character_is_named(text: str) -> None:
    price = price_of_characters(text)
    if price is None:
        assert measure(text).encoding is Encoding.GSM_7
    else:
        assert measure(price.cheaper).encoding is Encoding.GSM_7
        assert price.segments == measure(text).segments
        assert {c.character for c in price.culprits} == set(measure(text).offending)
