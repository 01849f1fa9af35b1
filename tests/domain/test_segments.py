"""Segments: what a text costs, at every boundary where the cost changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments import Encoding, measure

GSM_7, UCS_2 = Encoding.GSM_7, Encoding.UCS_2
THUMB = "👍🏽"
FAMILY = "👩‍👩‍👧‍👦"
DUTCH_FLAG = "🇳🇱"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", GSM_7, 0, 1),
        ("a" * 160, GSM_7, 160, 1),
        ("a" * 161, GSM_7, 161, 2),
        ("a" * 306, GSM_7, 306, 2),
        ("a" * 307, GSM_7, 307, 3),
        ("€" * 80, GSM_7, 160, 1),
        ("€" * 80 + "a", GSM_7, 161, 2),
        ("ë" * 70, UCS_2, 70, 1),
        ("ë" * 71, UCS_2, 71, 2),
        ("ë" * 134, UCS_2, 134, 2),
        ("ë" * 135, UCS_2, 135, 3),
        ("👍" * 35, UCS_2, 70, 1),
        ("👍" * 36, UCS_2, 72, 2),
    ],
)
def test_the_cost_changes_at_the_boundaries(text: str, encoding: Encoding, units: int, segments: int) -> None:
    found = measure(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, segments)


def test_an_extension_character_is_not_cut_in_half() -> None:
    # The euro would begin at septet 153 of the first part: it moves on, and the last letter needs a third.
    text = "a" * 152 + "€" + "a" * 152
    assert measure(text).units == 306
    assert measure(text).segments == 3


def test_a_surrogate_pair_is_not_cut_in_half() -> None:
    text = "ë" * 66 + "👍" + "ë" * 66
    assert measure(text).units == 134
    assert measure(text).segments == 3


@pytest.mark.parametrize("character", [THUMB, FAMILY, DUTCH_FLAG, "q\u0323\u0307"])
def test_what_people_see_as_one_character_moves_to_the_next_segment_whole(character: str) -> None:
    size = len(character.encode("utf-16-le")) // 2
    room = 67 - size
    assert measure("ë" * room + character + "ë" * 67).segments == 2
    assert measure("ë" * (room + 1) + character + "ë" * (67 - size)).segments == 2
    assert measure("ë" * (room + 1) + character + "ë" * (67 - size + 1)).segments == 3
    assert character in measure(character).offending


def test_two_flags_are_two_characters() -> None:
    assert measure(DUTCH_FLAG + "🇧🇪").offending == (DUTCH_FLAG, "🇧🇪")


def test_a_character_larger_than_a_segment_is_cut() -> None:
    assert measure("x" + "\u0323" * 140).segments == 3


@pytest.mark.parametrize("letter", "éèöäüàñßÆØåÇ£¥§¿¡Ω@_\n\r")
def test_these_letters_are_in_gsm_7(letter: str) -> None:
    assert measure(letter).encoding is GSM_7
    assert measure(letter).units == 1


@pytest.mark.parametrize("letter", "€[]{}\\^~|")
def test_these_characters_cost_two(letter: str) -> None:
    assert measure(letter).encoding is GSM_7
    assert measure(letter).units == 2


@pytest.mark.parametrize("letter", "ëïáêâçíóú\u2018\u2019“”\u2013…`\t")
def test_these_characters_force_ucs_2(letter: str) -> None:
    assert measure(letter).encoding is UCS_2
    assert measure(letter).offending == (letter,)


def test_the_offending_characters_are_named_once_and_in_order() -> None:
    assert measure("“ideeën” zijn ideeën… echt").offending == ("“", "ë", "”", "…")


def test_one_dutch_word_more_than_doubles_the_price() -> None:
    text = "Wij hebben nieuwe {} voor de winter. Kom langs of bestel via de site. Stoppen? Stuur STOP."
    assert measure(text.format("plannen")).segments == 1
    assert measure(text.format("ideeën")).segments == 2


def test_a_letter_with_a_separate_accent_costs_what_the_letter_costs() -> None:
    assert measure("caf" + "e\u0301") == measure("café")
    assert measure("e\u0301").encoding is GSM_7


@given(st.text(max_size=400))
def test_segments_always_have_room_for_the_units(text: str) -> None:
    found = measure(text)
    alone, part = (160, 153) if found.encoding is GSM_7 else (70, 67)
    assert (found.segments == 1) == (found.units <= alone)
    assert found.units <= (alone if found.segments == 1 else found.segments * part)
    assert (found.encoding is UCS_2) == bool(found.offending)


@given(st.text(max_size=200))
def test_the_units_are_those_of_the_composed_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    found = measure(text)
    assert found == measure(composed)
    if found.encoding is UCS_2:
        assert found.units == len(composed.encode("utf-16-le", "surrogatepass")) // 2
