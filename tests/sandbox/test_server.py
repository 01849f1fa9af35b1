"""What the sandbox's server says, and does not say, when a connection ends."""

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from app.sandbox.server import Handler, Server
from tests.processes import wait_until

REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that waits for the next request of a connection only a moment."""
    monkeypatch.setattr(Handler, "timeout", 0.2)
    app = Flask("sandbox")
    app.add_url_rule("/", view_func=lambda: "Hallo")
    with Server(0, app) as made:
        serving = threading.Thread(target=made.serve_forever, args=(0.05,))
        serving.start()
        yield made
        made.shutdown()
        serving.join()


def test_a_kept_connection_on_which_nothing_more_is_asked_ends_without_a_word(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as kept:
        kept.sendall(REQUEST)
        said = b""
        while piece := kept.recv(4096):
            said += piece
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"Hallo")
    assert capsys.readouterr() == ("", "")


def test_any_other_error_of_a_connection_is_shown(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "app", None)
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(REQUEST)
        assert connection.recv(4096) == b""
    wait_until(lambda: "TypeError" in capsys.readouterr().err, "it is shown")
