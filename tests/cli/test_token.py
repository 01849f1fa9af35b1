"""`stopwoord token` as an operator types it."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.installation import environment


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


def test_a_token_is_shown_once_listed_and_revoked(shell: Shell) -> None:
    made = shell.type("token", "add", "shop", "--scope", "read", "--scope", "write")
    assert made.returncode == 0
    secret = made.stdout.strip()
    assert secret.startswith("swt_")
    listed = shell.type("token", "list", "--json").stdout
    (entry,) = json.loads(listed)
    assert (entry["name"], entry["scopes"], entry["last_used"]) == ("shop", ["read", "write"], None)
    assert secret not in listed
    assert shell.type("token", "revoke", "shop").returncode == 0
    assert shell.type("token", "revoke", "shop").returncode == 1
    assert json.loads(shell.type("token", "list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("shop",), 2), (("shop", "--scope", "all"), 2), (("a shop", "--scope", "read"), 2)],
)
def test_what_makes_no_token_is_refused_with_a_sentence(
    shell: Shell, arguments: tuple[str, ...], code: int
) -> None:
    done = shell.type("token", "add", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr
