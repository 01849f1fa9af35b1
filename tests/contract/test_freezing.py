"""What every store does when an audience is written down: each partition in one step, and nobody who came later."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.campaign import Audience
from app.domain.partition import partition_of
from app.domain.signal import Signal
from app.services.campaign_ports import Left
from tests.campaign_stories import EVERYWHERE, joined, spring
from tests.contract.campaign_stores import CampaignStore
from tests.stories import EN, NL, NOON, after, apply, person, texted

IN_DUTCH = Audience(languages=frozenset({NL}))


@pytest.mark.parametrize("audience", [Audience(), IN_DUTCH])
def test_a_partition_is_written_down_once(desk: CampaignStore, audience: Audience) -> None:
    joined(desk, [0], language=NL)
    campaign, where = spring(audience=audience), partition_of(person())
    assert [desk.audience.freeze(campaign, where, NOON, NL) for _ in range(2)] == [True, False]
    assert desk.audience.freeze(campaign, (where + 1) % len(EVERYWHERE), NOON, NL)
    assert desk.results.left(campaign.id) == Left(todo=1)
    assert not desk.audience.is_frozen(campaign.id)
    for partition in EVERYWHERE:
        desk.audience.freeze(campaign, partition, NOON, NL)
    assert desk.audience.is_frozen(campaign.id)


@pytest.mark.parametrize("audience", [Audience(), IN_DUTCH])
def test_where_nobody_was_written_down_before_it_was_closed_nobody_is(
    desk: CampaignStore, audience: Audience
) -> None:
    joined(desk, range(20), language=NL)
    campaign, where = spring(audience=audience), partition_of(person())
    assert desk.audience.freeze(campaign, where, NOON, NL)
    before = desk.results.left(campaign.id)
    desk.audience.close(campaign.id)
    desk.audience.close(campaign.id)
    assert desk.audience.is_frozen(campaign.id)
    assert not any(desk.audience.freeze(campaign, partition, NOON, NL) for partition in EVERYWHERE)
    assert desk.results.left(campaign.id) == before
    assert desk.results.counts(campaign.id)["frozen"] == before.todo >= 1
    another = spring("spring23", audience=audience)
    assert all(desk.audience.freeze(another, partition, NOON, NL) for partition in EVERYWHERE)


@pytest.mark.parametrize(("audience", "late"), [(IN_DUTCH, 0), (Audience(since=NOON), 0), (Audience(), 1)])
def test_of_an_audience_that_takes_long_nobody_is_who_joined_after_it_began(
    desk: CampaignStore, audience: Audience, late: int
) -> None:
    joined(desk, [0, 1])
    apply(desk.consents, person(2), texted(Signal.START, after(5)))
    apply(desk.consents, person(1), texted(Signal.STOP, after(6)))
    campaign = spring(audience=audience, started_at=after(1))
    for partition in EVERYWHERE:
        desk.audience.freeze(campaign, partition, NOON, NL)
    assert desk.results.outcome_of(campaign.id, person(0)) == "waiting"
    assert desk.results.left(campaign.id) == Left(todo=1 + late)
    assert desk.results.counts(campaign.id)["frozen"] == 1 + late


def test_two_who_write_the_same_down_at_once_take_nobody_else_in(desk: CampaignStore) -> None:
    for index in range(60):
        apply(desk.consents, person(index), texted(Signal.START, NOON, language=EN if index % 2 else NL))
    campaign = spring(audience=IN_DUTCH)
    with ThreadPoolExecutor(4) as threads:
        once = threads.map(
            lambda partition: desk.audience.freeze(campaign, partition, NOON, NL),
            [partition for partition in EVERYWHERE for _ in range(4)],
        )
    assert sum(once) == len(EVERYWHERE)
    assert desk.results.left(campaign.id) == Left(todo=30)
    assert desk.results.counts(campaign.id)["frozen"] == 30
