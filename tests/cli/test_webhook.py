"""`stopwoord webhook` as an operator types it."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.installation import environment

URL = "https://shop.example/consent"


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url, secret_key="a secret of thirty-two characters"))


def test_an_endpoint_is_added_listed_and_removed(shell: Shell) -> None:
    made = shell.type("webhook", "add", URL, "--with-number")
    name, secret = made.stdout.split()
    assert secret.startswith("whsec_")
    listed = shell.type("webhook", "list", "--json").stdout
    (entry,) = json.loads(listed)
    assert (entry["id"], entry["url"], entry["with_number"]) == (name, URL, True)
    assert secret not in listed
    assert shell.type("webhook", "add", URL).returncode == 2
    assert shell.type("webhook", "remove", name).returncode == 2
    assert [shell.type("webhook", "remove", name, "--yes").returncode for _ in range(2)] == [0, 1]
    assert json.loads(shell.type("webhook", "list", "--json").stdout) == []


@pytest.mark.parametrize("url", ["http://shop.example", "shop.example", "https://a:b@shop.example"])
def test_what_is_no_address_to_be_told_is_refused_with_a_sentence(shell: Shell, url: str) -> None:
    done = shell.type("webhook", "add", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert "endpoint" in done.stderr


def test_without_the_secret_key_it_says_what_to_set(shell: Shell) -> None:
    done = shell.type("webhook", "add", URL, STOPWOORD_SECRET_KEY="")
    assert done.returncode == 4
    assert "STOPWOORD_SECRET_KEY is not set" in done.stderr


def test_nothing_given_up_is_nothing_to_replay(shell: Shell) -> None:
    assert json.loads(shell.type("webhook", "failed", "--json").stdout) == []
    assert shell.type("webhook", "replay").returncode == 0
    assert shell.type("webhook", "replay", "--change", "ch_0").returncode == 1
