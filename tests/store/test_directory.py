"""People found by their last digits in a set too large for one answer of the store."""

import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.store import keys
from app.store.care import AT_A_TIME, RedisDirectory
from app.store.connection import connect

MANY = range(400_000_000, 400_000_000 + 5 * AT_A_TIME)


def test_everybody_is_found_once_however_many_answers_the_store_takes(store_url: str) -> None:
    client = connect(store_url)
    people = [Number(f"+32{place}34") for place in MANY]
    client.sadd(keys.endings(keys.tag(partition_of(people[0])), people[0]), *map(keys.beginning, people))
    assert RedisDirectory(client).ending_with("34") == people
    assert RedisDirectory(client).ending_with("1234") == people[12::100]
    assert RedisDirectory(client).ending_with("0001234") == [people[12]]


def test_the_store_sends_only_who_was_asked_for(store_url: str) -> None:
    client = connect(store_url)
    people = [Number(f"+3161234{place:02d}34") for place in range(100)]
    for number in people:
        client.sadd(keys.endings(keys.tag(partition_of(number)), number), keys.beginning(number))
    few, everybody = (_sent_for(client, digits) for digits in ("0734", "34"))
    assert few + len(people) * len("$10") < everybody


def _sent_for(client: redis.Redis, digits: str) -> int:
    """Bytes that the store sends for this search, and for being asked about them."""
    before = int(client.info("stats")["total_net_output_bytes"])
    RedisDirectory(client).ending_with(digits)
    return int(client.info("stats")["total_net_output_bytes"]) - before
