"""Tokens of opt-out links: whose they are, how long they hold, and that nobody makes one without the key."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.opt_out_link import HELD_DAYS, LENGTH, reference_in, token_for

KEY, TODAY = b"k" * 32, date(2026, 3, 2)
REF = "28-ee1886e422cd83dbba7f2727c62a251f"
REFERENCES = st.builds(
    lambda partition, name: f"{partition}-{name.hex()}",
    st.integers(0, 127),
    st.binary(min_size=16, max_size=16),
)


@given(REFERENCES, st.dates(date(1990, 1, 1), date(2140, 1, 1)), st.integers(0, HELD_DAYS))
def test_a_token_leads_back_to_its_reference_as_long_as_it_holds(ref: str, made: date, later: int) -> None:
    token = token_for(ref, made, KEY)
    assert reference_in(token, made + timedelta(days=later), KEY) == ref
    assert reference_in(token.upper(), made, KEY) == ref
    assert len(token) == LENGTH
    assert token.isascii()
    assert token.isalnum()


def test_it_holds_no_longer_than_it_should() -> None:
    token = token_for(REF, TODAY, KEY)
    assert reference_in(token, TODAY + timedelta(days=HELD_DAYS + 1), KEY) is None


def test_another_key_makes_other_tokens() -> None:
    assert reference_in(token_for(REF, TODAY, b"other"), TODAY, KEY) is None


@pytest.mark.parametrize("place", range(LENGTH))
def test_a_token_with_one_other_letter_is_worth_nothing(place: int) -> None:
    token = token_for(REF, TODAY, KEY)
    other = "a" if token[place] != "a" else "b"
    assert reference_in(token[:place] + other + token[place + 1 :], TODAY, KEY) is None


@given(st.text(max_size=100))
def test_anything_else_is_no_token(text: str) -> None:
    assert reference_in(text, TODAY, KEY) is None


@pytest.mark.parametrize("ref", ["", "28", "28-", f"28-{'g' * 32}", f"-1-{'0' * 32}", f"28-{'0' * 31}"])
def test_only_a_reference_gets_one(ref: str) -> None:
    with pytest.raises(ValueError, match="a reference is"):
        token_for(ref, TODAY, KEY)
