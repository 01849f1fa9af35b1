"""Fixtures for every test: one store a test process, emptied before each test that uses it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from app.launcher.embedded import EmbeddedStore
from tests.servers import running_store


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store-fsync",
        choices=["always", "everysec", "no"],
        default="everysec",
        help="appendfsync of the shared test store; tests of durability start a store of their own",
    )
    parser.addoption("--screenshots", action="store_true", help="take the README's picture in docs/ anew")


@pytest.fixture(scope="session")
def store_server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[EmbeddedStore]:
    """The store that the tests of this process share."""
    fsync = str(request.config.getoption("--store-fsync"))
    with running_store(tmp_path_factory.mktemp("store"), appendfsync=fsync) as store:
        yield store


@pytest.fixture(scope="session")
def redis_url(store_server: EmbeddedStore) -> str:
    """The shared store's address, with whatever earlier tests have left in it."""
    return store_server.tcp_url


@pytest.fixture
def store_url(redis_url: str) -> str:
    """The shared store's address, emptied for this test."""
    with redis.Redis.from_url(redis_url) as connection:
        connection.flushall()
        connection.script_flush()
    return redis_url


@pytest.fixture
def start_store(tmp_path: Path) -> Iterator[Callable[..., EmbeddedStore]]:
    """Starts stores of this test's own, durable unless told otherwise: `start_store(appendonly="no")`."""
    with ExitStack() as running:

        def start(name: str = "store", **settings: str) -> EmbeddedStore:
            return running.enter_context(running_store(tmp_path / name, **settings))

        yield start
