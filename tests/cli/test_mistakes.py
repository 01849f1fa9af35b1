"""What was typed wrongly is told in our words: what it is about, and what it has to be."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli.lazy import load
from app.cli.main import COMMANDS
from app.cli.mistakes import must_be, name_of
from tests.cli.shell import Shell

OTHER_WORDS = (
    "Invalid value",
    "No such",
    "Missing",
    "Got unexpected",
    "requires",
    "not in the range",
    "Error:",
)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, {})


def parameters(command: click.Command) -> Iterator[click.Parameter]:
    yield from command.params
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from parameters(below)


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_cannot_be_of_any_form_has_words_for_its_own(name: str) -> None:
    for param in parameters(load(COMMANDS[name].target)):
        if not isinstance(param.type, click.types.StringParamType | click.types.BoolParamType):
            assert must_be(param.type, None).startswith("must be "), f"{name}: {name_of(param)}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("campaign preview x --sample abc", "--sample must be a whole number from 0 to 100: see"),
        ("campaign preview x --sample 101", "--sample must be a whole number from 0 to 100: see"),
        ("subscribers list --most abc", "--most must be a whole number, 1 or more: see"),
        ("subscribers list --most", "--most needs a value\n"),
        ("subscribers list --mosst 3", "there is no option --mosst: did you mean --most?\n"),
        ("subscribers export --format xml", "--format must be csv or jsonl: see"),
        ("campaign new Spring --file .", "--file must be a file that can be read, and no directory: see"),
        ("staff add ann --role boss", "--role must be viewer, support, marketer or admin: see"),
        ("campaign cancel x --yes=3", "--yes takes no value\n"),
        ("campaign schedule x", "--at is missing: see `stopwoord campaign schedule --help`\n"),
        ("campaign show", "CAMPAIGN is missing: see `stopwoord campaign show --help`\n"),
        ("campaign show a b", "this takes CAMPAIGN and no more: put what has spaces between quotes: see"),
        ("campaign list a", "this takes options only, and no word without dashes: see"),
        ("campaign prevew x", "there is no command prevew: did you mean preview?\n"),
        ("subscriber '06 12345678'", "there is no command [number]: see `stopwoord subscriber --help`\n"),
        ("subscriber show --+31612345678", "there is no option --[number]: see"),
    ],
)
def test_a_mistake_is_told_in_our_own_words(typed: str, sentence: str, shell: Shell) -> None:
    done = shell.type(*shlex.split(typed))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"stopwoord: {sentence}")
    assert not any(words in done.stderr for words in OTHER_WORDS)


def test_a_group_without_a_command_shows_which_there_are(shell: Shell) -> None:
    done = shell.type("campaign")
    assert (done.returncode, done.stderr.count("stopwoord: ")) == (2, 0)
    assert "preview" in done.stdout
