"""What cannot be read in the store: of many it holds up nobody else, whatever is wrong with it."""

import pytest
import redis

from app.domain.campaign import Audience
from app.domain.errors import StoreUnavailable
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.store import keys
from app.store.campaign_audience import RedisCampaignAudience
from app.store.campaign_reach import RedisReach
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.profiles import RedisProfiles
from tests.stories import NL, NOON, after, apply, person, texted

BROKEN = keys.NumberKeys(person(1))
# A millisecond after the last that a moment can be.
AFTER_ALL_TIME = "253402300800000"


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    """A store with three subscribers."""
    made = connect(store_url)
    for index in range(3):
        apply(RedisConsents(made), person(index), texted(Signal.START, NOON))
    return made


@pytest.mark.parametrize(
    "how",
    [
        "a state that is none",
        "no version",
        "a time that is none",
        "a time after the calendar",
        "another type",
    ],
)
def test_one_record_in_any_disorder_holds_up_no_other(client: redis.Redis, how: str) -> None:
    match how:
        case "a state that is none":
            client.hset(BROKEN.record, "state", "nonsense")
        case "no version":
            client.hdel(BROKEN.record, "v")
        case "a time that is none":
            client.hset(BROKEN.record, "at", "noon")
        case "a time after the calendar":
            client.hset(BROKEN.record, "at", AFTER_ALL_TIME)
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


@pytest.mark.parametrize("at", ["noon", AFTER_ALL_TIME])
def test_who_cannot_be_read_is_in_no_audience_that_asks_the_records(client: redis.Redis, at: str) -> None:
    client.hset(BROKEN.record, "at", at)
    asked = Audience(since=after(-1))
    assert RedisCampaignAudience(client).count(asked, NL) == 2


ODD = (
    *[
        ("rec", name, value)
        for name in ("at", "v", "goodbye", "ask")
        for value in ("noon", "", "-5", "1_0", "007", AFTER_ALL_TIME)
    ],
    *[("rec", name, "") for name in ("state", "by", "lang", "guard")],
    *[("rec", "state", value) for value in ("opted_out", "subscribed\nsms")],
    *[("rec", "by", "provider"), ("rec", "guard", "2@1700000000000"), ("rec", "guard", "2@noon")],
    ("rec", "guard", f"2@{AFTER_ALL_TIME}"),
    *[("who", "v", value) for value in ("7", "", "x")],
    *[
        ("who", "at", "noon"),
        ("who", "at", AFTER_ALL_TIME),
        ("who", "first_name", "An\nn"),
        ("who", "first_name", "\t"),
        ("who", "tz", "Asia/Tokyo"),
    ],
)


@pytest.mark.parametrize(("which", "name", "value"), ODD)
@pytest.mark.parametrize("already", [{}, {"v": "1", "first_name": "Bea"}])
def test_whoever_is_met_is_read_as_by_themselves(
    client: redis.Redis, already: dict[str, str], which: str, name: str, value: str
) -> None:
    if already:
        client.hset(BROKEN.profile, mapping=already)
    client.hset(BROKEN.record if which == "rec" else BROKEN.profile, name, value)
    _assert_met_as_read(client)


@pytest.mark.parametrize("key", [BROKEN.record, BROKEN.profile])
def test_whoever_is_met_may_have_keys_of_another_type_or_none(client: redis.Redis, key: str) -> None:
    client.delete(key)
    _assert_met_as_read(client)
    client.set(key, "x")
    _assert_met_as_read(client)
    client.delete(key)
    client.hset(key, "something", "else")
    _assert_met_as_read(client)


def _assert_met_as_read(client: redis.Redis) -> None:
    """Meeting somebody says the same as asking for their record and their profile."""
    ((_, alike, since, _),) = RedisReach(client).meet([person(1)], {"first_name"})
    (record,), (profile,) = (one(client).load_readable([person(1)]) for one in (RedisConsents, RedisProfiles))
    assert (alike.record is None, alike.profile is None) == (record is None, profile is None)
    if record and alike.record:
        known = (alike.record.state, alike.record.source, alike.record.language, since)
        assert known == (record.state, record.source, record.language, record.since)
    if profile and alike.profile:
        assert (alike.profile.first_name.strip(), alike.profile.zone) == (
            profile.first_name.strip(),
            profile.zone,
        )


def test_a_moment_after_the_calendar_is_told_as_what_cannot_be_read(client: redis.Redis) -> None:
    client.zadd(keys.held(BROKEN.tag), {person(1).e164: int(AFTER_ALL_TIME)})
    with pytest.raises(StoreUnavailable, match="unreadable"):
        RedisConsents(client).held()
