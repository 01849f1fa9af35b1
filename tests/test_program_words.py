"""The program's own words: what they may be, and what is refused by name before it reads anybody wrong."""

from pathlib import Path

import pytest

from app.domain.errors import Misconfigured
from app.domain.intent import read
from app.domain.program import Program
from app.domain.signal import Signal
from app.program_file import example_program, read_program

EXAMPLE = example_program().read_text(encoding="utf-8")


def program_with(directory: Path, table: str, line: str) -> Program:
    path = directory / "program.toml"
    path.write_text(f"{EXAMPLE}\n[words.nl.{table}]\n{line}\n", encoding="utf-8")
    return read_program(path)


def refusal_of(directory: Path, table: str, line: str) -> str:
    with pytest.raises(Misconfigured) as refused:
        program_with(directory, table, line)
    return str(refused.value)


@pytest.mark.parametrize(
    ("line", "text", "signal"),
    [
        ('stop = ["Weg ermee"]', "weg ermee", Signal.STOP),
        ('stop = ["afgelopen nou"]', "afgelopen nou", Signal.STOP),
        ('confirm = ["graag"]', "graag", Signal.CONFIRM),
        ('help = ["waarover gaat dit"]', "Waarover gaat dit?", Signal.HELP),
    ],
)
def test_a_keyword_of_ones_own_is_understood(tmp_path: Path, line: str, text: str, signal: Signal) -> None:
    assert read(text, program_with(tmp_path, "keywords", line)).signal is signal


@pytest.mark.parametrize(
    ("table", "line", "sentence"),
    [
        ("keywords", 'stop = ["start"]', "'start' cannot mean stop, for it means start"),
        ("keywords", 'stop = ["prima hoor"]', "'prima hoor' would make stop of an ordinary message"),
        ("keywords", 'stop = ["hallo"]', "'hallo' cannot mean stop, for people say it beside anything"),
        ("keywords", 'start = ["nou"]', "'nou' cannot mean start, for people say it beside anything"),
        ("keywords", 'confirm = ["nee"]', "'nee' cannot mean confirm, for it says no"),
        ("keywords", 'start = ["niet stil"]', "'niet stil' cannot mean start, for it says no"),
        ("keywords", 'start = ["haal mij van de lijst"]', "people who want to stop say so"),
        (
            "keywords",
            'stop = ["haal <me> weg"]',
            "'haal <me> weg' cannot be a keyword, which is said as it stands",
        ),
        ("keywords", 'stop = ["haal ... weg"]', "'...' is for expressions, in the table classes"),
        ("keywords", 'stop = ["shop"]', "'shop' would make stop of an ordinary message"),
        ("keywords", 'start = ["pakket"]', "'pakket' would make start of an ordinary message"),
        ("keywords", 'start = ["stpoo"]', "'stpoo' cannot mean start, for it is one slip away from a word"),
        ("classes", 'refusal = ["start"]', "'start' would make other of 'start', which means start"),
        ("classes", 'clear = ["geen idee"]', "'geen idee' would make unclear of an ordinary message"),
    ],
)
def test_a_word_that_would_read_somebody_wrong_is_refused(
    tmp_path: Path, table: str, line: str, sentence: str
) -> None:
    said = refusal_of(tmp_path, table, line)
    assert sentence in said
    assert "the program's own words" in said


@pytest.mark.parametrize(
    ("table", "line", "sentence"),
    [
        ("keywords", 'stop = [""]', "'' is not a word"),
        ("classes", 'clears = ["geen zin"]', "there is no class 'clears'"),
        ("replies", 'help = "Bel ons"', "there is no table 'replies'"),
    ],
)
def test_a_mistake_in_the_words_is_refused_by_name(
    tmp_path: Path, table: str, line: str, sentence: str
) -> None:
    assert sentence in refusal_of(tmp_path, table, line)


def test_the_brand_beside_a_keyword_says_nothing() -> None:
    program = read_program(example_program())
    assert read("STOP Klaverblad", program).signal is Signal.STOP
    assert read("STOP Zonneroos", program).signal is Signal.UNCLEAR
