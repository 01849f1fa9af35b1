"""`stopwoord keywords` as somebody types it who asks what a text would do."""

import json
from pathlib import Path

import pytest

from app.domain.consent import State
from tests.cli.shell import Shell
from tests.installation import environment


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Only the words' own settings: no store and no account."""
    return Shell(tmp_path, {"STOPWOORD_PROGRAM": environment("")["STOPWOORD_PROGRAM"]})


def test_every_word_is_listed_with_who_answers_it(shell: Shell) -> None:
    words = json.loads(shell.type("keywords", "list", "--json").stdout)
    assert all(word.keys() == {"word", "languages", "signal", "answered_by"} for word in words)
    by_word = {word["word"]: word for word in words}
    assert (by_word["stop"]["signal"], by_word["stop"]["answered_by"]) == ("stop", "Twilio")
    assert (by_word["afmelden"]["signal"], by_word["afmelden"]["answered_by"]) == ("stop", "Stopwoord")
    lines = shell.type("keywords", "list").stdout.splitlines()
    assert lines[0] == "word\tlanguage\tmeaning\tanswered by"
    assert len(lines) == len(words) + 1
    ours = shell.type("keywords", "list", "--json", STOPWOORD_PROVIDER_ANSWERS="none").stdout
    assert {word["answered_by"] for word in json.loads(ours)} == {"Stopwoord"}


def test_a_text_is_explained_for_every_state(shell: Shell) -> None:
    done = shell.type("keywords", "try", "Stop")
    assert done.returncode == 0
    assert done.stdout.startswith("stop, by the rule “")
    rows = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert [row[0] for row in rows] == ["state", *State]
    assert {row[1] for row in rows[1:]} == {"opted_out"}
    found = json.loads(shell.type("keywords", "try", "Stop", "--json").stdout)
    assert found.keys() == {"reading", "answered_by"}
    assert found["reading"].keys() == {"signal", "rule", "words", "language"}


def test_in_a_terminal_the_words_are_a_table(shell: Shell) -> None:
    shown = shell.type_in_terminal("keywords", "try", "STOP")
    assert "\t" not in shown
    assert "goodbye (once in 24 hours)" in shown


@pytest.mark.parametrize("text", ["", "\x1b[2J\n" + "🛑" * 500])
def test_any_text_has_an_explanation_that_steers_nothing(text: str, shell: Shell) -> None:
    done = shell.type("keywords", "try", text)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_a_program_that_cannot_be_read_is_4(shell: Shell) -> None:
    done = shell.type("keywords", "list", STOPWOORD_PROGRAM="nowhere.toml")
    assert done.returncode == 4
    assert (
        done.stderr == "stopwoord: the program file nowhere.toml cannot be read: No such file or directory\n"
    )
