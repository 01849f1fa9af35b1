"""Sentences keep their gaps apart from their words, and are found again in what was stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import remarks
from app.domain.remarks import REMARKS, together
from app.domain.sentence import Sentence, recognised, sentence
from app.domain.verdict import VERDICTS
from app.provider.errors import BROKEN

GAPS = (
    "at",
    "when",
    "address",
    "age",
    "code",
    "status",
    "days",
    "file",
    "row",
    "lost",
    "tried",
    "people",
    "what",
)


def test_a_sentence_is_english_until_somebody_translates_it() -> None:
    said = sentence("{count} of {all}", count=3, all=sentence("{n} texts", n=4))
    assert str(said) == "3 of 4 texts"
    assert said.in_words("van {all} waren het er {count}") == "van 4 texts waren het er 3"


def test_braces_in_what_fills_a_gap_are_only_braces() -> None:
    assert str(sentence("{file}, row {row}", file="{row}.csv", row=2)) == "{row}.csv, row 2"


@pytest.mark.parametrize("one", [*REMARKS, *VERDICTS, *BROKEN], ids=lambda one: one.words[:40])
def test_what_was_stored_is_recognised_as_the_sentence_that_it_was(one: Sentence) -> None:
    said = str(one.with_(**dict.fromkeys(GAPS, "7")))
    found = recognised(said, (*REMARKS, *VERDICTS, *BROKEN))
    assert found is not None
    assert (found.words, str(found)) == (one.words, said)


@given(st.text())
def test_whatever_is_recognised_says_the_same_again(text: str) -> None:
    found = recognised(text, REMARKS)
    assert found is None or str(found) == text


def test_remarks_on_one_entry_stand_beside_each_other() -> None:
    assert together(None, REMARKS[1], "", "mine") == f"{REMARKS[1]}; mine"


def test_every_remark_is_on_the_list_by_which_it_is_recognised() -> None:
    written = {one.words for one in vars(remarks).values() if isinstance(one, Sentence)}
    assert {one.words for one in REMARKS} == written
