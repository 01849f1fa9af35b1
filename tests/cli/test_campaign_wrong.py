"""Commands about campaigns that cannot be meant: each is one sentence, and nothing is done or left out in silence."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.installation import environment


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("new", "x", "--text", "y", "--tag", "a{b"), "a tag is a word or two of at most 50 characters"),
        (("new", "x", "--text", "y", "--tag", " "), "a tag cannot be empty"),
        (("new", "x", "--text", "y\x1b[2J"), "line 1, column 2: the sign U+001B steers a screen"),
        (("report", "abcdefgh", "--csv"), "there is no campaign abcdefgh"),
        (("report", "abcdefgh", "--csv", "--json"), "choose one of --csv and --json"),
        (("report", "abcdefgh", "--csv", "--out", "a.svg"), "choose one of --csv and --out"),
        (("report", "abcdefgh", "--csv", "--charged"), "choose one of --csv and --charged"),
        (("pause", "abcdefgh", "--reason", " "), "--reason is empty: say why, or leave it out"),
        (("pause", "abcdefgh", "--reason", "x" * 201), "--reason is longer than 200 characters"),
        (("cancel", "abcdefgh", "--yes", "--reason", "a\x1bb"), "--reason holds characters that cannot be"),
    ],
)
def test_what_cannot_be_meant_is_told(shell: Shell, typed: tuple[str, ...], sentence: str) -> None:
    done = shell.type("campaign", *typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b'since = "2026"', "wrong.toml: since must be a moment, such as 2026-12-01T10:00:00+01:00"),
        (b"since = 2026", "wrong.toml: since must be a moment"),
        (b"ends_at = 10:00:00", "wrong.toml: ends_at must be a moment"),
        (b'name = "Lent\xe9"', "wrong.toml is not text in UTF-8: save it as that"),
    ],
)
def test_what_a_file_cannot_mean_is_told(shell: Shell, written: bytes, sentence: str) -> None:
    (shell.directory / "wrong.toml").write_bytes(written + b'\n[texts]\nnl = "Lente!"\n')
    done = shell.type("campaign", "new", "x", "--file", "wrong.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"stopwoord: {sentence}")


@pytest.mark.parametrize("ends", ["2099-01-01", "2099-01-01T10:00:00", "2099-01-01T10:00:00+01:00"])
def test_a_file_says_a_moment_as_toml_does(shell: Shell, ends: str) -> None:
    (shell.directory / "good.toml").write_text(f'ends_at = {ends}\n[texts]\nnl = "Lente!"\n')
    made = json.loads(shell.type("campaign", "new", "x", "--file", "good.toml", "--json").stdout)
    assert made["ends"].startswith(("2098-12-31", "2099-01-01"))


def test_of_one_that_has_not_begun_it_is_not_said_that_its_cost_was_forgotten(shell: Shell) -> None:
    made = shell.type("campaign", "new", "Spring", "--text", "Lente!").stdout.strip()
    told = " ".join(shell.type("campaign", "report", made).stderr.split())
    assert "It has not begun." in told
    assert "is not known" not in told
