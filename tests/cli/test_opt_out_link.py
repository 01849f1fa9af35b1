"""`stopwoord subscriber opt-out-link`: a link for one person, which support can give them."""

import pytest

from app.bootstrap import build
from app.domain.number import Number
from tests.cli.shell import Shell
from tests.installation import PUBLIC_URL, environment, settings_for

KEYS = {"secret_key": "s" * 32, "erasure_key": "e" * 32}
ANNA, NATIONAL = Number("+31612345678"), "06-12345678"


@pytest.fixture
def shell(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("here"), environment(store_url, **KEYS))


def test_it_prints_a_link_that_is_theirs(shell: Shell, store_url: str) -> None:
    shell.type("subscriber", "invite", NATIONAL, "--source", "till", "--wording", "Text me")
    done = shell.type("subscriber", "opt-out-link", NATIONAL)
    gateway = build(settings_for(store_url, **KEYS))
    assert (done.returncode, done.stdout.startswith(f"{PUBLIC_URL}/o/")) == (0, True)
    assert gateway.pages.links.whose(done.stdout.strip().rpartition("/")[2]) == ANNA
    assert "180 days" in done.stderr
    assert "1234" not in done.stdout


def test_of_whom_nothing_is_known_it_holds_for_an_hour(shell: Shell) -> None:
    assert "an hour" in shell.type("subscriber", "opt-out-link", NATIONAL).stderr


def test_there_is_none_for_who_was_erased(shell: Shell) -> None:
    shell.type("subscriber", "invite", NATIONAL, "--source", "till", "--wording", "Text me")
    shell.type("subscriber", "erase", NATIONAL, "--reason", "asked", "--yes")
    done = shell.type("subscriber", "opt-out-link", NATIONAL)
    assert (done.returncode, done.stdout, "erased" in done.stderr) == (1, "", True)


def test_without_a_key_it_says_what_to_set(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = Shell(tmp_path_factory.mktemp("here"), environment(store_url)).type(
        "subscriber", "opt-out-link", NATIONAL
    )
    assert (done.returncode, "STOPWOORD_SECRET_KEY is not set" in done.stderr) == (4, True)
