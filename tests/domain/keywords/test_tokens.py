"""A text is cut into words, signs and pauses."""

import pytest

from app.domain.keywords.tokens import tokens_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Stop, please!!", ["stop", ".", "please", "."]),
        ("$top te@m", ["$top", "te@m"]),
        ("only $$ or @@@ here", ["only", "$", "or", "@", "here"]),
        ("stop@@ now", ["stop", "@", "now"]),
        ("Stop - where is it?!", ["stop", ".", "where", "is", "it", "?"]),
    ],
)
def test_signs_that_look_like_letters_belong_to_a_word_or_are_one(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens
