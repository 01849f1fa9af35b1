"""The servers that benches measure: the web server with any application in it, as in production."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.machine.ports import free_port

START_SECONDS = 30
STOP_SECONDS = 15


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[int]:
    """The port on which `target` ("module:attribute") is served by the gateway's own web server."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, "-m", "bench.serve", target],
        env={**os.environ, **environment, "STOPWOORD_PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _accepts(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server of {target} did not start")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
