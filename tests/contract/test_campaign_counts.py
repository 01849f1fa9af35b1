"""What every implementation counts of a campaign by country and by the provider's error code, as each is learnt."""

from dataclasses import replace

import pytest

from app.domain.campaign_counts import by_code, by_country
from app.domain.number import Number
from app.domain.recipient import Ending
from app.domain.signal import Signal
from app.services.campaign_ports import RowClaim
from tests.campaign_stories import LEASE, claimed, draft, joined, running
from tests.contract.campaign_stores import CampaignStore
from tests.contract.test_campaign_fates import AGAIN, FAILED, SENT, UNKNOWN, reported, settle
from tests.stories import NOON, apply, person, sid, texted

BELGIAN, AMERICAN = Number("+32470123456"), Number("+12125550123")


@pytest.fixture
def taken(desk: CampaignStore) -> RowClaim:
    joined(desk, range(2))
    return claimed(desk, running(desk))


def test_segments_are_counted_by_country_however_it_is_learnt_that_they_went(desk: CampaignStore) -> None:
    people = [(person(0), 1), (BELGIAN, 3), (AMERICAN, 2)]
    for number, _ in people:
        apply(desk.consents, number, texted(Signal.START, NOON))
    campaign = running(desk)
    drafts = [draft(number, segments) for number, segments in people]
    dutch, belgian, american = desk.rows.claim(campaign, drafts, (), NOON, LEASE).taken
    settle(desk, dutch, SENT)
    assert desk.fates.report(reported(belgian, "sent", message=sid(2)))
    assert settle(desk, belgian, replace(SENT, message=sid(2))).name == "SAME"
    settle(desk, american, UNKNOWN)
    assert by_country(desk.results.counts(campaign.id)) == {"NL": 1, "BE": 3}
    settle(desk, american, replace(SENT, message=sid(3)))
    assert by_country(desk.results.counts(campaign.id)) == {"NL": 1, "BE": 3, "US": 2}


@pytest.mark.parametrize(
    ("settlement", "codes"),
    [(FAILED, {21610: 1}), (replace(FAILED, code=0), {0: 1}), (AGAIN, {}), (UNKNOWN, {}), (SENT, {})],
)
def test_a_refusal_is_counted_by_its_code(
    desk: CampaignStore, taken: RowClaim, settlement: object, codes: dict[int, int]
) -> None:
    settle(desk, taken, settlement)  # type: ignore[arg-type]
    assert by_code(desk.results.counts(taken.campaign)) == codes


def test_a_text_that_did_not_arrive_is_counted_by_its_code_until_it_was_read(
    desk: CampaignStore, taken: RowClaim
) -> None:
    assert desk.fates.report(reported(taken, "undelivered", code=30003))
    assert by_code(desk.results.counts(taken.campaign)) == {30003: 1}
    assert not desk.fates.report(reported(taken, "failed", code=30005))
    assert by_code(desk.results.counts(taken.campaign)) == {30003: 1}
    assert desk.fates.report(reported(taken, "read"))
    assert by_code(desk.results.counts(taken.campaign)) == {}


def test_an_error_on_the_way_is_no_failure(desk: CampaignStore, taken: RowClaim) -> None:
    settle(desk, taken, SENT)
    assert desk.fates.report(reported(taken, "sent", code=30003))
    assert by_code(desk.results.counts(taken.campaign)) == {}
    assert desk.fates.report(reported(taken, "undelivered"))
    assert by_code(desk.results.counts(taken.campaign)) == {0: 1}


def test_the_counts_agree_with_everybodys_outcome(desk: CampaignStore) -> None:
    joined(desk, range(9))
    campaign = running(desk)
    ends = [SENT, SENT, SENT, FAILED, FAILED, replace(FAILED, code=21211), replace(FAILED, code=0)]
    for index, end in enumerate(ends):
        settle(desk, claimed(desk, campaign, index), replace(end, message=sid(index)) if end is SENT else end)
    outcomes = dict(desk.results.outcomes(campaign.id)).values()
    counts = desk.results.counts(campaign.id)
    assert sum(by_country(counts).values()) == counts["segments"] == sum(one.segments for one in outcomes)
    failed = [one.code for one in outcomes if one.ending is Ending.FAILED]
    assert by_code(counts) == {code: failed.count(code) for code in failed}
