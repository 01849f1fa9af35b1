"""The HTTP server: the standard library's, with a thread per connection and kept connections.

Not granian, which serves the gateway: a fault must be able to reset a connection, hold it without an answer
or stop in the middle of a body, and for that the server has to let us at the socket. Werkzeug's would, but
it closes the connection after every answer, where clients of the real service keep theirs.
"""

import io
import os
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import unquote

from flask import Flask

from app.sandbox.endings import ENDING, Ending, Planned

LARGEST_REQUEST: Final = 1_000_000
# l_onoff, l_linger: closing with no time to linger makes the kernel send RST.
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Server(ThreadingHTTPServer):
    """Serves one WSGI application on 127.0.0.1; `stopping` ends every hang."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, port: int, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away or fell silent is none of our business; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the application and its answer to the socket."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: Server

    def handle_one_request(self) -> None:
        """Read a request and answer it; the connection stays open unless one side wants otherwise."""
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST_REQUEST or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(413, "The request is too large or does not say how large it is")
            return
        self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        head: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
            if self.close_connection:
                lines.append("Connection: close")
            head.append("\r\n".join([*lines, "", ""]).encode("latin-1"))

        environ = self._environ(body)
        result = self.server.app(environ, start)  # type: ignore[arg-type] # write() is not used
        content = b"".join(result)
        if close := getattr(result, "close", None):
            close()
        planned: Planned | None = environ.get(ENDING)
        if planned is None:
            self.wfile.write(head[0] + content)
        else:
            self._end(planned, head[0] + content[: len(content) // 2])

    def _end(self, planned: Planned, half: bytes) -> None:
        self.close_connection = True
        match planned.ending:
            case Ending.CUT:
                self.wfile.write(half)
            case Ending.HANG:
                self.server.stopping.wait(planned.seconds)
            case Ending.RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                # Closing the descriptor itself: an orderly shutdown would send FIN before RST.
                os.close(self.connection.detach())

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return environ

    def log_message(self, *_: object) -> None:
        """Say nothing: addresses in the log would hold numbers."""
