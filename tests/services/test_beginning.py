"""While an audience is still being written down: who is, gets the text; and pausing and cancelling hold already."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.domain.campaign import Audience, Campaign, CampaignStatus
from app.domain.consent import State
from app.domain.errors import StoreUnavailable
from app.domain.partition import PARTITIONS
from app.domain.recipient import Reason
from app.services import run_campaigns
from app.services.campaign_changes import tally
from app.services.campaign_plan import Plan
from app.services.ports import Line, Refused
from app.services.send_campaign import SendCampaign, Sent
from tests.services.campaign_desk import Desk
from tests.services.conftest import Installation
from tests.stories import NL

PEOPLE = 40
IN_DUTCH = Plan("Spring", {NL: "Lente!"}, audience=Audience(languages=frozenset({NL})))


@pytest.fixture
def desk(shop_floor: Installation, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An installation that takes long to write an audience down, and does only a little at a time."""
    made, every = Desk(shop_floor), shop_floor.campaigns
    monkeypatch.setattr(run_campaigns, "FREEZE_SECONDS", 0.05)
    monkeypatch.setattr(run_campaigns, "LONGEST_SECONDS", 0.25)
    monkeypatch.setattr(every, "freeze", slowly(every.freeze))
    made.joined(PEOPLE)
    return made


def slowly(freeze: Callable[..., bool]) -> Callable[..., bool]:
    def frozen(*arguments: object) -> bool:
        done = freeze(*arguments)
        time.sleep(0.005 * done)
        return done

    return frozen


def until_tried(desk: Desk, campaign: str, many: int = 1) -> int:
    """Let it run until so many texts were tried; how many were."""
    for _ in range(100):
        assert desk.run()
        tried = tally(desk.manage.progress(campaign).counts).tried
        if tried >= many:
            return tried
    raise AssertionError("nobody gets it")


def until_over(desk: Desk, campaign: str) -> None:
    for _ in range(50):
        desk.run()
        desk.tend()
        if desk.of(campaign).finished_at:
            return


def test_the_first_texts_leave_before_everybody_is_written_down_and_each_once(desk: Desk) -> None:
    made = desk.sent(IN_DUTCH)
    assert until_tried(desk, made) < PEOPLE
    assert desk.of(made).status is CampaignStatus.FREEZING
    assert desk.tend()  # a worker is wanted for the others
    until_over(desk, made)
    assert desk.of(made).status is CampaignStatus.FINISHED
    assert len({one.number for one in desk.floor.provider.sent}) == len(desk.floor.provider.sent) == PEOPLE


def test_an_audience_that_only_sets_tell_is_written_down_whole_before_anybody_gets_it(desk: Desk) -> None:
    made = desk.sent()
    assert desk.run()
    assert desk.floor.provider.sent == []
    assert desk.of(made).status is CampaignStatus.RUNNING


def test_it_is_paused_at_once_and_goes_on_with_everybody(desk: Desk) -> None:
    made = desk.sent(IN_DUTCH)
    until_tried(desk, made)
    desk.manage.pause(made, "the price is wrong", actor="ann")
    sent = len(desk.floor.provider.sent)
    desk.run()
    desk.floor.campaigns.skip(
        made, desk.floor.store.numbers(State.SUBSCRIBED), Reason.CAPPED, desk.floor.now()
    )
    desk.tend()  # nobody who is written down waits any more, and the others have not had their turn
    assert desk.of(made).status is CampaignStatus.PAUSED
    assert len(desk.floor.provider.sent) == sent < PEOPLE
    desk.manage.resume(made)
    until_over(desk, made)
    assert len({one.number for one in desk.floor.provider.sent}) == len(desk.floor.provider.sent) > sent
    assert desk.manage.progress(made).counts["frozen"] == PEOPLE


def test_one_that_goes_badly_is_paused_before_everybody_is_written_down(desk: Desk) -> None:
    desk.floor.provider.next.extend([Refused(21211, blocked=False, gone=False)] * PEOPLE)
    made = desk.sent(IN_DUTCH)
    until_tried(desk, made, many=4)
    assert desk.of(made).status is CampaignStatus.FREEZING
    assert not desk.tend()
    assert (desk.of(made).status, desk.of(made).halted_by) == (CampaignStatus.PAUSED, "stopwoord")


