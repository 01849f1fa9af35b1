"""What a campaign is sent on: whom it leaves out, from which sender, until when; decided, refused and taken back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import Gateway, build
from app.domain.campaign import Action, Audience, CampaignStatus
from app.domain.charged import Charged
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.cli.shell import Shell
from tests.installation import environment, settings_for
from tests.stack.audience import subscribe

ANNA = "+31612345678"
TEXT = "Lente! 10% korting"


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    return build(settings_for(store_url))


@pytest.fixture
def anna(store_url: str) -> None:
    subscribe(RedisConsents(connect(store_url)), [ANNA])


def draft(shell: Shell, *options: str) -> str:
    return shell.type("campaign", "new", "Spring", "--text", TEXT, *options).stdout.strip()


def status(gateway: Gateway, campaign: str) -> CampaignStatus:
    return gateway.campaigns.manage.change.load(campaign).status


@pytest.mark.usefixtures("anna")
def test_a_value_that_somebody_lacks_is_refused_until_it_is_decided(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    shell.type("campaign", "edit", made, "--text", "Dag\n{{ first_name }}!", "--sender", "+3197010200000")
    sentence = (
        "stopwoord: 1 person has no value for first_name, which the text in nl needs at line 2, column 4: write "
        '{{ first_name | default: "…" }} there, or leave them out with --leave-out first_name\n'
    )
    for command in (
        ("send", "--yes"),
        ("send", "--dry-run"),
        ("schedule", "--yes", "--at", "2099-01-01 10:00"),
    ):
        refused = shell.type("campaign", command[0], made, *command[1:])
        assert (refused.returncode, refused.stderr) == (2, sentence)
    assert status(gateway, made) is CampaignStatus.DRAFT
    assert "it is not sent so; write {{ first_name" in shell.type("campaign", "preview", made).stdout
    decided = shell.type("campaign", "send", made, "--yes", "--leave-out", "first_name")
    assert decided.returncode == 0
    assert "1 person has no value for first_name, which the text in nl needs" in " ".join(
        decided.stderr.split()
    )
    told = [shell.type("campaign", name, made) for name in ("preview", "show", "report")]
    assert "line 2, column 4: left out on purpose." in told[0].stdout
    assert "Left out on purpose: whoever has no value for first_name." in told[1].stdout
    assert "Left out on purpose: whoever has no value for first_name." in told[2].stderr
    assert all("It goes out from +3197010200000" in one.stdout + one.stderr for one in told)
    found = json.loads(shell.type("campaign", "report", made, "--json").stdout)
    assert (found["leaves_out"], found["senders"]) == (["first_name"], ["+3197010200000"])


@pytest.mark.usefixtures("anna")
def test_a_scheduled_one_is_not_edited_into_one_that_would_be_refused(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    shell.type("campaign", "schedule", made, "--at", "2099-01-01 10:00", "--yes")
    before = gateway.campaigns.manage.change.load(made)
    refused = shell.type("campaign", "edit", made, "--text", "Dag {{ first_name }}!")
    assert (refused.returncode, "no value for first_name" in refused.stderr) == (2, True)
    assert gateway.campaigns.manage.change.load(made) == before


def test_what_a_campaign_has_can_be_taken_away_again(shell: Shell, gateway: Gateway) -> None:
    options = ("--ends", "2099-01-01", "--sender", "+3197010200000", "--leave-out", "last_name")
    made = draft(shell, "--tag", "vip", *options)
    both = shell.type("campaign", "edit", made, "--no-end", "--ends", "2099-01-01")
    assert (both.returncode, "--no-end and --ends contradict each other" in both.stderr) == (2, True)
    undo = ("--no-end", "--everybody", "--all-senders", "--leave-nobody-out")
    assert shell.type("campaign", "edit", made, *undo).returncode == 0
    found = gateway.campaigns.manage.change.load(made)
    assert (found.ends_at, found.audience, found.senders) == (None, Audience(), None)
    assert found.leaves_out == frozenset()


def test_what_the_provider_charged_is_told_and_a_provider_that_is_away_is_no_fault(
    shell: Shell, gateway: Gateway
) -> None:
    made, manage = draft(shell), gateway.campaigns.manage
    begun = manage.change(made, Action.SEND, lambda _: {"started_at": datetime.now(UTC)})
    away = shell.type("campaign", "report", made, "--charged")
    sentence = "stopwoord: the provider did not list its prices"
    assert (away.returncode, away.stderr.startswith(sentence)) == (3, True)
    charged = Charged(datetime(2026, 11, 28, tzinfo=UTC), {"USD": Decimal("1.275")}, priced=15, unpriced=1)
    assert manage.campaigns.save(replace(begun, charged=charged, version=begun.version + 1), rests=False)
    told = " ".join(shell.type("campaign", "report", made).stderr.split())
    assert (
        "asked at 2026-11-28 00:00 UTC: USD 1.28 for 15 messages; 1 sent have no price there (yet)." in told
    )
