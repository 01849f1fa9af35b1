"""What every implementation of the port Reach does."""

from dataclasses import replace

import pytest

from app.domain.consent import Record, State
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange, Profiles
from app.services.reach_ports import Reach
from app.store.campaign_reach import PAGE, RedisReach
from app.store.connection import connect
from tests.campaign_stories import claimed, joined, running, spring
from tests.contract.campaign_stores import CampaignStore, memory_campaign_store, redis_campaign_store
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_reach import MemoryReach
from tests.stories import EN, NOON, after, apply, person, texted


@pytest.fixture(params=["memory", "redis"])
def both(request: pytest.FixtureRequest) -> tuple[CampaignStore, Reach]:
    if request.param == "memory":
        desk = memory_campaign_store()
        assert isinstance(desk.campaigns, MemoryCampaigns)
        return desk, MemoryReach(desk.campaigns, MemoryProfiles(lambda _: True))
    client = connect(request.getfixturevalue("store_url"))
    return redis_campaign_store(client), RedisReach(client)


def profiles_of(reach: Reach) -> Profiles:
    """The profiles beside it, in the same store."""
    return reach.profiles if isinstance(reach, MemoryReach) else reach._profiles  # type: ignore[attr-defined]


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
    assert [list(met.sent) for met in reach.meet([person(1), person()], set())] == [[], [NOON, after(5)]]
    desk.erasures.erase(person(2), "asked", NOON)
    assert reach.erased() == 1


GONE = Event(Signal.NUMBER_GONE, after(1), Channel.PROVIDER, "provider", words="error 30005")
AMERICAN = Number("+12125550123")


def know(reach: Reach, number: Number, profile: Profile) -> None:
    profiles_of(reach).save([ProfileChange(number, Profile(), replace(profile, version=1))])


def test_of_everybody_is_told_what_decides_about_their_text(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    joined(desk, [0], language=EN)
    joined(desk, [1])
    apply(desk.consents, person(1), GONE)
    know(
        reach, person(0), Profile("Ann", "Smit", "Asia/Tokyo", "1234 AB", fields={"code": "A1", "size": "9"})
    )
    first, second, stranger = reach.meet(
        [person(0), person(1), person(2)], {"first_name", "code", "last_name"}
    )
    assert first.alike.record == Record(State.SUBSCRIBED, source=Channel.SMS, language=EN)
    assert first.alike.profile == Profile("Ann", "Smit", "Asia/Tokyo", fields={"code": "A1"})
    assert (first.number, first.since, list(first.sent)) == (person(0), NOON, [])
    assert second.alike.record == Record(State.OPTED_OUT, source=Channel.PROVIDER, gone=True)
    assert (second.alike.profile, second.since) == (Profile(), after(1))
    assert (stranger.alike.record, stranger.alike.profile, stranger.since) == (Record(), Profile(), None)


def test_a_postcode_and_a_state_decide_about_americans(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    joined(desk, [0])
    apply(desk.consents, AMERICAN, texted(Signal.START, NOON))
    known = Profile(postcode="10001", state="NY")
    for number in (person(0), AMERICAN):
        know(reach, number, known)
    assert [met.alike.profile for met in reach.meet([AMERICAN, person(0)], set())] == [known, Profile()]


def test_people_who_are_alike_are_one_object(both: tuple[CampaignStore, Reach]) -> None:
    desk, reach = both
    joined(desk, [0])
    apply(desk.consents, person(1), texted(Signal.START, after(5)))
    apply(desk.consents, person(2), texted(Signal.STOP, after(5)))
    one, other, another = reach.meet([person(0), person(1), person(2)], {"first_name"})
    assert one.alike is other.alike
    assert one.alike is not another.alike
    assert (one.since, other.since) == (NOON, after(5))
