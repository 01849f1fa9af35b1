"""`stopwoord keywords` as somebody types it who asks what a text would do."""

import json
from pathlib import Path

import pytest

from app.domain.consent import State
from app.program_file import example_program
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


def test_twilio_answers_no_word_for_a_short_code(shell: Shell) -> None:
    example = Path(shell.variables["STOPWOORD_PROGRAM"]).read_text()
    program = shell.directory / "short.toml"
    program.write_text(example.replace('sender = "+3197010200000"', 'sender = "12345"'))
    listed = shell.type("keywords", "list", "--json", STOPWOORD_PROGRAM=str(program)).stdout
    assert {word["answered_by"] for word in json.loads(listed)} == {"Stopwoord"}


def test_a_text_is_explained_for_every_state(shell: Shell) -> None:
    done = shell.type("keywords", "try", "Stop")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "STOP by the rule keyword. The message is a keyword and nothing else. Words: stop."
    )
    rows = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert [row[0] for row in rows] == ["state", *State]
    assert {row[1] for row in rows[1:]} == {"opted_out"}
    found = json.loads(shell.type("keywords", "try", "Stop", "--json").stdout)
    assert found.keys() == {"reading", "explanation", "answered_by"}
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


PHRASES = """\
{"text": "haal mij van de lijst", "signal": "stop"}

{"text": "Flierefluiten", "signal": "stop"}
{"text": "tot morgen", "signal": "other"}
"""


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    file = tmp_path / "phrases.jsonl"
    file.write_text(PHRASES, encoding="utf-8")
    return file


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A program file with words of its own."""
    file = tmp_path / "changed.toml"
    own = '\n[words.nl.classes]\nclear = ["flierefluiten"]\n'
    file.write_text(example_program().read_text(encoding="utf-8") + own, encoding="utf-8")
    return file


def test_a_file_of_phrases_is_counted_and_every_miss_is_listed(shell: Shell, phrases: Path) -> None:
    done = shell.type("keywords", "check", str(phrases))
    assert done.returncode == 1
    table, misses = (part.splitlines() for part in done.stdout.split("\n\n"))
    assert table[0].split("\t") == [
        "should be",
        "stop",
        "unclear",
        "start",
        "confirm",
        "help",
        "other",
        "phrases",
    ]
    assert table[1].split("\t") == ["stop", "1", "0", "0", "0", "0", "1", "2"]
    assert misses[1:] == ["stop\tother\tordinary\t\tFlierefluiten"]
    assert done.stderr == "1 of 3 are misread.\n"


def test_a_change_of_words_is_measured_before_it_goes_live(
    shell: Shell, phrases: Path, changed: Path
) -> None:
    done = shell.type("keywords", "check", str(phrases), "--program", str(changed))
    assert (done.returncode, done.stderr) == (0, "0 of 3 are misread.\n")
    text = ("keywords", "try", "flierefluiten", "--program", str(changed))
    assert shell.type(*text).stdout.startswith("STOP by the rule expression.")


def test_a_changed_program_needs_no_settings(shell: Shell, phrases: Path, changed: Path) -> None:
    bare = Shell(shell.directory, {})
    assert bare.type("keywords", "check", str(phrases), "--program", str(changed)).returncode == 0
    assert bare.type("keywords", "check", str(phrases)).returncode == 4


def test_the_measure_can_be_had_as_data(shell: Shell, phrases: Path) -> None:
    done = shell.type("keywords", "check", str(phrases), "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert (found["phrases"], found["table"]["stop"]["other"], found["table"]["other"]["other"]) == (
        3,
        1,
        1,
    )
    assert [miss["text"] for miss in found["misses"]] == ["Flierefluiten"]
    assert found["misses"][0]["reading"]["rule"] == "ordinary"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"text": "a", "signal": "stop"}\n\n{"text": "b"', "line 3 is not JSON"),
        (b'{"text": "a", "signal": "halt"}', "line 1: \"signal\" is 'halt', not one of stop, unclear"),
        (b'{"text": "a", "signal": ["stop"]}', "line 1: \"signal\" is ['stop'], not one of stop, unclear"),
        (b"[" * 100_000, "line 1 is not JSON"),
        (b"caf\xe9", "is not UTF-8: save it as that"),
        (b"\n", 'has no phrases: give every message a line such as {"text"'),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_a_file_that_has_no_phrases_is_refused_in_a_sentence(
    shell: Shell, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "wrong.jsonl"
    if content is not None:
        file.write_bytes(content)
    done = shell.type("keywords", "check", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
