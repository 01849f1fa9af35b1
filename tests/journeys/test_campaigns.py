"""A campaign from its draft to its end, with two workers, kills and people who stop in the middle."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.campaign import CampaignStatus
from app.domain.number import Number
from app.domain.recipient import Ending, RecipientOutcome
from app.domain.replies import Language
from app.services.campaign_plan import Plan
from app.services.manage_campaigns import Progress
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.stack import Stack, eventually
from tests.stack.audience import subscribe
from tests.stack.processes import children

# 500 in the suite; 10,000 take a minute, nearly all of it the sandbox's latency.
PEOPLE = int(os.environ.get("STOPWOORD_TEST_RECIPIENTS", "500"))
PATIENCE = 60 + PEOPLE / 20


@pytest.fixture
def stack(directory: Path) -> Iterator[Stack]:
    """A gateway of the test's own, whose leases and graces are short."""
    with Stack(
        directory,
        campaign_workers=2,
        lease_seconds=3,
        grace_seconds=3,
        read_back_seconds=1,
        segments_per_second=100_000,
        pause_at_opt_outs=100,
    ) as running:
        yield running


def people(stack: Stack, many: int = PEOPLE) -> list[str]:
    numbers = [stack.new_number() for _ in range(many)]
    subscribe(RedisConsents(connect(stack.store.url)), numbers)
    return numbers


def campaign(stack: Stack) -> str:
    plan = Plan(name="Spring", texts={Language("nl"): "Lente: 10% korting"})
    return stack.gateway.campaigns.manage.create(plan, actor="test").id


def progress(stack: Stack, made: str) -> Progress:
    return stack.gateway.campaigns.manage.progress(made)


def sent(stack: Stack, made: str) -> int:
    return progress(stack, made).counts.get("sent", 0)


def is_(stack: Stack, made: str, status: CampaignStatus) -> bool:
    stack.restart_ended()
    return progress(stack, made).campaign.status is status


def outcome(stack: Stack, made: str, number: str) -> RecipientOutcome:
    found = stack.gateway.campaigns.manage.results.outcome_of(made, Number(number))
    assert isinstance(found, RecipientOutcome), found
    return found


def received(stack: Stack) -> Counter[str]:
    """How many texts each handset was sent, those apart that answer a STOP."""
    texts = [m for m in stack.sandbox.messages() if m["direction"] != "inbound" and "korting" in m["body"]]
    return Counter(message["to"] for message in texts)


def test_everybody_gets_it_once_whatever_is_killed_and_nobody_after_a_stop(stack: Stack) -> None:
    manage, numbers = stack.gateway.campaigns.manage, people(stack)
    stack.sandbox.fault("latency", seconds=0.2)
    made = campaign(stack)
    manage.send(made)
    eventually(lambda: sent(stack, made) > PEOPLE // 10, seconds=PATIENCE)
    manage.pause(made, "a look at the answers", actor="test")
    paused = time.monotonic()
    eventually(lambda: progress(stack, made).left.claimed == 0, seconds=2)
    assert time.monotonic() - paused < 2
    so_far = sent(stack, made)
    waiting = [n for n in numbers if manage.results.outcome_of(made, Number(n)) == "waiting"]
    assert len(waiting) == PEOPLE - so_far
    stopped, held = waiting[:5], waiting[5:8]
    for number in stopped:
        assert stack.sandbox.text(number, "stop")["webhook"]["status"] == 200
    for number in held:
        assert stack.sandbox.text(number, "verkeerd nummer")["webhook"]
    assert {stack.state(number) for number in held} == {"held"}
    manage.resume(made)
    eventually(lambda: sent(stack, made) > so_far, seconds=PATIENCE)
    worker = stack.parts["campaigns-1"].pid
    for child in children(worker) or [worker]:
        os.kill(child, signal.SIGKILL)
    stack.parts["campaigns-2"].kill()
    eventually(lambda: is_(stack, made, CampaignStatus.FINISHED), seconds=PATIENCE)
    expected = set(numbers) - set(stopped) - set(held)
    assert received(stack) == Counter(dict.fromkeys(expected, 1))
    assert {outcome(stack, made, number).reason for number in stopped} == {"opted_out"}
    assert {outcome(stack, made, number).reason for number in held} == {"held"}
    assert {outcome(stack, made, number).ending for number in expected} == {Ending.SENT}
    eventually(
        lambda: progress(stack, made).counts.get("delivered") == len(expected), what="all callbacks came"
    )
    counts = progress(stack, made).counts
    assert (counts["frozen"], counts["sent"], counts["skipped"]) == (PEOPLE, len(expected), 8)
