"""`stopwoord subscriber edit` and `erase` as staff type them: put right, and forgotten down to the last key."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from app.bootstrap import build
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.outbox import Fate, Outcome
from tests.cli.shell import Shell
from tests.installation import environment, settings_for

ANNA, NATIONAL = "+31612345678", "06-12345678"
KEY = "a key of thirty-two characters .."
ERASE = ("subscriber", "erase", NATIONAL, "--reason", "wrote to us", "--yes")
ROW = "phone,when,where,wording,first_name,tags\n0612345678,2026-01-02,till,v1,Annabel,vip\n"


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    (tmp_path / "people.csv").write_text(ROW)
    return Shell(tmp_path, environment(store_url, erasure_key=KEY))


def shown(shell: Shell) -> dict[str, object]:
    found = json.loads(shell.type("subscriber", "show", NATIONAL, "--json").stdout)
    assert isinstance(found, dict)
    return found


def texted(url: str, body: str, index: int) -> None:
    at = datetime(2026, 3, 2, 12, 0, index, tzinfo=UTC)
    receive = build(settings_for(url, erasure_key=KEY)).receive_message
    receive(InboundMessage(f"SM{index:032x}", Number(ANNA), Channel.SMS, body, at))


def everything(url: str) -> Iterator[str]:
    """Every key of the store with all that it holds."""
    with redis.Redis.from_url(url, decode_responses=True, encoding_errors="backslashreplace") as store:
        for key in store.scan_iter():
            match store.type(key):
                case "string":
                    held: object = store.get(key)
                case "hash":
                    held = store.hgetall(key)
                case "list":
                    held = store.lrange(key, 0, -1)
                case "set":
                    held = store.smembers(key)
                case "zset":
                    held = store.zrange(key, 0, -1)
                case kind:
                    raise AssertionError(f"{key} is a {kind}")
            yield f"{key} {held}"


def test_what_is_known_is_shown_and_corrected(shell: Shell) -> None:
    shell.type("subscribers", "import", "people.csv", "--yes")
    assert "  first_name: Annabel\n  tags: vip\n" in shell.type("subscriber", "show", NATIONAL).stdout
    done = shell.type(
        *("subscriber", "edit", NATIONAL, "--first-name", "Anna", "--postcode", "1011 AB", "--tag", "Nieuw"),
        *("--untag", "vip", "--field", "shop=Utrecht", "--zone", "Europe/Amsterdam"),
    )
    assert (done.returncode, done.stderr) == (0, "Corrected.\n")
    assert shown(shell)["profile"] == {
        "first_name": "Anna",
        "last_name": "",
        "zone": "Europe/Amsterdam",
        "postcode": "1011 AB",
        "state": "",
        "tags": ["nieuw"],
        "fields": {"shop": "Utrecht"},
    }
    told = json.loads(shell.type("subscribers", "import", "people.csv", "--yes", "--json").stdout)
    assert (told["newer record"], told["updated"]) == (1, 0)
    shell.type("subscriber", "edit", NATIONAL, "--first-name", "", "--field", "shop=", "--zone", "")
    profile = shown(shell)["profile"]
    assert isinstance(profile, dict)
    assert (profile["first_name"], profile["fields"], profile["zone"]) == ("", {}, None)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "say what is to be changed"),
        (("--zone", "Amsterdam"), 2, "time zone"),
        (("--field", "shop"), 2, "NAME=VALUE"),
        (("--tag", ","), 2, "a tag is"),
        (("--first-name", "x" * 201), 2, "longer than"),
        (("--first-name", "Anna"), 1, "Nothing is known of that number"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    arguments: tuple[str, ...], code: int, sentence: str, shell: Shell
) -> None:
    done = shell.type("subscriber", "edit", NATIONAL, *arguments)
    assert done.returncode == code
    assert sentence in done.stderr


def test_nothing_of_an_erased_person_is_anywhere_in_the_store(shell: Shell, store_url: str) -> None:
    shell.type("subscribers", "import", "people.csv", "--yes")
    texted(store_url, "HELP", 1)
    outbox = build(settings_for(store_url, erasure_key=KEY)).outbox
    (claim,) = outbox.claim(datetime(2026, 3, 2, 12, 1, tzinfo=UTC), 60, 20)
    outbox.settle(claim, Outcome(Fate.SENT, datetime(2026, 3, 2, 12, 2, tzinfo=UTC), message=f"SM{9:032x}"))
    texted(store_url, "stop mijn abonnement", 2)
    traces = ("612345678", "Annabel", "vip", "abonnement", f"SM{9:032x}", "till")
    before = "\n".join(everything(store_url))
    assert all(trace in before for trace in traces)
    done = shell.type(*ERASE)
    assert done.stderr.splitlines()[0] == "Erased."
    assert done.returncode == 3  # nobody answers as the provider here
    left = list(everything(store_url))
    assert [one for one in left if any(trace in one for trace in traces)] == []
    (objection,) = [one for one in left if ":gone:" in one]
    assert "wrote to us" in objection
    kinds = {one.split()[0].rpartition("}:")[2].partition(":")[0] for one in left if one.startswith("sw:")}
    assert kinds == {"gone", "seen", "outbox", "days", "sw"}


def test_who_was_erased_is_refused_until_they_text_start(shell: Shell, store_url: str) -> None:
    shell.type(*ERASE)
    told = json.loads(shell.type("subscribers", "import", "people.csv", "--yes", "--json").stdout)
    assert (told["erased"], told["subscribed"]) == (1, 0)
    rehearsed = json.loads(shell.type("subscribers", "import", "people.csv", "--dry-run", "--json").stdout)
    assert rehearsed["erased"] == 1
    invited = shell.type("subscriber", "invite", NATIONAL, "--source", "till", "--wording", "Text me")
    assert invited.returncode == 1
    assert "erased at their request" in invited.stderr
    assert "erased at their request" in shell.type("subscriber", "show", NATIONAL).stdout
    assert shown(shell)["erased"] is True
    texted(store_url, "START", 1)
    assert (shown(shell)["erased"], shown(shell)["state"]) == (False, "subscribed")
    told = json.loads(shell.type("subscribers", "import", "people.csv", "--yes", "--json").stdout)
    assert told["updated"] == 1


def test_erasing_needs_a_yes_a_reason_and_a_key(shell: Shell) -> None:
    assert shell.type(*ERASE[:-1]).returncode == 2
    assert shell.type(*ERASE[:-2], " ", "--yes").returncode == 2
    done = shell.type(*ERASE, STOPWOORD_ERASURE_KEY="")
    assert done.returncode == 4
    assert "STOPWOORD_ERASURE_KEY is not set" in done.stderr


def test_another_key_than_the_one_people_were_erased_with_stops_imports(shell: Shell) -> None:
    shell.type(*ERASE)
    for key in ("", "another key of thirty-two characters"):
        for command in (("subscribers", "import", "people.csv", "--yes"), ERASE):
            done = shell.type(*command, STOPWOORD_ERASURE_KEY=key)
            assert done.returncode == 4
            assert "STOPWOORD_ERASURE_KEY is not" in done.stderr
