"""One running gateway for all journeys of a test process; each journey has handsets of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Stack
from tests.stack.privacy import leaks


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The gateway where the provider answers nothing; at the end its logs must hold nothing personal."""
    with Stack(tmp_path_factory.mktemp("journeys")) as stack:
        yield stack
        stack.at_rest()
        assert leaks(stack) == []


@pytest.fixture
def stack(running: Stack, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The same, with its logs printed when the journey fails."""
    failed = request.session.testsfailed
    yield running
    if request.session.testsfailed > failed:
        running.show_logs()


@pytest.fixture(scope="session")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The gateway whose parts the tests end; it asks for missed messages every second, and its waits are short."""
    directory = tmp_path_factory.mktemp("fragile")
    with Stack(directory, read_back_seconds=1, lease_seconds=4, grace_seconds=4) as stack:
        yield stack
        stack.at_rest()
        assert leaks(stack) == []


@pytest.fixture
def fragile(breakable: Stack, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The same with all parts at work and nothing owed, before a test as after it."""
    failed = request.session.testsfailed
    yield breakable
    breakable.sandbox.mend_all()
    if request.session.testsfailed > failed:
        breakable.show_logs()
        breakable.restart_ended()
    breakable.wait_until_ready()
    breakable.at_rest()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where a journey's own gateway keeps its files."""
    return tmp_path / "stack"
