"""A shop's server that takes webhooks: a real one, which can fail, hang, reset, redirect and drip."""

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, cast

ENDLESS = 40


@dataclass
class Shop:
    """What it got, and what it does about the next calls: it takes them when nothing is said."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    does: list[str] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    url: str = ""

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        shop = cast("_Server", self.server).shop
        body = self.rfile.read(int(self.headers["Content-Length"]))
        shop.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.close_connection = True
        what = shop.does.pop(0) if shop.does else "200"
        match what:
            case "hang":
                shop.closing.wait(ENDLESS)
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "drip":
                self._drip(shop)
            case "huge":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 1_000_000)
            case "redirect":
                self._answer(302, {"Location": f"{shop.url}elsewhere"})
            case _:
                self._answer(int(what), {})

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": "0"}).items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self, shop: Shop) -> None:
        for letter in b"HTTP/1.1 200 OK\r\n" * 100:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            if shop.closing.wait(0.1):
                return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, shop: Shop) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shop = shop

    def handle_error(self, *_: Any) -> None:
        """It breaks connections on purpose."""


@contextmanager
def receiving() -> Iterator[Shop]:
    """A shop's server on this machine."""
    shop = Shop()
    server = _Server(shop)
    shop.url = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        shop.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
