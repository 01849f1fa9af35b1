"""Campaigns and counts, as a shop's systems look at them."""

from flask.testing import FlaskClient

from app.bootstrap import Gateway
from app.domain.campaign import CampaignStatus
from app.domain.partition import partition_of
from app.domain.quiet_hours import WaitUntil
from tests.campaign_stories import spring
from tests.console.conftest import ANNA
from tests.stories import NL, NOON, after
from tests.web.api.conftest import Call
from tests.web.api.test_subscribers import texts


def test_a_campaign_that_waits_says_for_what_and_counts_people_only(
    call: Call, client: FlaskClient, gateway: Gateway
) -> None:
    texts(client, "START", 1)
    made, uses = spring(status=CampaignStatus.RUNNING, started_at=NOON), gateway.campaigns
    assert uses.manage.campaigns.save(made, rests=False)
    uses.manage.audience.freeze(made, partition_of(ANNA), NOON, NL)
    uses.settle.rows.postpone(made.id, [(ANNA, WaitUntil(after(hours=24 * 9000), "", "default"))])
    found = call("GET", f"/campaigns/{made.id}").json
    assert found["waits"] == "1 wait for 12:00 UTC"
    assert (found["waiting"], found["counts"]) == (1, {"frozen": 1, "opted_out": 0})