def test_once_it_is_cancelled_nobody_else_is_written_down_and_all_have_an_outcome(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hours.closed_until = desk.floor.now() + timedelta(hours=8)
    freeze, written = desk.floor.campaigns.freeze, list[bool]()

    def cancelled_on_the_way(*arguments: Any) -> bool:
        written.append(freeze(*arguments))
        if sum(written) == PARTITIONS // 2:
            desk.manage.cancel(made, "the price is wrong", actor="ann")
        return written[-1]

    monkeypatch.setattr(desk.floor.campaigns, "freeze", cancelled_on_the_way)
    made = desk.sent(IN_DUTCH)
    until_over(desk, made)
    assert sum(written) == PARTITIONS // 2
    found = [outcome for _, outcome in desk.manage.results.outcomes(made)]
    assert {one.reason for one in found} == {Reason.CANCELLED}
    assert 0 < len(found) == desk.manage.progress(made).counts["frozen"] < PEOPLE


@pytest.mark.parametrize("seconds", [0.05, 60])
def test_once_it_is_paused_nobody_gets_it_although_it_can_still_be_claimed_from(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    made, every = desk.sent(IN_DUTCH), desk.floor.campaigns
    freeze = every.freeze

    def out_of_reach(_: str) -> None:
        raise StoreUnavailable("the store was gone before the second step of the pause")

    def paused_with_the_first(*arguments: Any) -> bool:
        done = freeze(*arguments)
        if every.left(made).any and desk.of(made).status is CampaignStatus.FREEZING:
            with pytest.raises(StoreUnavailable):
                desk.manage.pause(made, "the price is wrong", actor="ann")
            time.sleep(0.05)  # the shorter of the turns is over
        return done

    monkeypatch.setattr(run_campaigns, "FREEZE_SECONDS", seconds)
    monkeypatch.setattr(every, "disarm", out_of_reach)
    monkeypatch.setattr(every, "freeze", paused_with_the_first)
    while desk.of(made).status is CampaignStatus.FREEZING:
        desk.run()
    desk.run()
    assert desk.of(made).status is CampaignStatus.PAUSED
    assert desk.floor.provider.sent == []


def test_one_that_runs_leaves_the_time_to_one_that_is_written_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_campaigns, "LONGEST_SECONDS", 3600)
    runs = desk.sent()
    desk.run()
    desk.floor.now.goes_on(seconds=1)
    begins, turns = desk.sent(IN_DUTCH), dict[str, list[float]]()

    async def turn(_: SendCampaign, campaign: Campaign, __: Line, seconds: float) -> Sent:
        if desk.of(begins).status is CampaignStatus.FREEZING:
            turns.setdefault(campaign.id, []).append(seconds)
        return Sent(0)

    monkeypatch.setattr(SendCampaign, "__call__", turn)
    desk.run()
    assert set(turns[runs]) == {run_campaigns.TURN_SECONDS}
    assert set(turns[begins]) == {run_campaigns.FREEZE_SECONDS}
    assert desk.of(begins).status is CampaignStatus.RUNNING


def test_one_that_cannot_be_written_down_does_not_hold_up_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = desk.sent()
    desk.floor.now.goes_on(seconds=1)
    whole, freeze = desk.sent(), desk.floor.campaigns.freeze

    def unreadable(campaign: Campaign, *rest: Any) -> bool:
        if campaign.id == broken:
            raise StoreUnavailable("a record of this audience cannot be read")
        return freeze(campaign, *rest)

    monkeypatch.setattr(desk.floor.campaigns, "freeze", unreadable)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="cannot be read"):
            desk.run()
    assert desk.of(broken).status is CampaignStatus.FREEZING
    assert len({one.number for one in desk.floor.provider.sent}) == PEOPLE
    desk.tend()
    assert desk.of(whole).status is CampaignStatus.FINISHED
