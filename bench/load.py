"""A client that keeps a fixed number of connections busy with requests made beforehand, over aiohttp.

It runs on the same cores as the server that it measures, for both sides alike; `client_seconds` says how much of
them it took, so that a ratio can be judged.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import aiohttp


@dataclass(frozen=True, slots=True)
class Request:
    """One POST, ready to be sent."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Load:
    """What one run gave: requests per second, latencies in seconds in ascending order, the client's CPU time."""

    rate: float
    latencies: Sequence[float]
    client_seconds: float

    def percentile(self, share: float) -> float:
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def run(port: int, requests: Sequence[Request], connections: int) -> Load:
    """Send every request once over `connections` kept connections; raises RuntimeError unless all answers are 200."""
    return asyncio.run(_run(port, requests, connections))


async def _run(port: int, requests: Sequence[Request], connections: int) -> Load:
    latencies: list[float] = []
    waiting = iter(requests)
    pool = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", connector=pool) as session:
        started, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(_connection(session, waiting, latencies) for _ in range(connections)))
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    return Load(len(requests) / seconds, sorted(latencies), cpu_seconds)


async def _connection(
    session: aiohttp.ClientSession, waiting: Iterator[Request], latencies: list[float]
) -> None:
    for request in waiting:
        sent = time.perf_counter()
        async with session.post(request.path, data=request.body, headers=request.headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"the server answered {answer.status}")
            await answer.read()
        latencies.append(time.perf_counter() - sent)
