"""What one subscriber costs in memory at a million, and whether finding one gets slower as they grow in number.

Subscribers are made by the gateway's own use case: a START by text, so each has a record, one piece of evidence,
its place in the subscriber set and the mark that its message was seen. Both stores answer in turn, in one run.
"""

import argparse
import multiprocessing
import random
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from app.domain.consent import Decision, Policy, Record, decide
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.replies import Language
from app.domain.signal import Signal
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.store.connection import connect
from app.store.consents import RedisConsents
from bench.bars import verdict

BYTES_BAR, LOOK_UP_BAR = 400, 1.2
SMALL = 1_000
PROCESSES = 2


def main(arguments: list[str]) -> int:
    """0 when both bars are met."""
    parser = argparse.ArgumentParser("bench store", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--look-ups", type=int, default=5_000, help="per round and store")
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        # Memory and look-ups do not depend on the disk; without it a million are there in minutes.
        small, large = (
            stack.enter_context(EmbeddedStore(_folder(stack), port=free_port(), appendonly="no"))
            for _ in range(2)
        )
        fill(small.url, SMALL)
        weighed = weigh(large.url, chosen.subscribers)
        met = compare(small.url, large.url, chosen)
    print(
        f"bytes a subscriber {weighed:.0f}, at most {BYTES_BAR} wanted: {verdict(met=weighed <= BYTES_BAR)}"
    )
    return 0 if met and weighed <= BYTES_BAR else 1


def weigh(url: str, subscribers: int) -> float:
    """Fill the store and say how many bytes each subscriber takes."""
    client = connect(url)
    empty = int(client.info("memory")["used_memory"])
    started = time.perf_counter()
    fill(url, subscribers)
    print(f"{subscribers} subscribers made in {time.perf_counter() - started:.0f} s")
    return (int(client.info("memory")["used_memory"]) - empty) / subscribers


def compare(small: str, large: str, chosen: argparse.Namespace) -> bool:
    """Look numbers up in both stores in turn; whether the larger one is quick enough."""
    ratios = []
    for number in range(chosen.rounds):
        quick = _look_up(small, SMALL, chosen.look_ups)
        slow = _look_up(large, chosen.subscribers, chosen.look_ups)
        ratios.append(slow / quick)
        print(f"round {number + 1}: {SMALL} {quick * 1e6:.0f} µs, {chosen.subscribers} {slow * 1e6:.0f} µs")
    median = statistics.median(ratios)
    print(f"look-up ratio {median:.2f}, at most {LOOK_UP_BAR} wanted: {verdict(met=median <= LOOK_UP_BAR)}")
    return median <= LOOK_UP_BAR


def _look_up(url: str, subscribers: int, times: int) -> float:
    """The median time of one look-up of a random subscriber (seconds)."""
    consents, choice = RedisConsents(connect(url)), random.Random(7)
    taken = []
    for _ in range(times):
        number = number_of(choice.randrange(subscribers))
        started = time.perf_counter()
        record = consents.load(number)
        taken.append(time.perf_counter() - started)
        if record.version != 1:
            raise RuntimeError("a subscriber that was made is not there")
    return statistics.median(taken)


def fill(url: str, subscribers: int) -> None:
    share = -(-subscribers // PROCESSES)
    parts = [(url, first, min(first + share, subscribers)) for first in range(0, subscribers, share)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.starmap(_subscribe, parts)


def _subscribe(url: str, first: int, last: int) -> None:
    consents = RedisConsents(connect(url))
    for place in range(first, last):
        decision = _start(place)
        consents.commit(number_of(place), decision, f"SM{place:032x}", None)


def _start(place: int) -> Decision:
    event = Event(
        signal=Signal.START,
        at=datetime.now(UTC),
        channel=Channel.SMS,
        actor="person",
        words="START",
        message=f"SM{place:032x}",
        rule="keyword",
    )
    return decide(Record(), event, Policy(default_language=Language("nl")))


def number_of(place: int) -> Number:
    """The number of the subscriber who was made in this place."""
    return Number(f"+3161{place:07d}")


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))
