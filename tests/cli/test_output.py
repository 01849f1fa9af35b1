"""What commands print: safe in a terminal, and useful to a script."""

import io
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import click
import pytest

from app.cli import output
from app.domain.errors import BadInput


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    colour: Colour
    at: datetime


def test_json_says_our_own_values(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_json({"thing": Thing(Colour.RED, datetime(2026, 1, 2, tzinfo=UTC)), "text": "één"})
    said = capsys.readouterr().out
    assert json.loads(said) == {
        "thing": {"colour": "red", "at": "2026-01-02T00:00:00+00:00"},
        "text": "één",
    }
    assert "één" in said


def test_a_table_outside_a_terminal_is_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_table(["name", "count"], [["a b", 1], ["tab\there", None]])
    assert capsys.readouterr().out == "name\tcount\na b\t1\ntab\\there\t\n"


def test_a_table_without_rows_is_nothing_in_a_terminal_and_its_heading_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output.show_table(["name", "text"], [])
    assert capsys.readouterr().out == "name\ttext\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.show_table(["name", "text"], [])
    assert capsys.readouterr().out == ""


def test_a_table_in_a_terminal_keeps_every_cell_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.show_table(["name", "text"], [["x", "[bold]not markup[/bold]"]])
    assert "[bold]not markup[/bold]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("STOP 👨‍👩‍👧 é", "STOP 👨‍👩‍👧 é"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("a\nb\rc", "a\\nb\\rc"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("\x9b31m", "\\x9b31m"),
        ("\ud800", "\\ud800"),
    ],
)
def test_a_text_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert output.safe(text) == shown


def test_talk_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    output.say("[working]")
    assert capsys.readouterr() == ("", "[working]\n")


def test_without_a_terminal_a_question_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(BadInput, match="--yes"):
        output.confirm("Erase it?", yes=False)


def test_with_yes_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    output.confirm("Erase it?", yes=True)
    assert capsys.readouterr() == ("", "")


def test_a_no_ends_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers = io.StringIO("n\n")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", answers)
    with pytest.raises(click.exceptions.Exit) as left:
        output.confirm("Erase it?", yes=False)
    assert left.value.exit_code == 1
    assert "nothing was changed" in capsys.readouterr().err


def test_one_is_not_called_many() -> None:
    assert [output.so_many(count, "row", "rows") for count in (0, 1, 2, 2000)] == [
        *("0 rows", "1 row", "2 rows", "2,000 rows"),
    ]
