"""A campaign's page: what it shows at each stage, and that it is looked at again for as long as that may change."""

import pytest

from app.bootstrap import Gateway
from app.domain.campaign import CampaignStatus
from app.domain.staff import Role
from tests.campaign_stories import spring
from tests.console.staff import Sits
from tests.stories import NOON

OVER = {CampaignStatus.FINISHED, CampaignStatus.CANCELLED}


@pytest.mark.parametrize("status", CampaignStatus)
def test_it_is_looked_at_again_until_it_is_over_and_what_can_be_done_with_it(
    sits: Sits, gateway: Gateway, status: CampaignStatus
) -> None:
    made = spring(status=status)
    assert gateway.campaigns.manage.campaigns.save(made, rests=True)
    _, _, watched = sits(Role.MARKETER).get(f"/campaigns/{made.id}").text.partition("<div data-live=")
    assert bool(watched) is (status not in OVER)
    assert ("/cancel" in watched) is (status not in OVER)


@pytest.mark.parametrize(
    ("status", "begun", "said"),
    [
        (CampaignStatus.DRAFT, False, "It has not begun."),
        (CampaignStatus.CANCELLED, False, "It has not begun."),
        (CampaignStatus.FREEZING, True, "Who gets it is not written down yet."),
        (CampaignStatus.PAUSED, True, "Who gets it is not written down yet."),
        (CampaignStatus.FINISHED, True, "Nobody was subscribed whom it was meant for."),
    ],
)
def test_where_nobody_is_counted_it_says_why(
    sits: Sits, gateway: Gateway, status: CampaignStatus, said: str, *, begun: bool
) -> None:
    made = spring(status=status, started_at=NOON if begun else None)
    assert gateway.campaigns.manage.campaigns.save(made, rests=True)
    page = sits(Role.VIEWER).get(f"/campaigns/{made.id}").text
    told = {
        "It has not begun.",
        "Who gets it is not written down yet.",
        "Nobody was subscribed whom it was meant for.",
    }
    assert {each for each in told if each in page} == {said}
