"""Campaigns on the fakes: what is sent, what pauses, what waits, and what is left when one is cancelled."""

from datetime import timedelta

import pytest

from app.domain.campaign import CampaignStatus
from app.domain.consent import State
from app.domain.errors import BadInput
from app.domain.recipient import Ending, Reason, RecipientOutcome
from app.services import run_campaigns
from app.services.campaign_plan import Plan
from app.services.ports import FateUnknown, NotSent, Refused
from app.services.run_campaigns import READING_BACK
from tests.fakes.memory_provider import LOST_ANSWER
from tests.services.campaign_desk import Desk
from tests.services.conftest import GRACE, Installation
from tests.stories import NL, person, sid


@pytest.fixture
def desk(shop_floor: Installation) -> Desk:
    return Desk(shop_floor)


def test_everybody_gets_it_and_it_is_finished(desk: Desk) -> None:
    desk.joined(3)
    made = desk.sent()
    assert desk.tend()
    assert not desk.run()
    assert {one.body for one in desk.floor.provider.sent} == {"Voorbeeld: Lente! Stop? Sms STOP"}
    assert {one.number for one in desk.floor.provider.sent} == {person(index) for index in range(3)}
    assert not desk.tend()
    assert (desk.of(made).status, desk.of(made).finished_at) == (CampaignStatus.FINISHED, desk.floor.now())


def test_a_scheduled_one_begins_when_its_time_has_come(desk: Desk) -> None:
    desk.joined(1)
    made = desk.manage.create(Plan("Spring", {NL: "Lente!"}), actor="test").id
    desk.manage.schedule(made, desk.floor.now() + timedelta(hours=1))
    assert not desk.tend()
    desk.floor.now.goes_on(hours=1)
    assert desk.tend()
    assert desk.of(made).status is CampaignStatus.FREEZING


def test_one_that_is_paused_before_its_audience_is_written_down_is_not_over(desk: Desk) -> None:
    desk.joined(3)
    campaign = desk.sent()
    desk.manage.pause(campaign, "a slip", actor="test")
    desk.tend()
    assert desk.of(campaign).status is CampaignStatus.PAUSED
    desk.manage.resume(campaign)
    desk.run()
    desk.tend()
    assert desk.of(campaign).status is CampaignStatus.FINISHED
    assert desk.outcome(campaign, 2).ending is Ending.SENT


def test_a_campaign_that_would_be_over_before_it_begins_is_refused(desk: Desk) -> None:
    desk.joined(1)
    now, hour = desk.floor.now(), timedelta(hours=1)
    with pytest.raises(BadInput, match="nobody would get it: give it a later end"):
        desk.manage.create(Plan("Spring", {NL: "Lente!"}, ends_at=now), actor="test")
    made = desk.manage.create(Plan("Spring", {NL: "Lente!"}, ends_at=now + 2 * hour), actor="test").id
    with pytest.raises(BadInput, match="give it a later end"):
        desk.manage.schedule(made, now + 2 * hour)
    desk.manage.schedule(made, now + hour)
    with pytest.raises(BadInput, match="give it a later end"):
        desk.manage.edit(made, Plan(ends_at=now + hour))
    desk.floor.now.goes_on(hours=2)
    with pytest.raises(BadInput, match="give it a later end"):
        desk.manage.send(made)
    assert desk.of(made).status is CampaignStatus.SCHEDULED


def test_nothing_goes_on_before_missed_texts_were_read_back(desk: Desk) -> None:
    desk.joined(1)
    made = desk.sent()
    desk.floor.now.goes_on(181)
    desk.run()
    assert desk.floor.provider.sent == []
    assert desk.manage.progress(made).waits == str(READING_BACK)
    desk.floor.bookmarks.moment = desk.floor.now()
    desk.run()
    assert len(desk.floor.provider.sent) == 1


def test_hours_put_people_off_and_the_validity_ends_with_them(desk: Desk) -> None:
    desk.joined(2)
    desk.hours.closed_until = desk.floor.now() + timedelta(hours=8)
    made = desk.sent()
    desk.run()
    assert desk.floor.provider.sent == []
    progress = desk.manage.progress(made)
    assert (progress.left.todo, progress.next_due) == (2, desk.hours.closed_until)
    assert progress.counts["waited:hours"] == 2
    assert not desk.tend()
    desk.floor.now.goes_on(hours=8)
    desk.floor.bookmarks.moment = desk.floor.now()
    assert desk.tend()
    desk.run()
    assert len(desk.floor.provider.sent) == 2


