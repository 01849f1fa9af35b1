"""Misspelt words are told from words of their own by counting slips."""

import pytest

from app.domain.keywords.typos import Spellings, distance, spellings

KNOWN = spellings(
    {"shop", "stop", "annuleren", "uitschrijven", "stappen"}, {"stop", "annuleren", "uitschrijven", "stoppen"}
)


def mended(known: Spellings, typed: str) -> str:
    """As a message is read."""
    return known.mended(known.held_down(typed))


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("", "", 0),
        ("stop", "stop", 0),
        ("stop", "stpo", 1),
        ("stop", "top", 1),
        ("stop", "stoop", 1),
        ("stop", "step", 1),
        ("stop", "", 4),
        ("", "stop", 4),
        ("abcd", "badc", 2),
        ("ca", "abc", 3),
        ("uitschrijven", "uitschirjvn", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_a_slip_is_a_letter_left_out_put_in_replaced_or_swapped(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips
    assert distance(other, one) == slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("annuleren", "annuleren"),
        ("anuleren", "annuleren"),
        ("annuleern", "annuleren"),
        ("annulerenn", "annuleren"),
        ("anulerenn", "anulerenn"),
        ("xnnuleren", "xnnuleren"),
        ("uitschrjvn", "uitschrijven"),
        ("uitschrjv", "uitschrjv"),
        ("uitschrijvennnnn", "uitschrijven"),
        ("stpo", "stpo"),
        ("shop", "shop"),
        ("stappen", "stappen"),
        ("stopen", "stoppen"),
        ("5t0p", "stop"),
        ("12345", "12345"),
        ("5", "5"),
        ("stoooop", "stop"),
        ("ssttoopp", "ssttoopp"),
        ("u" * 30, "u" * 30),
        ("", ""),
    ],
)
def test_a_misspelt_word_is_the_known_one_within_its_slips(typed: str, meant: str) -> None:
    assert mended(KNOWN, typed) == meant


def test_without_mending_only_keys_held_down_are_let_go() -> None:
    assert KNOWN.held_down("stooop") == "stop"
    assert KNOWN.held_down("anuleren") == "anuleren"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aanmeldne", "aanmelden"),
        ("aanmelen", "aanmelden"),
        ("aamelden", "afmelden"),
        ("aanmelder", "aanmelder"),
        ("aanmeld", "aanmeld"),
        ("anmeldne", "anmeldne"),
        ("hervate", "hervate"),
        ("subscribed", "subscribed"),
        ("subcribe", "subscribe"),
        ("ischrijven", "inschrijven"),
        ("onschrijven", "onschrijven"),
        ("insubscribe", "insubscribe"),
        ("uischrijven", "uitschrijven"),
    ],
)
def test_an_opt_in_word_is_meant_if_it_is_long_keeps_its_ending_and_no_other_is_within_its_slips(
    typed: str, meant: str
) -> None:
    opt_ins, opt_outs = (
        {"aanmelden", "hervat", "subscribe", "inschrijven"},
        {"afmelden", "uitschrijven", "unsubscribe"},
    )
    assert mended(spellings(opt_ins | opt_outs, opt_outs, opt_ins), typed) == meant
