"""Profiles: what is newer wins, what is not mentioned stays, and only what a text can hold is taken."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.profile import LONGEST, Profile, field_name, said, tag_of
from tests.stories import after

names = st.sampled_from(["", "Ann", "Bob"])
moments = st.sampled_from([None, after(1), after(2), after(3)])
profiles = st.builds(
    Profile,
    first_name=names,
    last_name=names,
    zone=st.sampled_from([None, "Europe/Amsterdam", "America/Denver"]),
    tags=st.frozensets(st.sampled_from(["a", "b", "c"])),
    fields=st.dictionaries(st.sampled_from(["x", "y"]), names.filter(bool)),
    at=moments,
)


def test_news_wins_and_what_it_does_not_mention_stays() -> None:
    known = Profile("Ann", "Jansen", tags=frozenset({"a"}), fields={"x": "1"}, at=after(1), version=3)
    news = Profile("Anna", tags=frozenset({"b"}), fields={"y": "2"}, at=after(2))
    assert known.after(news) == Profile(
        "Anna", "Jansen", tags=frozenset("ab"), fields={"x": "1", "y": "2"}, at=after(2), version=4
    )


def test_older_news_changes_nothing_not_even_what_was_taken_away() -> None:
    corrected = Profile("", at=after(5), version=2)
    assert corrected.after(Profile("Ann", tags=frozenset({"a"}), at=after(4))) is corrected


@given(profiles, profiles)
def test_hearing_the_same_again_changes_nothing(known: Profile, news: Profile) -> None:
    once = known.after(news)
    assert once.after(news) is once
    assert once.version in {known.version, known.version + 1}
    assert (once == known) == (once is known)


@given(profiles)
def test_somebody_of_whom_nothing_is_known_is_known_by_the_news(news: Profile) -> None:
    if news.says_something:
        assert Profile().after(news) == replace(news, version=1)
    else:
        assert Profile().after(news) == Profile()


@pytest.mark.parametrize(
    "text", ["", " ", "a,b", "a;b", "a|b", "{a}", "a*", "x" * 51, "a\nb", "\x1b", "a\u202eb"]
)
def test_what_cannot_be_a_tag_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        tag_of(text)


def test_a_tag_is_the_same_in_any_case() -> None:
    assert tag_of("  Nieuwe Klant ") == "nieuwe klant"
    assert tag_of("v") == "v"
    assert len(tag_of("x" * 50)) == 50


def test_values_are_printable_and_not_endless() -> None:
    assert said("  Zoë ", "the first name") == "Zoë"
    for text in ("x" * (LONGEST + 1), "a\nb", "\x00"):
        with pytest.raises(BadInput, match="the first name"):
            said(text, "the first name")


def test_a_field_of_ones_own_has_a_plain_name() -> None:
    assert field_name(" Favourite shop ") == "favourite_shop"
    for text in ("", "1st", "é", "a.b"):
        with pytest.raises(BadInput):
            field_name(text)
