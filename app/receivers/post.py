"""Hand one call over: to the very address that was looked at, without following anything, within seconds."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from app.domain.webhook import Endpoint
from app.receivers.addresses import NotPublic, resolve
from app.services.webhook_ports import Told

ANSWER_SECONDS: Final = 10.0
AGENT: Final = "Stopwoord/1"


class HttpReceiver:
    """The port Receiver on HTTP. No proxy is used: it would decide for us which address is called."""

    def __init__(self, limit: float = ANSWER_SECONDS) -> None:
        self._limit = limit

    def tell(self, endpoint: Endpoint, said: bytes, headers: Mapping[str, str]) -> Told:
        try:
            status = self._post(endpoint, said, headers)
        except NotPublic:
            return Told(
                ok=False, why="the address is not a public one; add it with --allow-private if it is yours"
            )
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Told(ok=False, why=f"no answer: {type(error).__name__}")
        if 300 <= status < 400:
            return Told(ok=False, why=f"answered {status}; redirects are not followed")
        return Told(ok=200 <= status < 300, why="" if 200 <= status < 300 else f"answered {status}")

    def _post(self, endpoint: Endpoint, said: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer; its body is not read."""
        parts = urlsplit(endpoint.url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        line = http.client.HTTPConnection(host, port, timeout=self._limit)
        # The name was looked up once, here: a second look-up might lead elsewhere.
        line.sock = self._connected(
            resolve(host, port, private=endpoint.private), port, host if secure else ""
        )
        # A time limit of the socket begins anew with every byte; this one does not.
        limit = threading.Timer(self._limit, _cut, [line.sock])
        limit.daemon = True
        limit.start()
        try:
            about = {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": AGENT}
            line.request("POST", path, said, {**about, **headers})
            return line.getresponse().status
        finally:
            limit.cancel()
            line.close()

    def _connected(self, address: str, port: int, name: str) -> socket.socket:
        plain = socket.create_connection((address, port), self._limit)
        if not name:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=name)
        except BaseException:
            plain.close()
            raise


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
