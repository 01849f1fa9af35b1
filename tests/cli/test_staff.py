"""`stopwoord staff` as whoever installs this types it."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.installation import environment


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


def test_nobody_can_sign_in_until_an_account_is_made(shell: Shell) -> None:
    done = shell.type("staff", "list")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "Nobody can sign in yet" in done.stderr


def test_an_account_is_added_listed_disabled_and_reset(shell: Shell) -> None:
    made = shell.type("staff", "add", "anna", "--role", "support", "--generate")
    assert made.returncode == 0, made.stderr
    assert "password: " in made.stdout
    assert "codes: " not in made.stdout
    shell.type("staff", "disable", "anna")
    (row,) = json.loads(shell.type("staff", "list", "--json").stdout)
    assert (row["name"], row["role"], row["codes"], row["disabled"]) == ("anna", "support", False, True)
    assert shell.type("staff", "enable", "anna").returncode == 0
    again = shell.type("staff", "reset", "anna", "--generate")
    assert "password: " in again.stdout
    assert again.stdout != made.stdout


def test_an_admin_gets_the_secret_of_a_second_factor(shell: Shell) -> None:
    made = shell.type("staff", "add", "boss", "--role", "admin", "--generate")
    assert "for the app: otpauth://totp/Stopwoord:boss?secret=" in made.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "anna", "--role", "support"), "add --generate"),
        (("add", "Anna Jansen", "--role", "support", "--generate"), "small letters"),
        (
            ("add", "anna", "--role", "king", "--generate"),
            "--role must be viewer, support, marketer or admin",
        ),
        (("disable", "nobody"), "there is no account nobody"),
        (("reset", "nobody", "--generate"), "there is no account nobody"),
    ],
)
def test_what_cannot_be_is_told(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    done = shell.type("staff", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
