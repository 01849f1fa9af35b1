"""Sending without a gateway: a loop over the library's async client, over its sync one, and a job for each text.

None of them checks consent, writes anything down or survives a kill. `python -m bench.other_ways` is the worker
of the last one, which is what RQ's own command would run.
"""

import asyncio
import os
import subprocess
import sys
import time

import redis
from rq import Queue, SimpleWorker, Worker
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bench.audiences import number

ACCOUNT, TOKEN, SENDER = "AC" + "0" * 32, "0" * 32, "+3197010200000"
TEXT, CALLBACK = "Lente: 10% korting", "https://sms.example.org/twilio/status?ref=c-spring22-0123456789abcdef"
JOBS, PROVIDER = "bench-jobs", "BENCH_PROVIDER"


def async_loop(url: str, texts: int, at_once: int) -> float:
    """Texts a second of `at_once` tasks that post one text after the other."""
    return asyncio.run(_async_loop(url, texts, at_once))


async def _async_loop(url: str, texts: int, at_once: int) -> float:
    async with AsyncTwilioHttpClient() as http:
        client = _client(url, http)
        waiting = iter(range(texts))

        async def post_all() -> None:
            for place in waiting:
                await client.messages.create_async(**_text(place))

        started = time.perf_counter()
        await asyncio.gather(*(post_all() for _ in range(at_once)))
        return texts / (time.perf_counter() - started)


def sync_loop(url: str, texts: int) -> float:
    """Texts a second of one text after the other."""
    client = _client(url, TwilioHttpClient())
    started = time.perf_counter()
    for place in range(texts):
        client.messages.create(**_text(place))
    return texts / (time.perf_counter() - started)


def job_each(provider: str, store: str, texts: int, *, forking: bool) -> float:
    """Texts a second of one RQ worker with a job for each text."""
    with redis.Redis.from_url(store) as connection:
        queue = Queue(JOBS, connection=connection)
        for place in range(texts):
            queue.enqueue(post_one, place, result_ttl=0)
    kind = "rq.Worker" if forking else "rq.SimpleWorker"
    command = [sys.executable, "-m", "bench.other_ways", store, kind]
    done = subprocess.run(command, env={**os.environ, PROVIDER: provider}, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return texts / float(done.stdout)


def main(store: str, kind: str) -> None:
    """Work until the queue is empty, and print the seconds that it took."""
    with redis.Redis.from_url(store) as connection:
        made = Worker if kind == "rq.Worker" else SimpleWorker
        worker = made([Queue(JOBS, connection=connection)], connection=connection)
        started = time.perf_counter()
        worker.work(burst=True, logging_level="ERROR")
        print(time.perf_counter() - started)


def post_one(place: int) -> None:
    """The job: it does as most such jobs do, and makes a client for its text."""
    _client(os.environ[PROVIDER], TwilioHttpClient()).messages.create(**_text(place))


def _client(url: str, http: AsyncTwilioHttpClient | TwilioHttpClient) -> Client:
    client = Client(ACCOUNT, TOKEN, http_client=http)
    client.api.base_url = url
    return client


def _text(place: int) -> dict[str, str]:
    return {"to": number(place).e164, "from_": SENDER, "body": TEXT, "status_callback": CALLBACK}


if __name__ == "__main__":
    main(*sys.argv[1:])
