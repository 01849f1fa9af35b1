"""What became of somebody in a campaign: every reason that there is has words, on their page and on the campaign's."""

from html import unescape

import pytest

from app.bootstrap import Gateway
from app.domain.campaign import CampaignStatus
from app.domain.partition import partition_of
from app.domain.recipient import Reason
from app.domain.staff import Role
from app.web.console.words import REASONS
from tests.campaign_stories import spring
from tests.console.conftest import ANNA
from tests.console.staff import BROWSER, Sits, path
from tests.stories import NL, NOON


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("reason", Reason)
def test_whoever_was_left_out_is_told_why_in_both_languages(
    sits: Sits, gateway: Gateway, reason: Reason
) -> None:
    made = spring(status=CampaignStatus.RUNNING, started_at=NOON)
    uses = gateway.campaigns
    assert uses.manage.campaigns.save(made, rests=False)
    uses.manage.audience.freeze(made, partition_of(ANNA), NOON, NL)
    assert uses.settle.rows.skip(made.id, [ANNA], reason, NOON) == 1
    desk, said = sits(Role.VIEWER), str(REASONS[reason])
    for page in (path(gateway, ANNA), f"/campaigns/{made.id}"):
        english, dutch = (
            desk.client.get(page, headers=BROWSER | {"Accept-Language": language})
            for language in ("en", "nl")
        )
        assert english.status_code == dutch.status_code == 200
        assert said in unescape(english.text), page
        assert said not in unescape(dutch.text), page
