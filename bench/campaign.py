"""Campaigns on their whole way (claim, render, post, record) against a bare loop of the library's async client.

Both post to the same cheap provider with as many posts at once, in turn, in one run. The store is the embedded one
with its durable settings; the rate limit is set so high that it does not limit. Then a campaign to everybody: how
soon its first text is posted, and what the worker's memory is compared with that for a small one. Beside it the two
ways that people use instead: a loop over the sync client, and an RQ job for each text.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import Gateway, build, now
from app.domain.campaign import Audience
from app.domain.replies import Language
from app.launcher.embedded import EmbeddedStore
from app.logs import configure
from app.machine.ports import free_port
from app.machine.tether import tethered
from app.program_file import example_program
from app.services.campaign_plan import Plan
from app.services.send_campaign import AT_ONCE
from app.settings import Settings
from bench.audiences import subscribe
from bench.bars import verdict
from bench.other_ways import ACCOUNT, TEXT, TOKEN, async_loop, job_each, sync_loop
from bench.worker_processes import most_memory, processor_seconds, working

BAR, MEMORY_BAR_MB, FIRST_BAR_SECONDS = 0.65, 50, 5
SMALL = 10_000
# Whoever got a text in an earlier part gets no second one within the hour.
NEW_AT_LEAST = 500
WATCHED_SECONDS = 12.0
PATIENCE_SECONDS = 300.0


@dataclass(slots=True)
class Bench:
    """Everything that runs, and the next people who have got nothing yet."""

    gateway: Gateway
    store: EmbeddedStore
    provider: str
    free: int = 0

    def people(self, many: int, tag: str = "") -> None:
        """So many new subscribers."""
        # From the top of the numbers down, so that a campaign to everybody comes to them last.
        self.free += many
        subscribe(self.store.url, range(100_000_000 - self.free, 100_000_000 - self.free + many), tag)

    def campaign(self, tag: str = "") -> str:
        audience = Audience(tags=frozenset({tag} if tag else ()))
        plan = Plan(name="Spring", texts={Language("nl"): TEXT}, audience=audience)
        return self.gateway.campaigns.manage.create(plan, actor="bench").id

    def working(self, workers: int) -> AbstractContextManager[list[subprocess.Popen[bytes]]]:
        # As if the clock had just read messages back, without which no campaign goes on.
        self.gateway.bookmarks.remember_read_back(now())
        return working(workers, _environment(self.store.url, self.provider))

    def told(self, path: str = "/told") -> dict[str, float]:
        with urllib.request.urlopen(self.provider + path, timeout=10) as answer:  # noqa: S310 - our own stub
            return dict(json.load(answer))


def main(arguments: list[str]) -> int:
    """0 when all bars are met."""
    parser = argparse.ArgumentParser("bench campaign", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--texts", type=int, default=5_000, help="per round and way")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=200, help="texts of the two ways that people use instead")
    chosen = parser.parse_args(arguments)
    configure("WARNING")
    with ExitStack() as stack:
        bench = _set_up(stack)
        met = [compare(bench, chosen), at_scale(bench, chosen.subscribers)]
    return 0 if all(met) else 1


def compare(bench: Bench, chosen: argparse.Namespace) -> bool:
    """The rounds; whether one worker is quick enough."""
    ones, twos = [], []
    for turn in range(1, chosen.rounds + 1):
        cpu = time.process_time()
        bare = async_loop(bench.provider, chosen.texts, AT_ONCE)
        cpu = (time.process_time() - cpu) / chosen.texts
        one, two = (whole(bench, chosen.texts, workers) for workers in (1, 2))
        ones.append(one.rate / bare)
        twos.append(two.rate / bare)
        print(
            f"round {turn}: bare loop {bare:.0f}/s; one worker {one.rate:.0f}/s, ratio {ones[-1]:.2f}; "
            f"two workers {two.rate:.0f}/s, ratio {twos[-1]:.2f}; "
            f"processor time a text {cpu * 1e6:.0f}, {one.cpu * 1e6:.0f} and {two.cpu * 1e6:.0f} µs",
            flush=True,
        )
    loop = sync_loop(bench.provider, chosen.jobs)
    jobs, simple = (
        job_each(bench.provider, bench.store.url, chosen.jobs, forking=forking) for forking in (True, False)
    )
    print(
        f"instead: a loop over the sync client {loop:.0f}/s; an RQ job for each text {jobs:.1f}/s "
        f"({simple:.1f}/s without forking)"
    )
    median = statistics.median(ones)
    print(f"two workers: median ratio {statistics.median(twos):.2f}")
    print(
        f"one worker: median ratio {median:.2f}, at least {BAR} wanted: {verdict(met=median >= BAR)}",
        flush=True,
    )
    return median >= BAR


@dataclass(frozen=True, slots=True)
class Speed:
    """Texts a second, and seconds of processor time that the workers took for each."""

    rate: float
    cpu: float


def whole(bench: Bench, texts: int, workers: int) -> Speed:
    """From the first post until everybody has an outcome in the store."""
    tag = f"round-{bench.free}"
    bench.people(texts, tag)
    made = bench.campaign(tag)
    bench.told("/anew")
    with bench.working(workers) as processes:
        before = sum(processor_seconds(process.pid) for process in processes)
        bench.gateway.campaigns.manage.send(made)
        end = time.monotonic() + PATIENCE_SECONDS
        while (told := bench.told())["posts"] < texts or _left(bench, made):
            if time.monotonic() > end:
                raise RuntimeError(f"only {told['posts']:.0f} of {texts} texts were posted")
            time.sleep(0.1)
        finished = time.time()
        cpu = sum(processor_seconds(process.pid) for process in processes) - before
    counts = bench.gateway.campaigns.manage.progress(made).counts
    if (told["posts"], counts["sent"]) != (texts, texts):
        raise RuntimeError(f"{told['posts']} texts were posted and {counts['sent']} recorded, not {texts}")
    return Speed(texts / (finished - told["first"]), cpu / texts)


def _left(bench: Bench, campaign: str) -> bool:
    return bench.gateway.campaigns.manage.progress(campaign).left.any


def at_scale(bench: Bench, subscribers: int) -> bool:
    """A campaign to a few, then one to everybody; whether both bars are met."""
    bench.people(min(SMALL, subscribers), "small")
    small = _watch(bench, "small")[1]
    started = time.perf_counter()
    bench.people(max(NEW_AT_LEAST, subscribers - bench.free))
    print(f"{bench.free} subscribers after {time.perf_counter() - started:.0f} s", flush=True)
    first, large = _watch(bench, "")
    more = (large - small) / 1024
    print(
        f"worker's memory: {small / 1024:.0f} MB for {min(SMALL, subscribers)}, {large / 1024:.0f} MB for {bench.free}"
    )
    print(f"{more:.0f} MB more, at most {MEMORY_BAR_MB} wanted: {verdict(met=more <= MEMORY_BAR_MB)}")
    soon = verdict(met=first <= FIRST_BAR_SECONDS)
    print(f"first text {first:.1f} s after send, at most {FIRST_BAR_SECONDS} wanted: {soon}")
    return more <= MEMORY_BAR_MB and first <= FIRST_BAR_SECONDS


def _watch(bench: Bench, tag: str) -> tuple[float, int]:
    """Seconds from `send` to the first post, and the most memory (kB) of the worker and its child together."""
    made, most = bench.campaign(tag), 0
    bench.told("/anew")
    with bench.working(1) as (worker,):
        sent = time.time()
        bench.gateway.campaigns.manage.send(made)
        end = time.monotonic() + WATCHED_SECONDS
        while time.monotonic() < end:
            most = max(most, most_memory(worker.pid))
            time.sleep(0.05)
        first = bench.told()["first"]
    bench.gateway.campaigns.manage.cancel(made, "it was watched for long enough", actor="bench")
    if not first:
        raise RuntimeError("no text was posted while the worker was watched")
    return first - sent, most


def _set_up(stack: ExitStack) -> Bench:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    store = stack.enter_context(EmbeddedStore(folder, port=free_port()))
    port = free_port()
    stub = subprocess.Popen(tethered([sys.executable, "-m", "bench.stub_provider", str(port)]))  # noqa: S603 - our own
    stack.callback(stub.wait)
    stack.callback(stub.terminate)
    provider = f"http://127.0.0.1:{port}"
    values = {
        name.removeprefix("STOPWOORD_").lower(): value
        for name, value in _environment(store.url, provider).items()
    }
    return Bench(build(Settings(_env_file=None, **values)), store, provider)  # type: ignore[arg-type, call-arg]


def _environment(store: str, provider: str) -> dict[str, str]:
    return {
        "STOPWOORD_REDIS_URL": store,
        "STOPWOORD_PUBLIC_URL": "https://sms.example.org",
        "STOPWOORD_TWILIO_ACCOUNT_SID": ACCOUNT,
        "STOPWOORD_TWILIO_AUTH_TOKEN": TOKEN,
        "STOPWOORD_TWILIO_URL": provider,
        "STOPWOORD_PROGRAM": str(example_program()),
        "STOPWOORD_SEGMENTS_PER_SECOND": "1000000",
        # No clock runs here, which reads messages back.
        "STOPWOORD_READ_BACK_SECONDS": "100000",
        # It has to run at night as well.
        "STOPWOORD_QUIET_HOURS": "ignored",
        "STOPWOORD_LOG_LEVEL": "WARNING",
    }
