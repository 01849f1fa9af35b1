"""What every implementation of the port References does, and what becomes of it when somebody is erased."""

import re

import pytest
import redis

from app.domain.errors import Misconfigured
from app.domain.partition import partition_of
from app.domain.signal import Signal
from app.services.audience_ports import References
from app.store import keys
from app.store.connection import connect
from app.store.references import LENT_SECONDS, RedisReferences
from tests.contract.stores import OBJECTIONS, redis_store_at
from tests.fakes.memory_references import MemoryReferences
from tests.stories import NOON, apply, person, sid, texted

KEY = b"a key for references of these tests"


@pytest.fixture(params=["memory", "redis"])
def references(request: pytest.FixtureRequest) -> References:
    if request.param == "memory":
        return MemoryReferences()
    return RedisReferences(connect(request.getfixturevalue("store_url")), KEY)


def test_a_reference_leads_back_to_its_number_and_is_always_the_same(references: References) -> None:
    refs = [references.of(person(index)) for index in range(50)]
    assert [references.of(person(index)) for index in range(50)] == refs
    assert [references.number_of(ref) for ref in refs] == [person(index) for index in range(50)]
    assert len(set(refs)) == 50


def test_those_of_many_are_those_of_each_also_where_some_were_given_out_before(
    references: References,
) -> None:
    known = [references.of(person(index)) for index in range(3)]
    every = references.of_all([person(index) for index in range(6)])
    assert list(every[:3]) == known
    assert list(every) == [references.of(person(index)) for index in range(6)]
    assert [references.number_of(ref) for ref in every] == [person(index) for index in range(6)]
    assert list(references.of_all([])) == []


def test_a_reference_shows_nothing_of_the_number_and_fits_into_an_address(references: References) -> None:
    ref = references.of(person())
    assert re.fullmatch(r"[0-9]{1,3}-[0-9a-f]{32}", ref)
    assert person().e164[1:] not in ref


@pytest.mark.parametrize(
    "ref", ["", "5", "+31612345678", "5-" + "0" * 32, "999-" + "0" * 32, "5-*", "5-" + "٣" * 32]
)
def test_what_is_no_reference_leads_nowhere(references: References, ref: str) -> None:
    assert references.number_of(ref) is None


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def test_its_partition_is_the_number_s(client: redis.Redis) -> None:
    ref = RedisReferences(client, KEY).of(person())
    assert ref.partition("-")[0] == str(partition_of(person()))


def test_another_key_makes_other_references_and_those_that_were_given_out_still_hold(
    client: redis.Redis,
) -> None:
    old, new = RedisReferences(client, KEY), RedisReferences(client, KEY + b", changed")
    assert old.of(person()) != new.of(person())
    assert new.number_of(old.of(person())) == person()


def test_a_reference_to_somebody_unknown_is_only_lent(client: redis.Redis, store_url: str) -> None:
    references = RedisReferences(client, KEY)
    ref = references.of(person())
    key = keys.reference(keys.NumberKeys(person()).tag, ref.partition("-")[2])
    assert 0 < client.ttl(key) <= LENT_SECONDS
    apply(redis_store_at(store_url).consents, person(), texted(Signal.START, NOON, sid(1)))
    assert references.of(person()) == ref
    assert client.ttl(key) == -1


def test_nobody_erased_can_be_found_by_a_reference_whatever_key_made_it(
    client: redis.Redis, store_url: str
) -> None:
    old, new = RedisReferences(client, KEY), RedisReferences(client, KEY + b", changed")
    store = redis_store_at(store_url)
    apply(store.consents, person(), texted(Signal.START, NOON, sid(1)))
    given = [old.of(person()), new.of(person())]
    other = old.of(person(1))
    store.erasures.erase(person(), "asked", NOON)
    assert [old.number_of(ref) for ref in given] == [None, None]
    assert old.number_of(other) == person(1)
    assert [key for key in client.scan_iter() if person().e164 in key] == []


def test_looking_an_erased_person_up_writes_nothing_down(client: redis.Redis, store_url: str) -> None:
    redis_store_at(store_url).erasures.erase(person(), "asked", NOON)
    references = RedisReferences(client, KEY, OBJECTIONS)
    assert references.number_of(references.of(person())) is None
    assert references.of(person()) == RedisReferences(client, KEY).of(person())


def test_a_person_can_be_seen_in_a_store_that_is_full(client: redis.Redis, store_url: str) -> None:
    references = RedisReferences(client, KEY)
    apply(redis_store_at(store_url).consents, person(), texted(Signal.START, NOON, sid(1)))
    ref = references.of(person())
    client.config_set("maxmemory", 1)
    try:
        assert references.of(person()) == ref
        assert references.number_of(ref) == person()
    finally:
        client.config_set("maxmemory", 0)


def test_without_a_key_it_says_what_to_set(client: redis.Redis) -> None:
    with pytest.raises(Misconfigured, match="STOPWOORD_SECRET_KEY is not set"):
        RedisReferences(client, b"").of(person())
    with pytest.raises(Misconfigured, match="STOPWOORD_SECRET_KEY is not set"):
        RedisReferences(client, b"").number_of("5-" + "0" * 32)
