"""A campaign as marketers run it, from the file of people to the report: everybody once, and nobody who may not be."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.number import Number
from app.sandbox.message import PRICE_OF_A_SEGMENT
from tests.cli.shell import Shell
from tests.stack import Stack, eventually

PEOPLE = int(os.environ.get("STOPWOORD_TEST_RECIPIENTS", "10000"))
NIGHT, CAPPED, STOPPED, HELD = 40, 30, 5, 3
PATIENCE = 60 + PEOPLE / 20
PROOF = "2026-01-02 14:05,till,v3"
TEXT = "Lente: 10% korting"


@pytest.fixture
def stack(directory: Path) -> Iterator[Stack]:
    """A gateway that keeps the hours, lets nobody have two texts a day, and has two workers for campaigns."""
    with Stack(
        directory,
        campaign_workers=2,
        quiet_hours="kept",
        texts_per_day=1,
        gap_minutes=0,
        read_back_seconds=1,
        segments_per_second=100_000,
        pause_at_opt_outs=100,
    ) as running:
        yield running


def zone_at(hour: int) -> str:
    """A zone in which it is about that hour now. The names of these are turned round: Etc/GMT-9 is ahead."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


class Desk:
    """The commands as a marketer types them on the machine of the gateway."""

    def __init__(self, stack: Stack) -> None:
        settings = stack.parts["web"].environment.items()
        own = {name: value for name, value in settings if name.startswith("STOPWOORD_")}
        self._shell = Shell(stack.directory, own)

    def type(self, *arguments: str) -> str:
        done = self._shell.type(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str) -> dict[str, object]:
        return dict(json.loads(self.type(*arguments, "--json")))

    def begun(self, name: str, *options: str) -> str:
        """A campaign that was set going."""
        made = self.type("campaign", "new", name, "--text", f"{name}: 10% korting", *options).strip()
        self.type("campaign", "send", made, "--yes")
        return made


def file_of(stack: Stack, numbers: list[str]) -> None:
    """The file: the first ones where it is night, the next ones with a tag, all others by day."""
    rows = []
    for place, number in enumerate(numbers):
        zone, tag = zone_at(2 if place < NIGHT else 13), "vip" if NIGHT <= place < NIGHT + CAPPED else ""
        rows.append(f"{number},{PROOF},{zone},{tag}")
    text = "\n".join(["phone,when,where,wording,zone,tags", *rows, ""])
    (stack.directory / "people.csv").write_text(text, encoding="utf-8")


def received(stack: Stack, text: str) -> Counter[str]:
    """How many messages with that text the sandbox accepted for each handset."""
    texts = [m for m in stack.sandbox.messages() if m["direction"] != "inbound" and text in m["body"]]
    return Counter(message["to"] for message in texts)


def finished(stack: Stack, made: str) -> bool:
    return stack.gateway.campaigns.manage.progress(made).campaign.status == "finished"


def text_while_paused(stack: Stack, made: str, people: list[str]) -> tuple[list[str], list[str]]:
    """Some who wait want out, and some write what a person has to read; nothing leaves meanwhile."""
    manage = stack.gateway.campaigns.manage
    before = manage.progress(made).counts["sent"]
    waiting = [n for n in people if manage.results.outcome_of(made, Number(n)) == "waiting"]
    stopped, held = waiting[:STOPPED], waiting[STOPPED : STOPPED + HELD]
    for number, said in [*((n, "stop") for n in stopped), *((n, "verkeerd nummer") for n in held)]:
        assert stack.sandbox.text(number, said)["webhook"]["status"] == 200
    assert manage.progress(made).counts["sent"] == before, "nothing leaves while it is paused"
    return stopped, held


def reported(report: dict[str, Any], *, delivered: int) -> None:
    """The report gives everybody a reason, and says how far the estimate was off."""
    outcomes = {each["outcome"]: each["people"] for each in report["outcomes"]}
    assert outcomes.pop("delivered", 0) + outcomes.pop("sent", 0) == delivered
    assert outcomes == {
        "skipped: the campaign's end came first": NIGHT,
        "skipped: has had the most texts that one person gets in that time": CAPPED,
        "skipped: opted out before their turn came": STOPPED,
        "skipped: held until a person decides about their message": HELD,
    }
    assert report["expected"]["people"] == PEOPLE - CAPPED - NIGHT
    assert report["difference"]["people"] == -STOPPED - HELD
    charged = report["charged"]
    assert charged["priced"] + charged["unpriced"] == delivered
    assert Decimal(charged["totals"]["USD"]) == PRICE_OF_A_SEGMENT * charged["priced"]


def test_from_the_file_to_the_report_everybody_gets_it_once_and_nobody_who_may_not(stack: Stack) -> None:
    desk, manage, began = Desk(stack), stack.gateway.campaigns.manage, time.monotonic()
    numbers = [stack.new_number() for _ in range(PEOPLE)]
    night, capped = numbers[:NIGHT], numbers[NIGHT : NIGHT + CAPPED]
    file_of(stack, numbers)
    desk.type("subscribers", "import", "people.csv", "--yes")
    winter = desk.begun("Winter", "--tag", "vip")
    eventually(lambda: finished(stack, winter), seconds=60, what="an earlier campaign is over")
    stack.sandbox.fault("latency", seconds=0.2 if PEOPLE < 5_000 else 0.02)
    ends = (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds")
    made = desk.type("campaign", "new", "Lente", "--text", TEXT, "--ends", ends).strip()
    funnel = desk.json("campaign", "preview", made)["funnel"]
    assert isinstance(funnel, dict)
    assert (funnel["total"], funnel["- capped"]) == (PEOPLE, CAPPED)
    assert (funnel["- only after the campaign's end"], funnel["waiting"]) == (NIGHT, 0)
    assert funnel["reached"] == PEOPLE - CAPPED - NIGHT
    desk.type("campaign", "send", made, "--yes")
    eventually(lambda: manage.progress(made).counts.get("sent", 0) > PEOPLE // 10, seconds=PATIENCE)
    manage.pause(made, "a look at the answers", actor="test")
    eventually(lambda: manage.progress(made).left.claimed == 0, seconds=30)
    stopped, held = text_while_paused(stack, made, numbers[NIGHT + CAPPED :])
    desk.type("campaign", "resume", made)
    eventually(lambda: finished(stack, made), seconds=PATIENCE, what="it is finished")
    never = {*night, *capped, *stopped, *held}
    assert received(stack, TEXT) == Counter(dict.fromkeys(set(numbers) - never, 1))
    reported(desk.json("campaign", "report", made, "--charged"), delivered=PEOPLE - len(never))
    print(f"{PEOPLE:,} people in {time.monotonic() - began:.0f} s")  # noqa: T201 - pytest shows it with -s
