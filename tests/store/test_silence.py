"""A store that was silent: who is refused, who asks, and when it is forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import redis
from redis.backoff import NoBackoff

from app.store.silence import (
    LONGEST_ASKING_SECONDS,
    PAUSE_SECONDS,
    REMEMBERED_SECONDS,
    RemindedRetry,
    Silence,
)


class Watch:
    """Seconds, as they are set."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def silence(watch: Watch) -> Silence:
    made = Silence(watch)
    made.missed()
    return made


def lets_through(silence: Silence) -> bool:
    try:
        silence.heed()
    except redis.TimeoutError:
        return False
    return True


def burst(silence: Silence, size: int = 3) -> list[bool]:
    """Which of so many threads may ask, one after the other."""
    pools = [ThreadPoolExecutor(1) for _ in range(size)]  # alive together, or they would have the same name
    found = [pool.submit(lets_through, silence).result() for pool in pools]
    for pool in pools:
        pool.shutdown()
    return found


def test_while_it_was_a_moment_ago_nobody_asks(silence: Silence, watch: Watch) -> None:
    watch.seconds += PAUSE_SECONDS - 0.01
    assert burst(silence) == [False, False, False]


def test_soon_after_it_one_asks_for_all(silence: Silence, watch: Watch) -> None:
    watch.seconds += PAUSE_SECONDS + 0.01
    assert burst(silence) == [True, False, False]
    watch.seconds += LONGEST_ASKING_SECONDS + 0.01  # whoever asked never came back
    assert burst(silence) == [True, False, False]


def test_a_silence_of_long_ago_refuses_nobody(silence: Silence, watch: Watch) -> None:
    watch.seconds += PAUSE_SECONDS + REMEMBERED_SECONDS + 0.01
    assert burst(silence) == [True, True, True]


def answer() -> str:
    return "OK"


def hang() -> str:
    raise redis.TimeoutError


def err() -> str:
    raise redis.ResponseError("NOSCRIPT No matching script")


def refuse() -> str:
    raise redis.ConnectionError("Connection refused")


@pytest.mark.parametrize(("do", "after"), [(answer, True), (err, True), (refuse, True), (hang, False)])
def test_only_a_time_out_is_silence(
    silence: Silence, watch: Watch, do: Callable[[], str], after: object
) -> None:
    watch.seconds += PAUSE_SECONDS + 0.01
    with suppress(redis.RedisError):
        RemindedRetry(NoBackoff(), 0, silence).call_with_retry(do, lambda *_: None)
    assert burst(silence) == [after] * 3
