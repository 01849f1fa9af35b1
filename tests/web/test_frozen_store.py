"""A store that hangs: every request is refused well before the provider gives it up, and /ready says what is wrong."""

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap import build
from app.domain.errors import StoreUnavailable
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port, http_status
from app.store.clock import RedisBookmarks
from app.store.connection import connect
from tests.installation import environment, settings_for
from tests.launcher.test_embedded import StartStore
from tests.processes import running, wait_until
from tests.stories import NOON
from tests.web.test_real_server import SMS, headers_of, request
from tests.web.twilio import encoded, inbound

# The provider gives a webhook up after 15 s.
PATIENCE_SECONDS = 8


@contextmanager
def frozen(store: EmbeddedStore) -> Iterator[None]:
    assert store.pid is not None
    os.kill(store.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(store.pid, signal.SIGCONT)


@pytest.fixture
def store(start_store: StartStore) -> EmbeddedStore:
    return start_store("frozen", appendfsync="no")


@pytest.fixture
def port(store: EmbeddedStore, tmp_path: Path) -> Iterator[int]:
    port = free_port()
    variables = environment(store.url) | {"WEB_CONCURRENCY": "1"}
    variables["STOPWOORD_PORT"] = str(port)
    with running("-m", "app.web", environment=variables, log=tmp_path / "web.log") as process:
        wait_until(
            lambda: http_status(port, "/live") == 200 or process.poll() is not None, "the server listens"
        )
        yield port


def text(port: int, index: int) -> tuple[int, float]:
    """The status, and after how many seconds."""
    form, started = inbound("STOP", index), time.monotonic()
    status, _ = request(port, SMS, encoded(form), headers_of(form))
    return status, time.monotonic() - started


def test_a_crowd_at_a_frozen_store_is_refused_in_time_and_taken_in_when_it_is_back(
    port: int, store: EmbeddedStore
) -> None:
    assert text(port, 0)[0] == 200
    with frozen(store), ThreadPoolExecutor(60) as crowd:
        answers = list(crowd.map(lambda index: text(port, index), range(1, 61)))
        started = time.monotonic()
        status, body = request(port, "/ready")
        took = time.monotonic() - started
    assert {status for status, _ in answers} == {503}
    assert max(seconds for _, seconds in answers) < PATIENCE_SECONDS
    assert (status, took < PATIENCE_SECONDS) == (503, True)
    found = {check["check"]: check["ok"] for check in json.loads(body)["checks"]}
    assert found == {"store": False, "queue": False, "clock": False, "read back": False, "replies": False}
    wait_until(lambda: text(port, 1)[0] == 200, "the store is heard again", seconds=5)


def test_the_health_of_a_frozen_store_and_queue_is_told_within_seconds(store: EmbeddedStore) -> None:
    gateway = build(settings_for(store.url))
    with frozen(store):
        started = time.monotonic()
        assert not any(check.ok for check in gateway.readiness())
        assert time.monotonic() - started < 6


def test_after_a_silence_one_asks_and_the_others_do_not_wait(store: EmbeddedStore) -> None:
    bookmarks = RedisBookmarks(connect(store.url))
    bookmarks.beat(NOON)

    def ask(_: int) -> float:
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="TimeoutError"):
            bookmarks.last_beat()
        return time.monotonic() - started

    with frozen(store), ThreadPoolExecutor(4) as threads:
        ask(0)
        assert ask(0) < 0.5
        time.sleep(1.1)
        assert sorted(threads.map(ask, range(4)))[2] < 0.5
    time.sleep(1.1)
    assert bookmarks.last_beat() == NOON
