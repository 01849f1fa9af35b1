"""A worker writes an audience down, the clock looks, a person decides: what holds when these cross."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.domain.campaign import Audience, CampaignStatus
from app.domain.partition import PARTITIONS
from app.domain.recipient import Reason
from app.services.campaign_plan import Plan
from app.services.campaign_ports import Left
from tests.services.campaign_desk import Desk
from tests.services.conftest import Installation
from tests.stories import NL

PEOPLE = 10
EVERYBODY = Plan("Spring", {NL: "Lente!"})
IN_DUTCH = Plan("Spring", {NL: "Lente!"}, audience=Audience(languages=frozenset({NL})))


@pytest.fixture
def desk(shop_floor: Installation) -> Desk:
    made = Desk(shop_floor)
    made.joined(PEOPLE)
    return made


@pytest.fixture
def crossing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets something happen right before, or right after, the store is first asked something."""

    def cross(name: str, happens: Callable[[], object], *, first: bool) -> None:
        asked = getattr(desk.floor.campaigns, name)

        def crossed(*arguments: Any, **more: Any) -> Any:
            monkeypatch.setattr(desk.floor.campaigns, name, asked)
            if first:
                happens()
                return asked(*arguments, **more)
            answer = asked(*arguments, **more)
            happens()
            return answer

        monkeypatch.setattr(desk.floor.campaigns, name, crossed)

    return cross


def writing_down(desk: Desk, campaign: str) -> Callable[[], None]:
    """What a worker does that saw the campaign as it is now, whatever has become of it since."""
    seen = desk.of(campaign)

    def write() -> None:
        for partition in range(PARTITIONS):
            desk.floor.campaigns.freeze(seen, partition, desk.floor.now(), NL)

    return write


@pytest.mark.parametrize("plan", [EVERYBODY, IN_DUTCH])
@pytest.mark.parametrize(("question", "first"), [("left", False), ("is_frozen", True), ("is_frozen", False)])
def test_a_paused_one_is_not_finished_while_its_audience_is_written_down(
    desk: Desk, crossing: Callable[..., None], plan: Plan, question: str, *, first: bool
) -> None:
    made = desk.sent(plan)
    write = writing_down(desk, made)
    desk.manage.pause(made, "the price is wrong", actor="ann")
    crossing(question, write, first=first)
    desk.tend()
    assert desk.of(made).status is CampaignStatus.PAUSED
    write()
    assert desk.manage.results.left(made).todo == PEOPLE


@pytest.mark.parametrize("plan", [EVERYBODY, IN_DUTCH])
@pytest.mark.parametrize(
    ("question", "first"), [("left", True), ("left", False), ("close", True), ("save", False)]
)
def test_whoever_is_written_down_as_it_is_cancelled_has_an_outcome_once_it_rests(
    desk: Desk, crossing: Callable[..., None], plan: Plan, question: str, *, first: bool
) -> None:
    made = desk.sent(plan)
    write = writing_down(desk, made)
    desk.manage.cancel(made, "the price is wrong", actor="ann")
    crossing(question, write, first=first)
    for _ in range(3):
        desk.tend()
        desk.run()
    assert desk.of(made).finished_at
    assert desk.manage.results.left(made) == Left()
    assert not desk.tend()
    found = [outcome.reason for _, outcome in desk.manage.results.outcomes(made)]
    assert found == [Reason.CANCELLED] * desk.manage.progress(made).counts.get("frozen", 0)


def test_a_draft_that_is_cancelled_leaves_nothing_behind(desk: Desk) -> None:
    made = desk.manage.create(EVERYBODY, actor="ann").id
    desk.manage.cancel(made, "never mind", actor="ann")
    desk.tend()
    assert desk.of(made).finished_at
    assert not desk.floor.campaigns.is_frozen(made)


@pytest.mark.parametrize("moved", [True, False])
def test_the_clock_does_not_send_a_scheduled_one_that_was_just_paused_or_moved(
    desk: Desk, crossing: Callable[..., None], *, moved: bool
) -> None:
    made, at = desk.manage.create(EVERYBODY, actor="ann").id, desk.floor.now() + timedelta(hours=1)
    desk.manage.schedule(made, at)
    desk.floor.now.goes_on(hours=1)

    def decide() -> None:
        if moved:
            desk.manage.schedule(made, at + timedelta(days=1))
        else:
            desk.manage.pause(made, "the price is wrong", actor="ann")

    crossing("restless", decide, first=False)
    assert not desk.tend()
    assert desk.of(made).status is (CampaignStatus.SCHEDULED if moved else CampaignStatus.DRAFT)
    assert desk.of(made).started_at is None
    assert not desk.tend()