def test_an_error_of_our_account_pauses_it_with_what_to_mend(desk: Desk) -> None:
    desk.joined(1)
    made = desk.sent()
    desk.floor.provider.next.append(NotSent(60, 20003, broken="the token is refused (error 20003)"))
    desk.run()
    found = desk.of(made)
    assert (found.status, found.halted_by) == (CampaignStatus.PAUSED, "stopwoord")
    assert found.reason == "the token is refused (error 20003)"
    desk.floor.now.goes_on(61)
    desk.floor.bookmarks.moment = desk.floor.now()
    desk.manage.resume(made)
    desk.run()
    assert len(desk.floor.provider.sent) == 1


def test_too_many_failures_pause_it_once(desk: Desk) -> None:
    desk.joined(8)
    made = desk.sent()
    desk.floor.provider.next.extend([Refused(21211, blocked=False, gone=False)] * 4 + [NotSent(30)] * 4)
    desk.run()
    assert not desk.tend()
    assert (desk.of(made).status, desk.of(made).reason[:11]) == (CampaignStatus.PAUSED, "4 of 4 text")
    desk.manage.resume(made)
    desk.floor.now.goes_on(31)
    desk.run()
    desk.tend()
    assert desk.of(made).status is CampaignStatus.FINISHED
    assert desk.manage.progress(made).counts["sent"] == 4


@pytest.mark.parametrize(
    ("refused", "reason", "state"),
    [
        (Refused(21610, blocked=True, gone=False), Reason.BLOCKED, State.OPTED_OUT),
        (Refused(30005, blocked=False, gone=True), Reason.GONE, State.OPTED_OUT),
        (Refused(21211, blocked=False, gone=False), Reason.REFUSED, State.SUBSCRIBED),
    ],
)
def test_a_refusal_is_an_outcome_and_can_be_an_opt_out(
    desk: Desk, refused: Refused, reason: Reason, state: State
) -> None:
    desk.joined(1)
    made = desk.sent()
    desk.floor.provider.next.append(refused)
    desk.run()
    expected = RecipientOutcome(Ending.FAILED, desk.floor.now(), reason, code=refused.code)
    assert desk.outcome(made) == expected
    assert desk.floor.state() == state


@pytest.mark.parametrize(("fate", "arrived"), [(LOST_ANSWER, True), (FateUnknown("HTTP 500"), False)])
def test_what_nobody_knows_is_asked_about_and_never_sent_blindly(
    desk: Desk, fate: FateUnknown, *, arrived: bool
) -> None:
    desk.joined(1)
    made = desk.sent()
    desk.floor.provider.next.append(fate)
    desk.run()
    desk.run()
    assert len(desk.floor.provider.sent) == arrived
    desk.floor.now.goes_on(GRACE)
    desk.floor.bookmarks.moment = desk.floor.now()
    assert desk.settle() == 1
    desk.run()
    assert len(desk.floor.provider.sent) == 1
    desk.tend()
    assert desk.of(made).status is CampaignStatus.FINISHED


def test_a_silent_provider_is_asked_again_later(desk: Desk) -> None:
    desk.joined(1)
    made = desk.sent()
    desk.floor.provider.next.append(LOST_ANSWER)
    desk.run()
    desk.floor.now.goes_on(GRACE)
    desk.floor.provider.silent = True
    assert desk.settle() == 0
    desk.floor.provider.silent = False
    assert desk.settle() == 0
    desk.floor.now.goes_on(GRACE / 4)
    assert desk.settle() == 1
    assert desk.outcome(made).message == sid(5000)  # type: ignore[union-attr]


def test_a_cancelled_one_gives_everybody_who_waits_that_outcome(desk: Desk) -> None:
    desk.joined(3)
    desk.hours.closed_until = desk.floor.now() + timedelta(hours=8)
    made = desk.sent()
    desk.run()
    desk.manage.cancel(made, "the price is wrong", actor="ann")
    assert desk.tend()
    desk.run()
    assert {desk.outcome(made, index).reason for index in range(3)} == {Reason.CANCELLED}  # type: ignore[union-attr]
    desk.tend()
    assert (desk.of(made).finished_at, desk.floor.campaigns.restless()) == (desk.floor.now(), [])


def test_a_text_that_says_how_to_stop_gets_no_second_line_about_it(desk: Desk) -> None:
    desk.joined(1)
    made = desk.sent(Plan("Spring", {NL: "Lente! Afmelden: sms STOP"}))
    desk.run()
    assert [one.body for one in desk.floor.provider.sent] == ["Voorbeeld: Lente! Afmelden: sms STOP"]
    assert desk.of(made).status is CampaignStatus.RUNNING


def test_two_campaigns_take_turns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_campaigns, "TURN_SECONDS", 0.05)
    desk.joined(2)
    first, second = desk.sent(), desk.sent()
    desk.run()
    desk.tend()
    assert {desk.of(first).status, desk.of(second).status} == {CampaignStatus.FINISHED}
    assert len(desk.floor.provider.sent) == 4
