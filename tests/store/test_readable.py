"""What cannot be read in the store: of many it holds up nobody else, whatever is wrong with it."""

import pytest
import redis

from app.domain.campaign import Audience
from app.domain.errors import StoreUnavailable
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.store import keys
from app.store.campaign_audience import RedisCampaignAudience
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.profiles import RedisProfiles
from tests.stories import NL, NOON, after, apply, person, texted

BROKEN = keys.NumberKeys(person(1))


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    """A store with three subscribers."""
    made = connect(store_url)
    for index in range(3):
        apply(RedisConsents(made), person(index), texted(Signal.START, NOON))
    return made


@pytest.mark.parametrize("how", ["a state that is none", "no version", "a time that is none", "another type"])
def test_one_record_in_any_disorder_holds_up_no_other(client: redis.Redis, how: str) -> None:
    match how:
        case "a state that is none":
            client.hset(BROKEN.record, "state", "nonsense")
        case "no version":
            client.hdel(BROKEN.record, "v")
        case "a time that is none":
            client.hset(BROKEN.record, "at", "noon")
        case _:
            client.delete(BROKEN.record)
            client.set(BROKEN.record, "x")
    consents, people = RedisConsents(client), [person(index) for index in range(3)]
    first, second, third = consents.load_readable(people)
    assert (first and first.state, second, third and third.state) == ("subscribed", None, "subscribed")
    with pytest.raises(StoreUnavailable):
        consents.load_many(people)


def test_one_profile_of_another_type_holds_up_no_other(client: redis.Redis) -> None:
    client.set(BROKEN.profile, "x")
    found = RedisProfiles(client).load_readable([person(0), person(1)])
    assert list(found) == [Profile(), None]


def test_a_store_that_is_away_is_not_taken_for_people_who_cannot_be_read() -> None:
    with connect("redis://127.0.0.1:9", retries=0) as client, pytest.raises(StoreUnavailable):
        RedisConsents(client).load_readable([person()])


def test_who_cannot_be_read_is_in_no_audience_that_asks_the_records(client: redis.Redis) -> None:
    client.hset(BROKEN.record, "at", "noon")
    asked = Audience(since=after(-1))
    assert RedisCampaignAudience(client).count(asked, NL) == 2
