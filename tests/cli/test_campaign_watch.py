"""Watching a campaign while the store is silent for a while: it goes on, says so, and gives up in the end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.campaign_watch import LONGEST_SILENCE, SILENT, Look, show_bar
from app.domain.campaign import CampaignStatus
from app.domain.errors import StoreAway
from app.launcher.embedded import EmbeddedStore
from app.services.campaign_ports import Left
from app.services.manage_campaigns import Progress
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.campaign_stories import spring
from tests.cli.shell import NEVER_SHOWN, Shell
from tests.installation import environment
from tests.stack.audience import subscribe
from tests.stories import NOON


class Watched:
    """A store that answers or not, and a clock."""

    def __init__(self) -> None:
        self.at, self.answers, self.status = 0.0, True, CampaignStatus.PAUSED

    def ask(self) -> Progress:
        if not self.answers:
            raise StoreAway("the store did not take part")
        campaign = spring(status=self.status, reason=f"at {self.at:.0f}")
        return Progress(campaign, {}, Left(), None, "", {}, NOON)

    def wait(self, seconds: float) -> None:
        self.at += seconds


def test_a_silence_is_sat_out_with_what_was_seen_last_and_each_one_anew() -> None:
    watched = Watched()
    look = Look(watched.ask, watched.ask(), lambda: watched.at)
    for began in (0, 100):
        watched.at, watched.answers = began, True
        assert (look().campaign.reason, look.why) == (f"at {began}", f"paused: at {began}")
        watched.answers = False
        watched.wait(LONGEST_SILENCE - 1)
        assert (look().campaign.reason, look.why) == (f"at {began}", SILENT)
    watched.wait(1)
    with pytest.raises(StoreAway):
        look()


def test_a_silence_and_its_end_are_told_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched()
    steps = iter([(True, CampaignStatus.RUNNING), *[(False, CampaignStatus.RUNNING)] * 2])

    def ask() -> Progress:
        watched.answers, watched.status = next(steps, (True, CampaignStatus.FINISHED))
        return watched.ask()

    show_bar(Look(ask, watched.ask()))
    said = capsys.readouterr().err
    assert said.count("The store does not answer. It is watched for 30 seconds more.") == 1
    assert said.count("The store answers again.") == 1


def test_watching_goes_on_through_a_silence_of_the_store(
    start_store: Callable[..., EmbeddedStore], tmp_path: Path
) -> None:
    store = start_store()
    subscribe(RedisConsents(connect(store.tcp_url)), ["+31612345678"])
    shell = Shell(tmp_path, environment(store.tcp_url))
    made = shell.type("campaign", "new", "Spring", "--text", "Lente!").stdout.strip()
    assert shell.type("campaign", "schedule", made, "--at", "2099-01-01 10:00", "--yes").returncode == 0
    command = [sys.executable, "-m", "app.cli", "campaign", "watch", made, "--json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        said = (json.loads(line)["why"] for line in watching.stdout or ())
        assert next(said).startswith("begins at")
        os.kill(store.pid or 0, signal.SIGSTOP)
        try:
            assert SILENT in said
        finally:
            os.kill(store.pid or 0, signal.SIGCONT)
        assert any(why.startswith("begins at") for why in said)
        watching.send_signal(signal.SIGINT)
        _, rest = watching.communicate(timeout=20)
    assert (watching.returncode, NEVER_SHOWN in rest) == (0, False)
    assert "stays scheduled" in rest
