"""`stopwoord subscriber` as staff type it: by any notation, refused in sentences, and safe to look at."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from app.cli.subscriber import show_subscriber
from app.domain.number import Number
from app.domain.signal import Signal
from app.machine.ports import free_port
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.cli.shell import Shell
from tests.installation import environment
from tests.stories import NOON, apply, texted

ANNA, NATIONAL, IN_FULL = "+31612345678", "06-12345678", "0031612345678"
HOSTILE = "\x1b]0;owned\x07\x1b[2J\nadmin\tsubscribed\r\u202e" + "z" * 20_000
EVIDENCE = {
    *("at", "signal", "channel", "actor", "words", "wording", "before", "after"),
    *("message", "rule", "reply", "note", "stated", "row"),
}
FIELDS = {"campaigns", "number", "state", "since", "channel", "language", "erased", "profile", "evidence"}
INVITE = ("subscriber", "invite", NATIONAL, "--source", "till", "--wording", "Text me")
OPT_OUT = ("subscriber", "opt-out", NATIONAL, "--reason", "called us")


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


def test_nobody_is_known_at_first_and_every_notation_is_the_same_person(shell: Shell) -> None:
    done = shell.type("subscriber", "show", NATIONAL)
    assert (done.returncode, done.stdout) == (0, f"{ANNA}: not known: nothing marketing is sent\n")
    assert done.stderr == "There is no evidence of this number. They can join by texting START.\n"
    shell.type("subscriber", "opt-out", IN_FULL, "--reason", "wrote a letter")
    for written in (NATIONAL, "+31 6 12 34 56 78"):
        found = json.loads(shell.type("subscriber", "show", written, "--json").stdout)
        assert (found["number"], found["state"], len(found["evidence"])) == (ANNA, "opted_out", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("subscriber", "show", "06-1234567a"),
        ("subscriber", "show", "06", "12345678"),
        ("subscriber", "show", "06", "12", "34", "56", "78"),
        ("subscriber", "show", "-31612345678"),
        ("subscriber", "+31612345678"),
        ("subscriber", "opt-out", NATIONAL),
        ("subscriber", "opt-out", NATIONAL, "--reason", " "),
        (*INVITE[:-1], ""),
        (*INVITE, "--language", "xx"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_without_the_number(
    arguments: tuple[str, ...], shell: Shell, store_url: str
) -> None:
    done = shell.type(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("stopwoord: ")
    # The sentence may show how a number is written, by one that is nobody's.
    said = done.stderr.replace("+31 6 12345678", "")
    assert not any(piece in said for piece in ("1234567", "12 34", "34 56"))
    with redis.Redis.from_url(store_url) as store:
        assert store.dbsize() == 0


def test_a_number_that_is_gone_is_not_said_to_have_opted_out(shell: Shell, store_url: str) -> None:
    consents = RedisConsents(connect(store_url))
    for signal in (Signal.START, Signal.NUMBER_GONE):
        apply(consents, Number(ANNA), texted(signal, NOON))
    shown = shell.type("subscriber", "show", NATIONAL).stdout
    assert shown.startswith(f"{ANNA}: number gone: no text reaches it any more")
    assert "opted out:" not in shown


def test_bytes_that_are_no_text_are_refused_before_they_can_be_kept(shell: Shell) -> None:
    done = shell.type(*INVITE[:-1], "caf\udce9")
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr


def test_an_opt_out_is_done_once_and_holds_against_an_invitation(shell: Shell) -> None:
    first, second = (shell.type(*OPT_OUT) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stderr == "Opted out; a confirmation is on its way.\n"
    assert second.stderr == "They had opted out already.\n"
    invited = shell.type(*INVITE)
    assert invited.returncode == 1
    assert invited.stderr == "They have opted out. Only they can undo that, by texting START.\n"
    found = json.loads(shell.type("subscriber", "show", ANNA, "--json").stdout)
    assert found["state"] == "opted_out"
    assert [entry["reply"] for entry in found["evidence"]] == ["goodbye", "", ""]
    assert [entry["words"] for entry in found["evidence"]] == ["called us", "called us", "Text me"]
    assert found["evidence"][0]["actor"].startswith("cli:")


def test_an_invitation_asks_and_keeps_the_wording_with_its_version(shell: Shell) -> None:
    done = shell.type(*INVITE, "--wording-version", "v7", "--language", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert "asked to confirm" in done.stderr
    found = json.loads(shell.type("subscriber", "show", ANNA, "--json").stdout)
    assert found.keys() == FIELDS
    (entry,) = found["evidence"]
    assert entry.keys() == EVIDENCE
    assert (found["state"], found["language"], entry["reply"]) == ("pending", "en", "ask_to_confirm")
    assert (entry["words"], entry["wording"]) == ("Text me", "v7")
    assert entry["actor"].endswith(" at till")


def test_every_field_of_the_json_stands_in_the_help() -> None:
    said = set(re.findall(r"\w+", show_subscriber.help or ""))
    assert said >= FIELDS | EVIDENCE


def test_hostile_words_are_shown_and_steer_nothing(shell: Shell) -> None:
    shell.type("subscriber", "opt-out", ANNA, "--reason", HOSTILE)
    plain = shell.type("subscriber", "show", ANNA).stdout
    _, heading, row = plain.splitlines()
    assert heading.split("\t")[0] == "when (UTC)"
    assert len(row.split("\t")) == len(heading.split("\t")) == 9
    assert "\\x1b]0;owned\\x07\\x1b[2J\\nadmin\\tsubscribed\\r\\u202ez" in row
    found = json.loads(shell.type("subscriber", "show", ANNA, "--json").stdout)
    assert found["evidence"][0]["words"] == HOSTILE
    table = shell.type_in_terminal("subscriber", "show", ANNA)
    assert "\t" not in table
    assert "when (UTC)" in table
    assert not any(signal in table for signal in ("\x1b]", "\x07", "\x1b[2J", "\u202e"))


@pytest.mark.parametrize("command", [OPT_OUT, ("subscriber", "show", NATIONAL)])
def test_a_store_that_is_down_is_3_with_what_to_do_and_names_no_number(
    shell: Shell, command: tuple[str, ...]
) -> None:
    away = f"redis://127.0.0.1:{free_port()}/0"
    done = shell.type(*command, STOPWOORD_REDIS_URL=away)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "stopwoord: the store did not take part: ConnectionError; start it, or correct STOPWOORD_REDIS_URL\n"
    )


def test_without_settings_every_missing_one_is_named(tmp_path: Path) -> None:
    done = Shell(tmp_path, {}).type("subscriber", "show", NATIONAL)
    assert (done.returncode, done.stdout) == (4, "")
    needed = ("PROGRAM", "REDIS_URL", "PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    assert all(f"STOPWOORD_{name} is not set" in done.stderr for name in needed)


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("STOPWOORD_PROGRAM=café.toml".encode("latin-1"))
    for arguments in (("subscriber", "show", NATIONAL), ("up",)):
        done = Shell(tmp_path, {}).type(*arguments)
        assert done.returncode == 4
        assert ".env" in done.stderr
        assert "UTF-8" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without a name")
def test_a_user_without_a_name_is_in_the_proof_by_number() -> None:
    script = "import os; from app.cli.gateway import me; os.setuid(54321); print(me())"
    nameless = {
        name: value
        for name, value in os.environ.items()
        if name not in {"LOGNAME", "USER", "LNAME", "USERNAME"}
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=nameless, capture_output=True, text=True, check=True
    )
    assert done.stdout == "cli:uid 54321\n"
