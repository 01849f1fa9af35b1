"""Which reply has waited longest: bounded in what is looked at, and held up by no row."""

import pytest
import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.domain.signal import Signal
from app.store import codec, keys
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.outbox import RedisOutbox
from app.store.owed import LOOKED_AT
from tests.stories import NOON, after, apply, person, texted

DUE = keys.due(keys.tag(partition_of(person())))


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def neighbours(many: int) -> list[Number]:
    """Numbers of one partition."""
    found = (person(index) for index in range(10_000))
    return [number for number in found if partition_of(number) == partition_of(person())][:many]


def test_the_oldest_is_found_however_late_in_its_set_it_is_tried_again(client: redis.Redis) -> None:
    for seconds, number in enumerate(neighbours(LOOKED_AT)):
        apply(RedisConsents(client), number, texted(Signal.STOP, after(seconds)))
    (oldest,) = client.zrange(DUE, 0, 0)
    client.zadd(DUE, {oldest: codec.to_ms(after(hours=1))})
    assert RedisOutbox(client).oldest_owed() == NOON


def test_no_more_than_a_few_are_looked_at_and_with_nobody_at_work_the_oldest_is_among_them(
    client: redis.Redis,
) -> None:
    for seconds, number in reversed(list(enumerate(neighbours(3 * LOOKED_AT)))):
        apply(RedisConsents(client), number, texted(Signal.STOP, after(seconds)))
    client.config_resetstat()
    assert RedisOutbox(client).oldest_owed() == NOON
    assert client.info("commandstats")["cmdstat_hmget"]["calls"] == LOOKED_AT


@pytest.mark.parametrize("how", ["gone", "without its time", "with a time that is none"])
def test_a_row_that_cannot_be_read_holds_up_no_other(client: redis.Redis, how: str) -> None:
    for seconds in range(2):
        apply(RedisConsents(client), person(seconds), texted(Signal.STOP, after(seconds)))
    (oldest,) = client.zrange(DUE, 0, 0)
    row = keys.row(keys.from_member(oldest)[0])
    match how:
        case "gone":
            client.delete(row)
        case "without its time":
            client.hdel(row, "owed")
        case _:
            client.hset(row, "owed", "noon")
    assert RedisOutbox(client).oldest_owed() == after(1)
