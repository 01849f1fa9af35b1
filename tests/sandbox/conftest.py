"""One sandbox and one gateway for each test module's process; each test finds them as new."""

from collections.abc import Iterator

import pytest

from tests.sandbox.running import Gateway, Sandbox, answering, running


@pytest.fixture(scope="session")
def _gateway() -> Iterator[Gateway]:
    with answering() as gateway:
        yield gateway


@pytest.fixture(scope="session")
def _sandbox(_gateway: Gateway) -> Iterator[Sandbox]:
    with running(_gateway.url("/in")) as sandbox:
        yield sandbox


@pytest.fixture
def gateway(_gateway: Gateway) -> Gateway:
    """A gateway that answers with empty TwiML until a test says otherwise."""
    fresh = Gateway(_gateway.port)
    for name in ("status", "content_type", "body", "delay"):
        setattr(_gateway, name, getattr(fresh, name))
    _gateway.received.clear()
    return _gateway


@pytest.fixture
def sandbox(_sandbox: Sandbox, gateway: Gateway) -> Sandbox:
    """A sandbox without messages, whose webhook is the gateway."""
    _sandbox.call("POST", "reset", json={})
    # What the last test had left on its way.
    gateway.received.clear()
    return _sandbox
