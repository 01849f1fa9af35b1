"""`stopwoord campaign preview` as marketers type it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import Gateway, build
from app.bootstrap.chance import now
from app.domain.number import Number
from app.domain.replies import Language
from app.services.campaign_plan import Plan
from app.store import keys
from app.store.codec import to_ms
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.cli.shell import Shell
from tests.installation import environment, settings_for
from tests.stack.audience import subscribe

ANNA, BEA = "+31612345678", "+31612345679"
TEXT = "Lente\u2019s 10% korting" + "!" * 50


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url, quiet_hours="ignored"))


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    subscribe(RedisConsents(connect(store_url)), [ANNA, BEA])
    return build(settings_for(store_url))


@pytest.fixture
def made(gateway: Gateway) -> str:
    return gateway.campaigns.manage.create(Plan("Spring", {Language("nl"): TEXT}), actor="test").id


def test_audience_price_and_text_are_shown_and_nothing_is_sent(shell: Shell, made: str) -> None:
    shell.type("subscriber", "opt-out", BEA, "--reason", "called us")
    done = shell.type("campaign", "preview", made)
    assert (done.returncode, done.stderr) == (0, "Nothing was sent.\n")
    lines = done.stdout.splitlines()
    assert lines[:5] == [
        "\tpeople\tleft",
        "the audience, whatever their consent\t\t2",
        "- opted out\t1\t1",
        "would get it\t\t1",
        "… of them now\t\t1",
    ]
    said = done.stdout
    assert "1 person gets 2 segments" in said
    assert "2 segments: about EUR 0.18 (an example of prices, put your own into [rates]" in said
    assert "turns 1 segment into 2: 2.0 times the price" in said
    assert "\u2019 (1x): write '" in said
    found = json.loads(shell.type("campaign", "preview", made, "--sample", "0", "--json").stdout)
    assert (found["funnel"]["reached"], found["cost"]["total"], found["samples"]) == (1, "0.18", [])


def test_a_preview_of_one_that_has_begun_is_not_taken_for_what_becomes_of_it(
    shell: Shell, gateway: Gateway, made: str
) -> None:
    gateway.campaigns.manage.schedule(made, now() + timedelta(days=1))
    assert "It is" not in shell.type("campaign", "preview", made).stderr
    gateway.campaigns.manage.cancel(made, "wrong price", actor="test")
    told = " ".join(shell.type("campaign", "preview", made).stderr.split())
    assert told.startswith("It is cancelled: this is what a new campaign like it would be now.")
    assert f"`stopwoord campaign report {made}` says what became of this one. Nothing was sent." in told
    assert "It is cancelled" in shell.type("campaign", "preview", made, "--number", ANNA).stderr


def test_who_has_had_the_most_texts_for_now_gets_it_later_and_is_named(
    shell: Shell, store_url: str, made: str
) -> None:
    with connect(store_url) as client:
        client.zadd(keys.NumberKeys(Number(BEA)).sends, {"earlier22": to_ms(now())})
    later = "1 more person has had the most texts for now: they get it when they may have another"
    assert f"{later}.\n" in shell.type("campaign", "preview", made).stdout
    assert f"{later}. " in " ".join(shell.type("campaign", "send", made, "--dry-run").stderr.split()) + " "
    person = shell.type("campaign", "preview", made, "--number", BEA).stdout
    assert person.endswith(
        "They would get it when they may have another text: they have had the most for now\n"
    )
    shell.type("campaign", "edit", made, "--ends", "2099-01-01")
    ends = shell.type("campaign", "preview", made).stdout
    assert f"{later}, unless the campaign ends first.\n" in ends


def test_one_person_is_shown_with_the_reason(shell: Shell, made: str) -> None:
    shell.type("subscriber", "opt-out", BEA, "--reason", "called us")
    assert "They would get it now." in shell.type("campaign", "preview", made, "--number", ANNA).stdout
    refused = shell.type("campaign", "preview", made, "--number", "06-12345679").stdout
    assert refused.endswith("They would not get it: opted out\n")
    found = json.loads(shell.type("campaign", "preview", made, "--number", BEA, "--json").stdout)
    assert (found["number"], found["reason"]) == (BEA, "They would not get it: opted out")


def test_a_test_text_is_refused_in_a_sentence_and_says_when_it_was_not_sent(shell: Shell, made: str) -> None:
    stranger = shell.type("campaign", "test", made, "--to", "06-87654321")
    assert (stranger.returncode, stranger.stdout) == (2, "")
    assert stranger.stderr.startswith("stopwoord: there is no consent of this number")
    away = shell.type("campaign", "test", made, "--to", ANNA)
    told = "It was not sent: the provider was not reached; try again later.\n"
    assert (away.returncode, away.stderr) == (1, told)
