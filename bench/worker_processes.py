"""The worker processes that are measured: started as in production, and looked at from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rq import Worker

from app.jobs.policy import CAMPAIGNS
from app.jobs.queue import connect, queue
from app.machine.tether import tethered

START_SECONDS = 60.0


@contextmanager
def working(workers: int, settings: Mapping[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many workers of campaigns, which have begun to wait for a job."""
    environment = {**os.environ, **settings}
    processes = [
        subprocess.Popen(tethered([sys.executable, "-m", "workers.runner", CAMPAIGNS]), env=environment)  # noqa: S603
        for _ in range(workers)
    ]
    try:
        _wait_for(settings["STOPWOORD_REDIS_URL"], workers)
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _wait_for(store: str, workers: int) -> None:
    end = time.monotonic() + START_SECONDS
    with connect(store) as connection:
        while Worker.count(queue=queue(connection, CAMPAIGNS)) < workers:
            if time.monotonic() > end:
                raise RuntimeError("the workers did not start")
            time.sleep(0.1)


def processor_seconds(pid: int) -> float:
    """What a worker has used, with its children, those that have ended included."""
    of_all = slice(11, 15)  # utime, stime, cutime, cstime
    ticks = [int(tick) for tick in _stat(pid)[of_all]]
    ticks += [int(tick) for child in _children(pid) for tick in _stat(child)[of_all]]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def most_memory(pid: int) -> int:
    """The most (kB) that a worker and the child it has now have held so far."""
    return sum(_peak(each) for each in (pid, *_children(pid)))


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
