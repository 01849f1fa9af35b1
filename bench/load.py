"""A small HTTP client that keeps a fixed number of connections busy with requests made beforehand.

Requests are bytes and answers are only cut apart, so that the client takes little of the cores that it shares
with the server it measures.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What one run gave: requests per second, and latencies in seconds in ascending order."""

    rate: float
    latencies: Sequence[float]

    def percentile(self, share: float) -> float:
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def run(port: int, requests: Sequence[bytes], connections: int) -> Load:
    """Send every request once over `connections` kept connections; raises RuntimeError unless all answers are 200."""
    return asyncio.run(_run(port, requests, connections))


async def _run(port: int, requests: Sequence[bytes], connections: int) -> Load:
    latencies: list[float] = []
    waiting = iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(_connection(port, waiting, latencies) for _ in range(connections)))
    return Load(len(requests) / (time.perf_counter() - started), sorted(latencies))


async def _connection(port: int, waiting: "object", latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:  # type: ignore[attr-defined]
        sent = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {head.splitlines()[0].decode()}")
        await reader.readexactly(_length(head))
        latencies.append(time.perf_counter() - sent)
    writer.close()
    await writer.wait_closed()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise RuntimeError("the server's answer does not say how long it is")
