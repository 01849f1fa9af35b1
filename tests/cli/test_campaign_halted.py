"""A campaign that does not go on: what is said of it is what is so, and what to do next is possible."""

from pathlib import Path

import pytest

from app.bootstrap import Gateway, build
from app.cli.campaign_watch import left_alone
from app.domain.campaign import CampaignStatus
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.campaign_stories import spring
from tests.cli.shell import Shell
from tests.installation import environment, settings_for
from tests.stack.audience import subscribe

LATER = ("--at", "2099-01-01 10:00", "--yes")


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    subscribe(RedisConsents(connect(store_url)), ["+31612345678"])
    return Shell(tmp_path, environment(store_url))


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    return build(settings_for(store_url))


def said(shell: Shell, *typed: str) -> str:
    done = shell.type("campaign", *typed)
    assert done.returncode == 0, done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_one_that_is_taken_off_its_schedule_is_called_a_draft_and_can_be_put_back(
    shell: Shell, gateway: Gateway
) -> None:
    made = said(shell, "new", "Spring", "--text", "Lente!").split()[0]
    said(shell, "schedule", made, *LATER)
    paused = said(shell, "pause", made, "--reason", "wrong price")
    assert "it is a draft again" in paused
    assert f"`stopwoord campaign schedule {made} --at" in paused
    assert "resume" not in paused  # which would be refused
    shown = said(shell, "show", made)
    assert shown.startswith(f"Spring ({made}): draft, taken off its schedule by cli:")
    assert ": wrong price text in nl" in shown
    said(shell, "schedule", made, *LATER)
    assert "wrong price" not in said(shell, "show", made)
    assert gateway.campaigns.manage.change.load(made).halted_by == ""


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (CampaignStatus.DRAFT, "is draft"),
        (CampaignStatus.SCHEDULED, "stays scheduled. `stopwoord campaign pause spring22` takes it off"),
        (CampaignStatus.FREEZING, "goes on. `stopwoord campaign pause spring22` stops it"),
        (CampaignStatus.RUNNING, "goes on. `stopwoord campaign pause spring22` stops it"),
        (CampaignStatus.PAUSED, "stays paused. `stopwoord campaign resume spring22` lets it go on"),
        (CampaignStatus.FINISHED, "is finished"),
        (CampaignStatus.CANCELLED, "is cancelled"),
    ],
)
def test_whoever_leaves_the_watching_hears_what_becomes_of_it(status: CampaignStatus, becomes: str) -> None:
    assert left_alone(spring(status=status)).startswith(f"The campaign {becomes}")
