"""Ports of this machine: whether one is taken, and finding one that is not."""

import socket
from typing import Final

LOCAL: Final = "127.0.0.1"


def taken(port: int, host: str = LOCAL) -> bool:
    """Whether nothing more can listen on `port`; a connection that is only lingering does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def accepts(port: int, host: str = LOCAL) -> bool:
    """Whether somebody accepts connections on `port`."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port that nobody listens on now. Another process may take it before you do."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        port: int = probe.getsockname()[1]
        return port
