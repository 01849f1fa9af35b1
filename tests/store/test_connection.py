"""What the connection to the store does differently from the client's own."""

import socket

import pytest
import redis

from app.domain.errors import StoreAway, StoreUnavailable
from app.store.connection import connect, truthful


class Counted:
    """A socket that counts how often it is given something to send."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner, self.sent = inner, 0

    def sendall(self, data: bytes) -> None:
        self.sent += 1
        self.inner.sendall(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


@pytest.mark.parametrize(("commands", "pieces"), [(1, 1), (1000, 1), (4000, 3)])
def test_a_pipeline_leaves_in_few_large_pieces(store_url: str, commands: int, pieces: int) -> None:
    with connect(store_url) as client:
        connection = client.connection_pool.get_connection()
        connection.connect()
        connection._sock = counted = Counted(connection._sock)
        client.connection_pool.release(connection)
        pipe = client.pipeline(transaction=True)
        for number in range(commands):
            pipe.set(f"key-{number}", "x" * 100)
        assert pipe.execute() == [True] * commands
        assert counted.sent == pieces
        assert client.get(f"key-{commands - 1}") == "x" * 100


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (redis.ConnectionError(), StoreAway),
        (redis.TimeoutError(), StoreAway),
        (redis.AuthenticationError(), StoreAway),
        (redis.BusyLoadingError(), StoreUnavailable),
        (redis.ResponseError("OOM command not allowed"), StoreUnavailable),
        (ValueError(), StoreUnavailable),
    ],
)
def test_only_of_a_store_that_nobody_reaches_it_is_said_that_it_is_away(
    error: Exception, told: type[StoreUnavailable]
) -> None:
    @truthful
    def ask() -> None:
        raise error

    with pytest.raises(StoreUnavailable) as raised:
        ask()
    assert type(raised.value) is told
