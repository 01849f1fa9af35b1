"""Passwords: what is kept of them, and which are refused."""

import pytest

from app.credentials.passwords import SHORTEST, ArgonPasswords

PASSWORDS = ArgonPasswords()
GOOD = "het regent pijpenstelen in Assen"


def test_a_password_fits_what_is_kept_of_it_and_nothing_else_does() -> None:
    kept = PASSWORDS.hash(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert PASSWORDS.hash(GOOD) != kept
    assert PASSWORDS.fits(kept, GOOD)
    assert not PASSWORDS.fits(kept, GOOD + " ")
    assert not PASSWORDS.fits("", GOOD)
    assert not PASSWORDS.fits("not a hash", GOOD)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x" * (SHORTEST - 1), "fewer than 15"),
        ("passwordpassword", "common"),
        ("aaaaaaaaaaaaaaaaaaaaaaa", "common"),
        ("qwertyuiopasdfghjkl", "common"),
        ("stopwoordstopwoord", "common"),
        ("anna.jansenanna.jansen", "common"),
    ],
)
def test_a_weak_password_is_told_why(password: str, why: str) -> None:
    assert why in PASSWORDS.weakness(password, "anna.jansen")


@pytest.mark.parametrize("password", [GOOD, "x" * 30 + GOOD * 50, "\udcff and more of that kind"])
def test_a_good_password_is_no_trouble_however_long_or_odd(password: str) -> None:
    assert PASSWORDS.weakness(password, "anna") == ""
    assert PASSWORDS.fits(PASSWORDS.hash(password), password)


def test_a_made_password_is_one_that_could_be_chosen() -> None:
    assert PASSWORDS.weakness(PASSWORDS.new(), "anna") == ""
    assert PASSWORDS.new() != PASSWORDS.new()
