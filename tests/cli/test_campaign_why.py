"""Why a campaign does not go on: every reason that is true, and none that is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.cli.campaign_why import reasons
from app.domain.campaign import CampaignStatus
from app.domain.quiet_hours import WaitUntil
from app.domain.waiting import capped, waiting
from app.services.campaign_ports import Left, Speed
from app.services.manage_campaigns import Progress
from tests.campaign_stories import SENDER, spring
from tests.stories import NOON, after

RUNNING = Progress(
    campaign=spring(status=CampaignStatus.RUNNING),
    counts={},
    left=Left(todo=500, claimed=3),
    next_due=NOON,
    waits="",
    speeds={SENDER: Speed(3, 3)},
    at=NOON,
)
MORNING = WaitUntil(after(hours=19), "Europe/Amsterdam", "default")


def local(seconds: float) -> str:
    return f"{after(seconds).astimezone():%Y-%m-%d %H:%M %Z}"


def test_nothing_is_said_while_nothing_holds_it_up() -> None:
    assert reasons(RUNNING) == []
    limited = {SENDER: Speed(3, 3, limits=True)}
    assert reasons(replace(RUNNING, left=Left(claimed=3), speeds=limited)) == []
    over = replace(RUNNING.campaign, status=CampaignStatus.FINISHED)
    assert reasons(replace(RUNNING, campaign=over, speeds=limited)) == []


def test_while_the_audience_is_written_down_it_is_said_how_far_that_is() -> None:
    freezing = replace(RUNNING.campaign, status=CampaignStatus.FREEZING)
    begun = replace(RUNNING, campaign=freezing, counts={"frozen": 1200}, waits="an outage")
    assert reasons(begun) == ["1,200 written down so far, and more to come", "waits: an outage"]


def test_the_senders_rate_is_said_when_it_is_the_limit() -> None:
    speeds = {SENDER: Speed(3, 3, limits=True)}
    assert reasons(replace(RUNNING, speeds=speeds)) == ["the sender's rate of 3 segments a second"]
    both = speeds | {"+3197010200001": Speed(10, 10), "+3197010200002": Speed(0.5, 0.5, limits=True)}
    assert reasons(replace(RUNNING, speeds=both)) == [
        f"{SENDER}'s rate of 3 segments a second",
        "+3197010200002's rate of 0.5 segments a second",
    ]


def test_a_provider_that_asked_to_slow_down_is_named_with_the_end_of_it() -> None:
    until = after(30)
    slowed = {SENDER: Speed(3, 1.5, limits=True, slowed_until=until)}
    (said,) = reasons(replace(RUNNING, speeds=slowed))
    assert said == (
        "the provider asked to slow down (error 20429): the sender sends 1.5 of 3 segments a second, "
        f"and all of it from {until.astimezone():%H:%M:%S} on"
    )


def test_a_sender_that_is_nearly_as_fast_again_is_not_said_to_send_all_of_it() -> None:
    slowed = {SENDER: Speed(10, 9.97, limits=True, slowed_until=after(30))}
    (said,) = reasons(replace(RUNNING, speeds=slowed))
    assert "the sender sends nearly 10 segments a second, and all of it from" in said


def test_hours_and_caps_are_said_together_and_only_while_they_last() -> None:
    free = NOON + timedelta(hours=2)
    waits = replace(RUNNING, counts={waiting(MORNING): 312, capped(free): 40}, next_due=free)
    assert reasons(waits) == [
        "312 wait for 08:00 in their zone",
        f"40 have had the most texts for now: they come up from {local(7200)} on",
    ]
    assert reasons(replace(waits, at=free, next_due=free)) == ["312 wait for 08:00 in their zone"]
    assert reasons(replace(waits, at=MORNING.when)) == []


def test_who_is_put_off_for_another_reason_is_still_said() -> None:
    later = replace(RUNNING, next_due=after(90))
    said = f"500 come up from {local(90)} on, to be tried again or capped until then"
    assert reasons(later) == [said]


@pytest.mark.parametrize(
    ("by", "said"), [("cli:ann", "paused by cli:ann: wrong price"), ("", "paused: wrong price")]
)
def test_a_pause_says_who_and_why(by: str, said: str) -> None:
    paused = spring(status=CampaignStatus.PAUSED, reason="wrong price", halted_by=by)
    assert reasons(replace(RUNNING, campaign=paused)) == [said]


def test_a_scheduled_one_an_outage_and_unknown_fates_are_said() -> None:
    scheduled = spring(status=CampaignStatus.SCHEDULED, scheduled_at=after(60))
    assert reasons(replace(RUNNING, campaign=scheduled)) == [f"begins at {local(60)}"]
    assert reasons(replace(RUNNING, waits="an outage")) == ["waits: an outage"]
    unknown = replace(RUNNING, left=Left(unknown=2))
    assert reasons(unknown) == ["2 of unknown fate: the provider is asked"]
