"""`stopwoord held` as staff type it: see who waits and why, and decide."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.bootstrap import build
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from tests.cli.shell import Shell
from tests.installation import environment, settings_for

ANNA, BOB = "+31612345678", "+31687654321"


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


@pytest.fixture(autouse=True)
def two_who_are_held(store_url: str) -> None:
    receive = build(settings_for(store_url)).receive_message
    texts = [(ANNA, "START"), (BOB, "START"), (ANNA, "stop mijn abonnement"), (BOB, "verkeerd nummer")]
    for place, (number, body) in enumerate(texts):
        at = datetime(2026, 3, 2, 12, 0, place, tzinfo=UTC)
        receive(InboundMessage(f"SM{place:032x}", Number(number), Channel.SMS, body, at))


def state(shell: Shell, number: str) -> str:
    return str(json.loads(shell.type("subscriber", "show", number, "--json").stdout)["state"])


def test_who_waits_is_listed_with_what_they_wrote_the_longest_waiting_first(shell: Shell) -> None:
    done = shell.type("held", "list", "--json")
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert [(row["number"], row["words"]) for row in rows] == [
        (ANNA, "stop mijn abonnement"),
        (BOB, "verkeerd nummer"),
    ]
    assert all(row["rule"] for row in rows)
    assert "2 people wait" in shell.type("held", "list").stderr


def test_each_decision_ends_the_waiting_and_leaves_its_proof(shell: Shell) -> None:
    assert shell.type("held", "clear", "06-12345678", "--reason", "about an order").returncode == 0
    assert state(shell, ANNA) == "subscribed"
    assert shell.type("held", "opt-out", "06-87654321", "--reason", "meant it").returncode == 0
    assert state(shell, BOB) == "opted_out"
    assert json.loads(shell.type("held", "list", "--json").stdout) == []
    newest = json.loads(shell.type("subscriber", "show", ANNA, "--json").stdout)["evidence"][-1]
    assert (newest["signal"], newest["words"]) == ("staff_clears_hold", "about an order")
    assert newest["actor"].startswith("cli:")


@pytest.mark.parametrize("decision", ["clear", "opt-out"])
def test_nobody_is_decided_about_who_does_not_wait(shell: Shell, decision: str) -> None:
    done = shell.type("held", decision, "+31 6 11111111", "--reason", "by mistake")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("They are not held: nothing was changed.")
    assert state(shell, "+31611111111") == "unknown"


@pytest.mark.parametrize(("decision", "after"), [("clear", "subscribed"), ("opt-out", "opted_out")])
def test_somebody_whose_number_no_table_knows_can_be_helped(
    shell: Shell, store_url: str, decision: str, after: str
) -> None:
    unlisted = "+31600000077"
    receive = build(settings_for(store_url)).receive_message
    for place, body in enumerate(("START", "verkeerd nummer"), start=10):
        at = datetime(2026, 3, 2, 12, 0, place, tzinfo=UTC)
        receive(InboundMessage(f"SM{place:032x}", Number(unlisted), Channel.SMS, body, at))
    assert state(shell, unlisted) == "held"
    assert shell.type("held", decision, unlisted, "--reason", "called").returncode == 0
    assert state(shell, unlisted) == after
    assert shell.type("subscriber", "opt-out", unlisted, "--reason", "called").returncode == 0
    assert state(shell, unlisted) == "opted_out"
    invited = shell.type("subscriber", "invite", unlisted, "--source", "till", "--wording", "Ja")
    assert (invited.returncode, "no such phone number" in invited.stderr) == (2, True)


def test_a_decision_needs_a_reason(shell: Shell) -> None:
    assert shell.type("held", "clear", ANNA).returncode == 2
    assert shell.type("held", "clear", ANNA, "--reason", "  ").returncode == 2
    assert state(shell, ANNA) == "held"
