"""What every implementation of the port Reach does."""

import pytest

from app.domain.number import Number
from app.domain.signal import Signal
from app.services.campaign_ports import Reach
from app.store.campaign_reach import PAGE, RedisReach
from app.store.connection import connect
from tests.campaign_stories import claimed, joined, running, spring
from tests.contract.campaign_stores import CampaignStore, memory_campaign_store, redis_campaign_store
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_reach import MemoryReach
from tests.stories import NOON, after, apply, person, texted


@pytest.fixture(params=["memory", "redis"])
def both(request: pytest.FixtureRequest) -> tuple[CampaignStore, Reach]:
    if request.param == "memory":
        desk = memory_campaign_store()
        assert isinstance(desk.campaigns, MemoryCampaigns)
        return desk, MemoryReach(desk.campaigns)
    client = connect(request.getfixturevalue("store_url"))
    return redis_campaign_store(client), RedisReach(client)


def met(reach: Reach, *tags: str) -> set[Number]:
    pages = list(reach.everybody(frozenset(tags)))
    assert all(len(page) <= PAGE for page in pages)
    return {number for page in pages for number in page}


def test_everybody_is_met_whatever_their_consent(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    assert met(reach) == set()
    joined(desk, range(1200))
    apply(desk.consents, person(3), texted(Signal.STOP, after(1)))
    assert met(reach) == {person(index) for index in range(1200)}


def test_tags_choose_those_who_have_all_of_them(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    joined(desk, range(6))
    for index, tags in enumerate(["a", "ab", "b", "", "abc", "c"]):
        for tag in tags:
            desk.tag(person(index), tag)
    assert met(reach, "a", "b") == {person(1), person(4)}
    assert met(reach, "d") == set()


def test_the_erased_and_the_last_texts_are_known(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    joined(desk, range(3))
    claimed(desk, running(desk))
    claimed(desk, running(desk, spring("spring23")), now=after(5))
    assert reach.last_texts([person(1), person()]) == [[], [NOON, after(5)]]
    desk.erasures.erase(person(2), "asked", NOON)
    assert reach.erased() == 1
