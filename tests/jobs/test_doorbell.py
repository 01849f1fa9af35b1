"""The doorbell: rung once however often, heard before draining, alive after a fork, silent when nobody is there."""

import os
import time
import warnings

import pytest
import redis

from app.domain.errors import Misconfigured, StoreUnavailable
from app.jobs.health import RqHealth
from app.jobs.policy import DRAIN, REPLIES, RUN_CAMPAIGNS
from app.jobs.queue import RqDoorbell, connect, heard, queue
from tests.processes import wait_until


@pytest.fixture
def url(store_url: str) -> str:
    return store_url.removesuffix("/0") + "/1"


@pytest.fixture
def connection(url: str) -> redis.Redis:
    return connect(url)


def waiting(connection: redis.Redis, name: str = REPLIES) -> int:
    return int(queue(connection, name).count)


def test_a_thousand_rings_are_one_job_until_it_is_heard(url: str, connection: redis.Redis) -> None:
    bell = RqDoorbell(url, DRAIN)
    started = time.monotonic()
    for _ in range(1000):
        bell.ring()
    assert time.monotonic() - started < 1
    wait_until(lambda: waiting(connection) == 1, "the job is there")
    for _ in range(20):
        bell.ring()
        time.sleep(0.01)
    assert waiting(connection) == 1
    heard(connection, DRAIN)
    bell.ring()
    wait_until(lambda: waiting(connection) == 2, "a ring after it was heard is a new job")
    assert 0 < connection.ttl(DRAIN.bell) <= 5


def test_the_clock_rings_unless_a_ring_is_waiting_to_be_heard(url: str, connection: redis.Redis) -> None:
    bell = RqDoorbell(url, DRAIN)
    connection.set(DRAIN.bell, 1)  # left by a worker that died with its job
    for _ in range(3):
        bell.ring_now()
    assert waiting(connection) == 1


def test_campaigns_have_a_bell_and_a_queue_of_their_own(url: str, connection: redis.Redis) -> None:
    RqDoorbell(url, DRAIN).ring_now()
    RqDoorbell(url, RUN_CAMPAIGNS).ring_now()
    assert (waiting(connection), waiting(connection, RUN_CAMPAIGNS.queue)) == (1, 1)


def test_a_ring_works_in_a_process_that_was_forked_off(url: str, connection: redis.Redis) -> None:
    bell = RqDoorbell(url, DRAIN)
    bell.ring()
    wait_until(lambda: waiting(connection) == 1, "the parent's ring")
    heard(connection, DRAIN)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork with threads about is the very case
        child = os.fork()
    if child == 0:
        bell.ring()
        time.sleep(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert waiting(connection) == 2


def test_a_ring_at_a_door_where_nobody_is_harms_nobody() -> None:
    bell = RqDoorbell("redis://127.0.0.1:9/0", DRAIN)
    started = time.monotonic()
    bell.ring()
    assert time.monotonic() - started < 0.5
    with pytest.raises(redis.RedisError):
        bell.ring_now()


def test_workers_are_counted_or_the_queue_is_down(url: str) -> None:
    assert RqHealth(url).workers() == 0
    with pytest.raises(StoreUnavailable):
        RqHealth("redis://127.0.0.1:9/0").workers()


@pytest.mark.parametrize("address", ["redis://127.0.0.1:notaport/0"])
def test_an_address_that_is_none_is_a_matter_of_settings(address: str) -> None:
    with pytest.raises(Misconfigured, match="STOPWOORD_QUEUE_URL"):
        RqDoorbell(address, DRAIN)
