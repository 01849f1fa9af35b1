"""Ports of this machine: whether one is taken, and finding one that is not."""

import errno
import http.client
import socket
from typing import Final

LOCAL: Final = "127.0.0.1"


def taken(port: int, host: str = LOCAL) -> bool:
    """Whether nothing more can listen on `port`; a connection that is only lingering does not count.

    Raises OSError when `host` is no address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            return True
    return False


def http_status(port: int, path: str = "/") -> int:
    """With which status `port` of this machine answers a GET; 0 when nobody answers."""
    connection = http.client.HTTPConnection(LOCAL, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def free_port() -> int:
    """A port that nobody listens on now. Another process may take it before you do."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        port: int = probe.getsockname()[1]
        return port
