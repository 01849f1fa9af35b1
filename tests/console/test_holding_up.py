"""Why a campaign does not go on, as its page says it: every reason that is true, in the reader's language."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.bootstrap import Gateway
from app.domain.campaign import CampaignStatus
from app.domain.partition import partition_of
from app.domain.quiet_hours import WaitUntil
from app.domain.staff import Role
from app.domain.waiting import capped, waiting
from app.services.campaign_ports import Left, Speed
from app.services.manage_campaigns import Progress
from app.web.console.holding_up import HoldUp, hold_ups
from tests.campaign_stories import SENDER, spring
from tests.console.conftest import ANNA
from tests.console.reading import untranslated
from tests.console.staff import Sits
from tests.stories import NL, NOON, after

Said = Callable[..., list[HoldUp]]
RUNNING = Progress(
    campaign=spring(status=CampaignStatus.RUNNING),
    counts={},
    left=Left(todo=1500, claimed=3),
    next_due=NOON,
    waits="",
    speeds={SENDER: Speed(3, 3)},
    at=NOON,
)
MORNING = WaitUntil(after(hours=19), "Europe/Amsterdam", "default")
EVERYTHING = replace(
    RUNNING,
    counts={
        waiting(MORNING): 1200,
        **{waiting(WaitUntil(after(hours=19 + more), "", "default")): 4 for more in range(4)},
        capped(after(hours=2)): 7,
    },
    speeds={
        SENDER: Speed(3, 1.5, limits=True, slowed_until=after(30)),
        "Klaverblad": Speed(0.5, 0.5, limits=True),
    },
)


@pytest.fixture
def said(web: Flask) -> Said:
    def say(progress: Progress, language: str = "en") -> list[HoldUp]:
        with web.test_request_context(headers={"Accept-Language": language}):
            return hold_ups(progress)

    return say


def test_nothing_is_said_while_nothing_holds_it_up(said: Said) -> None:
    assert said(RUNNING) == []
    over = replace(EVERYTHING, campaign=spring(status=CampaignStatus.FINISHED))
    assert said(over) == []


def test_whoever_waits_is_counted_with_the_hour_that_they_wait_for(said: Said) -> None:
    assert said(EVERYTHING) == [
        HoldUp("Waiting for their quiet hours to end, at 07:00 UTC: 4."),
        HoldUp("Waiting for their quiet hours to end, at 08:00 where they are: 1,200."),
        HoldUp("Waiting for their quiet hours to end, at 08:00 UTC: 4."),
        HoldUp("Waiting longer: 8."),
        HoldUp("Have had the most texts for now: 7. They come up from", after(hours=2)),
        HoldUp(
            f"The provider asked to slow down: {SENDER} sends 1.5 of 3 segments a second, and all of it from",
            after(30),
        ),
        HoldUp("Klaverblad sends at most 0.5 segments a second."),
    ]


def test_what_has_a_moment_of_its_own_says_which(said: Said) -> None:
    later = replace(RUNNING, next_due=after(60))
    assert said(later) == [HoldUp("Tried again later: 1,500. They come up from", after(60))]
    planned = replace(RUNNING, campaign=spring(status=CampaignStatus.SCHEDULED, scheduled_at=after(90)))
    assert said(planned) == [HoldUp("It begins at", after(90))]
    asked = replace(RUNNING, left=Left(unknown=2))
    assert said(asked) == [HoldUp("Texts that may have gone out or not: 2. The provider is asked.")]


@pytest.mark.parametrize(
    "progress",
    [EVERYTHING, replace(RUNNING, next_due=after(60)), replace(RUNNING, left=Left(unknown=2))],
    ids=["everything", "later", "unknown"],
)
def test_all_of_it_is_said_in_dutch_as_well(said: Said, progress: Progress) -> None:
    dutch, english = ("\n".join(each.words for each in said(progress, to)) for to in ("nl", "en"))
    assert untranslated(dutch, english, {SENDER, "Klaverblad", "UTC"}) == set()


@pytest.mark.usefixtures("people")
def test_the_page_says_it(sits: Sits, gateway: Gateway) -> None:
    made = spring(status=CampaignStatus.RUNNING, started_at=NOON)
    uses = gateway.campaigns
    assert uses.manage.campaigns.save(made, rests=False)
    uses.manage.audience.freeze(made, partition_of(ANNA), NOON, NL)
    uses.settle.rows.postpone(made.id, [(ANNA, WaitUntil(after(hours=24 * 9000), "", "default"))])
    page = sits(Role.VIEWER).get(f"/campaigns/{made.id}").text
    assert "Waiting for their quiet hours to end, at 12:00 UTC: 1." in page
