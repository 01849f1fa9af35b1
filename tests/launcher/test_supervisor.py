"""The supervisor starts in order, keeps alive, stops in reverse order, and leaves nothing behind."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.launcher.launched import Launched
from tests.servers import alive, gone_soon

LIMIT_SECONDS = 20
# Each child tells that it has begun, and that it has been asked to stop.
POLITE = """
import os, signal, sys, time
def leave(*_):
    print("stopped", flush=True); raise SystemExit(0)
signal.signal(signal.SIGTERM, leave)
print(f"pid {os.getpid()}", flush=True)
while True: time.sleep(0.05)
"""
STUBBORN = POLITE.replace("leave)", "signal.SIG_IGN)")
# Starts a process below itself that would outlive it, in the same session.
PARENT = """
import os, subprocess, sys, time
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(f"pid {below.pid}", flush=True)
time.sleep(60)
"""
SCRIPT = """
import sys
from app.launcher.processes import Child
from app.launcher.supervisor import Supervisor
from app.launcher.relay import Relay
from app.boundary import guarded
codes = {codes!r}
children = [
    Child(
        name,
        [sys.executable, "-c", code],
        {{}},
        ready=lambda name=name: name not in ("slow", "optional"),
        start_seconds=0.5 if name == "optional" else 10,
        stop_seconds=1,
        needed=name != "optional",
    )
    for name, code in codes.items()
]
def ready(): print("ready", flush=True)
raise SystemExit(guarded(lambda: Supervisor(children, Relay(list(codes))).run(ready)))
"""


class Supervised(Launched):
    """A supervisor in a process group of its own, as a shell would start it."""

    def __init__(self, codes: dict[str, str]) -> None:
        self.lines: list[str] = []
        self._unmatched: list[str] = []
        super().__init__([sys.executable, "-c", SCRIPT.format(codes=codes)], LIMIT_SECONDS)

    def until(self, *parts: str) -> str:
        """The first line not asked for yet that has all of `parts`; reads on as far as needed."""
        for place, line in enumerate(self._unmatched):
            if all(part in line for part in parts):
                return self._unmatched.pop(place)
        for line in self.output:
            self.lines.append(line.rstrip("\n"))
            if all(part in line for part in parts):
                return line
            self._unmatched.append(line)
        pytest.fail(f"no line has {parts}: {self.lines}")

    def pid_of(self, name: str) -> int:
        return int(self.until(name, "pid").split()[-1])

    def end(self) -> int:
        """Read to the end; returns the exit code."""
        code, said = self.rest()
        self.lines += said.splitlines()
        return code


@pytest.fixture
def supervise() -> Iterator[Callable[..., Supervised]]:
    with ExitStack() as running:

        def start(**codes: str) -> Supervised:
            supervised = Supervised(codes)
            running.callback(supervised.close)
            return supervised

        yield start


Supervise = Callable[..., Supervised]


def test_an_interrupt_stops_all_in_reverse_order(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, web=POLITE, worker=POLITE)
    pids = [supervised.pid_of(name) for name in ("store", "web", "worker")]
    supervised.until("ready")
    supervised.interrupt()
    assert supervised.end() == 0
    assert supervised.lines[-3:] == ["worker | stopped", "web    | stopped", "store  | stopped"]
    assert gone_soon(*pids)


def test_a_killed_child_is_announced_and_started_again(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, web=POLITE)
    store, first = supervised.pid_of("store"), supervised.pid_of("web")
    supervised.until("ready")
    os.kill(first, signal.SIGKILL)
    supervised.until("web died (SIGKILL); again in 0.5 s")
    second = supervised.pid_of("web")
    assert second != first
    os.kill(second, signal.SIGKILL)
    supervised.until("web died (SIGKILL); again in 1 s")
    assert alive(store)


def test_what_a_dead_child_leaves_below_it_is_killed_before_the_next_one(supervise: Supervise) -> None:
    supervised = supervise(web=PARENT)
    below = supervised.pid_of("web")
    supervised.until("ready")
    parent = int(Path(f"/proc/{below}/stat").read_text().rsplit(")", 1)[1].split()[1])
    os.kill(parent, signal.SIGKILL)
    next_below = supervised.pid_of("web")
    assert gone_soon(below)
    supervised.interrupt()
    assert supervised.end() == 0
    assert gone_soon(next_below)


def test_a_killed_supervisor_leaves_no_orphan(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, web=STUBBORN)
    pids = [supervised.pid_of("store"), supervised.pid_of("web")]
    supervised.until("ready")
    supervised.process.kill()
    assert gone_soon(*pids)


def test_a_child_that_does_not_stop_is_killed_after_its_time(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, web=STUBBORN)
    pids = [supervised.pid_of("store"), supervised.pid_of("web")]
    supervised.until("ready")
    supervised.process.terminate()
    assert supervised.end() == 0
    assert "up    | web does not stop by itself and is killed" in supervised.lines
    assert supervised.lines[-1] == "store | stopped"
    assert gone_soon(*pids)


def test_a_second_interrupt_waits_for_nobody(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, web=STUBBORN, worker=STUBBORN)
    pids = [supervised.pid_of(name) for name in ("store", "web", "worker")]
    supervised.until("ready")
    for _ in range(2):
        supervised.interrupt()
        time.sleep(0.15)
    began = time.monotonic()
    assert supervised.end() == 0
    assert time.monotonic() - began < 1
    assert gone_soon(*pids)


def test_a_child_that_ends_before_it_is_ready_stops_the_start(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, slow="import time; time.sleep(1); raise SystemExit(7)")
    store = supervised.pid_of("store")
    assert supervised.end() == 1
    assert "stopwoord: slow ended before it was ready (exit code 7); see its lines above" in supervised.lines
    assert supervised.lines[-1] != "ready"
    assert gone_soon(store)


def test_a_late_child_that_nobody_needs_is_told_and_not_waited_for(supervise: Supervise) -> None:
    supervised = supervise(store=POLITE, optional=POLITE)
    supervised.until("up", "optional was not ready within 0.5 seconds; see its lines above")
    supervised.until("ready")
    supervised.interrupt()
    assert supervised.end() == 0
