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


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where a journey's own gateway keeps its files."""
    return tmp_path / "stack"
