"""A campaign from several numbers: each person always has the same one, and is answered from the one they text."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.campaign import CampaignStatus
from app.domain.number import Number
from app.domain.replies import Language
from app.program_file import example_program
from app.services.campaign_plan import Plan
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.stack import Stack, eventually
from tests.stack.audience import subscribe

SLOW, FAST = "+3197010200001", "+3197010200002"
RATES = {SLOW: 4, FAST: 40}
PEOPLE = 120


@pytest.fixture
def stack(directory: Path) -> Iterator[Stack]:
    """A gateway with two senders of campaigns, and two workers that share their rates."""
    directory.mkdir(parents=True)
    program = directory / "program.toml"
    table = "".join(f'"{sender}" = {rate}\n' for sender, rate in RATES.items())
    shipped = example_program().read_text(encoding="utf-8")
    program.write_text(f"{shipped}\n[campaign_senders]\n{table}", encoding="utf-8")
    with Stack(directory, campaign_workers=2, program=program, gap_minutes=0) as running:
        yield running


def run(stack: Stack, text: str, own: tuple[str, ...] | None = None) -> str:
    manage = stack.gateway.campaigns.manage
    made = manage.create(Plan(name=text, texts={Language("nl"): text}, senders=own), actor="test").id
    manage.send(made)
    eventually(
        lambda: manage.progress(made).campaign.status is CampaignStatus.FINISHED,
        seconds=60,
        what="it is finished",
    )
    return made


def senders_of(stack: Stack, text: str) -> dict[str, str]:
    """From whom each handset got that text."""
    found = [m for m in stack.sandbox.messages() if m["direction"] != "inbound" and text in m["body"]]
    assert len(found) == len({message["to"] for message in found})
    return {message["to"]: message["from"] for message in found}


def moments(stack: Stack, sender: str) -> list[datetime]:
    """When the sandbox took that sender's messages."""
    found = [m["created_at"] for m in stack.sandbox.messages() if m["from"] == sender]
    return sorted(datetime.fromisoformat(moment) for moment in found)


def test_each_person_has_one_number_at_its_own_rate_and_is_answered_from_the_one_they_text(
    stack: Stack,
) -> None:
    numbers = [stack.new_number() for _ in range(PEOPLE)]
    subscribe(RedisConsents(connect(stack.store.url)), numbers)
    senders = stack.gateway.program.senders(10)
    expected = {number: senders.of(Number(number)) for number in numbers}
    run(stack, "Lente")
    assert senders_of(stack, "Lente") == expected
    for sender, rate in RATES.items():
        times = moments(stack, sender)
        # A second's worth is saved up, and none is sent faster than that together by the two workers.
        assert len(times) - 1 <= rate * ((times[-1] - times[0]).total_seconds() + 1.2)
    stopped = next(number for number in numbers if expected[number] == SLOW)
    assert stack.sandbox.text(stopped, "stop", to=SLOW)["webhook"]["status"] == 200
    other = next(number for number in numbers if expected[number] == SLOW and number != stopped)
    assert stack.sandbox.text(other, "hulp", to=FAST)["webhook"]["status"] == 200
    stack.at_rest()
    assert stack.sandbox.conversation(stopped)[-1]["from"] == SLOW
    assert stack.sandbox.conversation(other)[-1]["from"] == FAST
    run(stack, "Zomer")
    assert senders_of(stack, "Zomer") == {n: sender for n, sender in expected.items() if n != stopped}
    own = (stack.gateway.program.sender, FAST)
    run(stack, "Herfst", own)
    others = {number: senders.of(Number(number), own) for number in numbers if number != stopped}
    assert set(others.values()) == set(own)
    assert senders_of(stack, "Herfst") == others
