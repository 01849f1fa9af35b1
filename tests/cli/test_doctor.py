"""`stopwoord doctor` beside a whole gateway: all well, and each thing that can be wrong with its remedy."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from app.bootstrap.chance import now
from app.machine.ports import free_port
from app.program_file import example_program
from tests.cli.shell import Shell
from tests.stack import Stack

Problems = dict[str, tuple[str, str]]
TOKEN = "STOPWOORD_TWILIO_AUTH_TOKEN"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("doctor")) as running:
        yield running


@pytest.fixture
def shell(stack: Stack) -> Shell:
    """A shell with the settings of the running gateway."""
    variables = stack.parts["web"].environment
    ours = {name: value for name, value in variables.items() if name.startswith("STOPWOORD_")}
    return Shell(stack.directory, ours)


def problems(shell: Shell, **changed: str) -> Problems:
    """What the doctor finds wrong, each with what was found and the remedy."""
    done = shell.type("doctor", "--json", **changed)
    checks = json.loads(done.stdout)
    assert all(check.keys() == {"name", "ok", "found", "fix"} for check in checks)
    wrong = {check["name"]: (check["found"], check["fix"]) for check in checks if not check["ok"]}
    assert done.returncode == (1 if wrong else 0)
    assert all(fix for _, fix in wrong.values())
    return wrong


def test_when_all_is_well_it_says_so(shell: Shell) -> None:
    done = shell.type("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stderr == "Everything is as it should be.\n"
    assert all(line.split("\t")[0] == "✓" for line in done.stdout.splitlines()[1:])


def test_a_store_that_could_lose_something_is_named_by_setting(shell: Shell, stack: Stack) -> None:
    with redis.Redis.from_url(stack.store.url) as store:
        store.config_set("appendfsync", "everysec")
        store.config_set("maxmemory-policy", "allkeys-lru")
        try:
            found = problems(shell)
        finally:
            store.config_set("appendfsync", "always")
            store.config_set("maxmemory-policy", "noeviction")
    assert found.keys() == {"store appendfsync", "store maxmemory-policy"}
    value, fix = found["store appendfsync"]
    assert (value, fix.split(",")[0]) == ("everysec", "CONFIG SET appendfsync always")


def test_slips_in_the_settings_have_their_remedies(shell: Shell, tmp_path: Path) -> None:
    named = tmp_path / "program.toml"
    # Nobody could confirm a sign-up by texting to a name.
    text = example_program().read_text().partition("[sign_up]")[0]
    named.write_text(text.replace('"+3197010200000"', '"Klaverblad"'))
    found = problems(
        shell,
        STOPWOORD_PROGRAM=str(named),
        STOPWOORD_PUBLIC_URL="http://localhost.example.invalid",
        STOPWOORD_REDIS_ULR="redis://127.0.0.1",
        STOPWOORD_TWILIO_URL=f"http://127.0.0.1:{free_port()}",
    )
    assert found.keys() == {"settings", "sender can receive", "webhook address", "webhook", "provider"}
    assert found["settings"] == ("STOPWOORD_REDIS_ULR means nothing", "did you mean STOPWOORD_REDIS_URL?")
    assert "use a number" in found["sender can receive"][1]
    assert "https" in found["webhook address"][1]
    assert "STOPWOORD_TWILIO_URL" in found["provider"][1]


def test_a_short_code_needs_to_be_told_who_answers(shell: Shell, tmp_path: Path) -> None:
    named = tmp_path / "program.toml"
    named.write_text(example_program().read_text().replace('"+3197010200000"', '"12345"'))
    answers = {"STOPWOORD_PROGRAM": str(named), "STOPWOORD_PROVIDER_ANSWERS": "default"}
    found = problems(shell, **answers)
    assert found.keys() == {"who answers"}
    assert found["who answers"][1].startswith("set STOPWOORD_PROVIDER_ANSWERS=none")
    assert shell.type("doctor", "--release", **answers).returncode == 1
    assert problems(shell, **answers | {"STOPWOORD_PROVIDER_ANSWERS": "none"}) == {}


def test_credentials_that_are_refused_are_told_from_silence(shell: Shell) -> None:
    found = problems(shell, **{TOKEN: "another"})
    assert found.keys() == {"provider", "webhook"}
    assert TOKEN in found["provider"][1]


def test_a_web_process_with_another_token_is_found_out(shell: Shell, stack: Stack) -> None:
    web = stack.parts["web"]
    own = web.environment
    try:
        web.stop()
        web.environment = {**own, TOKEN: "another"}
        web.start()
        stack.wait_until_ready()
        found = problems(shell)
    finally:
        web.stop()
        web.environment = own
        web.start()
        stack.wait_until_ready()
    assert found.keys() == {"webhook"}
    assert "another public URL or token" in found["webhook"][0]


def test_what_does_not_run_is_named_and_a_release_does_not_mind(shell: Shell, stack: Stack) -> None:
    for name in ("clock", "web", *stack.workers):
        stack.parts[name].stop()
    stack.gateway.bookmarks.beat(now() - timedelta(seconds=20))
    try:
        found = problems(shell)
        release = shell.type("doctor", "--release")
    finally:
        stack.restart_ended()
        stack.wait_until_ready()
    assert found.keys() == {"clock", "webhook", "workers"}
    assert found["clock"][1].endswith("python -m workers.clock")
    assert "python -m app.web" in found["webhook"][1]
    assert found["workers"] == ("0 listening", "start a worker: python -m workers.runner")
    assert (release.returncode, release.stderr) == (0, "Everything is as it should be.\n")


def test_without_a_store_everything_that_needs_it_is_told(shell: Shell) -> None:
    found = problems(shell, STOPWOORD_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    assert {"store", "queue", "clock", "workers"} <= found.keys()
    assert found["store"][1] == "start the store, or correct STOPWOORD_REDIS_URL"
