"""The command line as a script sees it: streams, exit codes and sentences."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.boundary import EXIT_CODES
from app.cli.lazy import load
from app.cli.main import COMMANDS
from app.program_file import example_program

HEAVY = {"flask", "redis", "twilio", "rq", "phonenumbers", "granian", "pydantic", "aiohttp", "requests"}
NEVER_SHOWN = "Traceback (most recent call last)"
FAULTY = """
import sys
from app import boundary
from app.domain import errors
def fail():
    raise {raised}
raise SystemExit(boundary.guarded(fail))
"""


def stopwoord(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(["-m", "app.cli", *arguments], **environment)


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=30,
        check=False,
    )


def test_the_help_lists_every_command_and_every_exit_code() -> None:
    done = stopwoord("--help")
    assert done.returncode == 0
    assert all(f" {name} " in done.stdout for name in COMMANDS)
    assert all(f"{code}  {meaning}" in done.stdout for code, meaning in EXIT_CODES.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = stopwoord(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: stopwoord {name} " in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_their_own_help_begins_with(name: str) -> None:
    command = load(COMMANDS[name].target)
    assert command.help is not None
    assert command.help.splitlines()[0] == COMMANDS[name].summary


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_ends_its_help_with_examples_that_it_understands(name: str) -> None:
    for path, command in leaves(name, load(COMMANDS[name].target)):
        shown = examples(command)
        assert shown, f"{path} has no example"
        for example in shown:
            assert len(example) < 79, f"a terminal would break {example!r}"
            typed = shlex.split(example)
            assert example.startswith(f"stopwoord {path}")
            if not isinstance(command, click.Group):
                command.make_context(path, typed[1 + len(path.split()) :])


def leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, with what is typed for them."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from leaves(f"{path} {name}", below)


def examples(command: click.Command) -> list[str]:
    heading, *shown = (command.epilog or "").split("\n\n")
    assert heading in {"Example:", "Examples:"}
    return shown


def imported(*arguments: str) -> set[str]:
    """The packages that `python ARGUMENTS` imports."""
    lines = run(["-X", "importtime", *arguments]).stderr.splitlines()
    return {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in lines}


def test_the_help_imports_none_of_the_heavy_libraries() -> None:
    found = imported("-m", "app.cli", "--help")
    assert "click" in found
    assert found & HEAVY == set()


def test_a_gateway_does_without_the_library_for_sending_until_it_sends() -> None:
    found = imported("-c", "import app.bootstrap")
    assert "twilio" in found
    assert "aiohttp" not in found


def test_an_unknown_command_is_answered_with_the_nearest_one() -> None:
    done = stopwoord("upp")
    assert done.returncode == 2
    assert done.stderr == "stopwoord: there is no command upp: did you mean up?\n"


def test_the_version_is_the_package_s() -> None:
    assert stopwoord("--version").stdout.startswith("stopwoord 0.")


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        ("errors.BadInput('mend it')", 2),
        ("errors.StoreUnavailable('mend it')", 3),
        ("errors.ProviderUnavailable('mend it')", 3),
        ("errors.Misconfigured('mend it')", 4),
        ("errors.StopwoordError('mend it')", 1),
    ],
)
def test_an_error_is_one_sentence_and_the_exit_code_of_its_kind(raised: str, code: int) -> None:
    done = run(["-c", FAULTY.format(raised=raised)])
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "stopwoord: mend it\n")


def test_an_unexpected_error_tells_its_kind_and_nothing_that_may_be_personal() -> None:
    done = run(["-c", FAULTY.format(raised="ValueError('+31612345678')")], STOPWOORD_LOG_LEVEL="INFO")
    assert done.returncode == 70
    assert "ValueError" in done.stderr
    assert "STOPWOORD_LOG_LEVEL=DEBUG" in done.stderr
    assert "+316" not in done.stderr
    assert NEVER_SHOWN not in done.stderr


def test_an_unexpected_error_is_explained_to_who_asks_for_it() -> None:
    done = run(["-c", FAULTY.format(raised="ValueError('why')")], STOPWOORD_LOG_LEVEL="DEBUG")
    assert done.returncode == 70
    assert "ValueError: why" in done.stderr


def test_an_interrupt_is_130() -> None:
    assert run(["-c", FAULTY.format(raised="KeyboardInterrupt")]).returncode == 130


def test_a_reader_that_leaves_early_hears_nothing_of_it(tmp_path: Path) -> None:
    script = tmp_path / "talkative.py"
    script.write_text(
        "from app import boundary\nfrom app.cli import output\n"
        "def talk():\n    for _ in range(100_000): output.show('line')\n"
        "raise SystemExit(boundary.guarded(talk))\n"
    )
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as talker:
        assert talker.stdout is not None
        assert talker.stderr is not None
        assert talker.stdout.readline() == "line\n"
        talker.stdout.close()
        assert talker.stderr.read() == ""
    assert talker.returncode == 0


def test_a_command_whose_reader_has_seen_enough_has_not_failed() -> None:
    command = [sys.executable, "-m", "app.cli", "keywords", "list"]
    program = {"STOPWOORD_PROGRAM": str(example_program())}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | program,
        text=True,
        pipesize=4096,
    ) as talker:
        assert talker.stdout is not None
        assert talker.stderr is not None
        assert talker.stdout.readline().startswith("word\t")
        talker.stdout.close()
        assert talker.stderr.read() == ""
    assert talker.returncode == 0


def test_a_pipe_that_breaks_elsewhere_is_a_failure() -> None:
    assert run(["-c", FAULTY.format(raised="BrokenPipeError")]).returncode == 1


def test_a_disk_that_is_full_is_told_in_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", "keywords", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"STOPWOORD_PROGRAM": str(example_program())},
            text=True,
            check=False,
        )
    said = "stopwoord: there is no room left on the disk: not everything could be written\n"
    assert (done.returncode, done.stderr) == (1, said)
