"""What became of somebody in a campaign: every reason that there is has words, on their page and on the campaign's."""

from html import unescape

import pytest

from app.bootstrap import Gateway
from app.domain.campaign import ID_LETTERS, CampaignStatus
from app.domain.partition import partition_of
from app.domain.recipient import Reason
from app.domain.staff import Role
from app.web.console.person import CAMPAIGNS_SHOWN
from app.web.console.words import REASONS
from tests.campaign_stories import spring
from tests.console.conftest import ANNA
from tests.console.staff import BROWSER, Sits, path
from tests.stories import NL, NOON, after


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


@pytest.mark.usefixtures("people")
def test_the_newest_campaigns_are_looked_at_and_that_there_are_more_is_said(
    sits: Sits, gateway: Gateway
) -> None:
    manage, desk = gateway.campaigns.manage, sits(Role.VIEWER)
    for place in range(CAMPAIGNS_SHOWN + 1):
        assert "newest are looked at" not in desk.get(path(gateway, ANNA)).text
        made = spring(
            f"spring{2 * ID_LETTERS[place]}", created=after(place), started_at=NOON, name=f"Spring {place}"
        )
        assert manage.campaigns.save(made, rests=True)
        manage.audience.freeze(made, partition_of(ANNA), NOON, NL)
    page = desk.get(path(gateway, ANNA)).text
    assert page.count("Waits for the campaign") == CAMPAIGNS_SHOWN
    assert "“Spring 0”" not in page
    assert f"Of campaigns only the {CAMPAIGNS_SHOWN} newest are looked at here." in page
