"""The web process: it finishes what it has begun, leaves nobody behind, and says why it cannot start."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.machine.ports import free_port, http_status
from app.machine.tether import tethered
from app.program_file import example_program
from tests.servers import descendants, gone_soon

APPLICATION = """
import time
def app(environ, start):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    start("200 OK", [("content-type", "text/plain")])
    return [b"finished"]
"""
SERVE = (
    "from app.boundary import guarded; from app.settings import read_settings\n"
    "from app.web.server import serve\n"
    "raise SystemExit(guarded(lambda: serve('standin:app', read_settings())))"
)
SETTINGS = {
    "STOPWOORD_REDIS_URL": "redis://127.0.0.1:1",
    "STOPWOORD_PUBLIC_URL": "http://127.0.0.1",
    "STOPWOORD_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "STOPWOORD_TWILIO_AUTH_TOKEN": "token",
    "STOPWOORD_PROGRAM": "program.toml",
}
Start = Callable[[int], subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    (tmp_path / "standin.py").write_text(APPLICATION)
    metrics = tmp_path / "metrics"
    metrics.mkdir()
    (metrics / "counter_1.db").touch()
    own = {"PYTHONPATH": str(tmp_path), "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    with ExitStack() as running:

        def begin(port: int) -> subprocess.Popen[str]:
            server = subprocess.Popen(
                tethered([sys.executable, "-c", SERVE]),
                env=os.environ | SETTINGS | own | {"STOPWOORD_PORT": str(port)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            running.enter_context(server)
            running.callback(server.kill)
            return server

        yield begin


def wait_for(port: int) -> None:
    limit = time.monotonic() + 20
    while http_status(port) != 200:
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="this system does not tie processes to cores"
)
def test_each_process_has_a_core_of_its_own_where_there_is_one_for_each(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    cores = os.sched_getaffinity(0)
    for processes, expected in ((len(cores), [{core} for core in cores]), (1, [cores])):
        if processes == 1 == len(cores):
            continue
        monkeypatch.setenv("WEB_CONCURRENCY", str(processes))
        port = free_port()
        server = start(port)
        wait_for(port)
        found = [os.sched_getaffinity(pid) for pid in descendants(server.pid)]
        assert sorted(found, key=sorted) == sorted(expected, key=sorted)
        server.terminate()
        server.wait(20)


def test_a_request_in_flight_is_finished_before_the_server_stops(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port)
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/?1")
    time.sleep(0.3)
    server.terminate()
    assert connection.getresponse().read() == b"finished"
    connection.close()
    assert server.wait(10) == 0


def test_a_server_that_is_still_loading_stops_at_once(start: Start, tmp_path: Path) -> None:
    (tmp_path / "standin.py").write_text("import time; time.sleep(20)")
    server = start(free_port())
    limit = time.monotonic() + 10
    while len(descendants(server.pid)) < 2:
        assert time.monotonic() < limit
        time.sleep(0.02)
    server.terminate()
    assert server.wait(4) == 0


def test_no_process_goes_on_serving_when_the_server_is_killed(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port)
    below = descendants(server.pid)
    assert len(below) == 2
    server.kill()
    assert gone_soon(*below)
    assert http_status(port) == 0


def test_a_killed_process_is_replaced(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port)
    before = set(descendants(server.pid))
    victim = before.pop()
    os.kill(victim, signal.SIGKILL)
    limit = time.monotonic() + 10
    while len(set(descendants(server.pid)) - {victim}) < 2:
        assert time.monotonic() < limit
        time.sleep(0.05)
    wait_for(port)


def test_what_dead_processes_counted_is_wiped_at_the_start(start: Start, tmp_path: Path) -> None:
    port = free_port()
    start(port)
    wait_for(port)
    assert not (tmp_path / "metrics" / "counter_1.db").exists()


def test_a_taken_port_is_one_sentence(start: Start) -> None:
    port = free_port()
    start(port)
    wait_for(port)
    second = start(port)
    limit = threading.Timer(20, second.kill)
    limit.start()
    assert second.stderr is not None
    assert second.stderr.read() == (
        f"stopwoord: port {port} of 127.0.0.1, wanted for the web server, is taken; "
        "set STOPWOORD_PORT to another one\n"
    )
    assert second.wait() == 1
    limit.cancel()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STOPWOORD_PROGRAM", "nowhere.toml"),
        ("STOPWOORD_HOST", "nonsense.invalid"),
        ("STOPWOORD_HOST", "203.0.113.9"),
        ("WEB_CONCURRENCY", "abc"),
        ("WEB_CONCURRENCY", "0"),
        ("PROMETHEUS_MULTIPROC_DIR", "/proc/nowhere"),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    named = {"program nowhere.toml": "program file nowhere.toml"}.get(f"program {value}", name)
    own = {"STOPWOORD_PROGRAM": str(example_program()), "STOPWOORD_PORT": str(free_port()), name: value}
    done = subprocess.run(
        [sys.executable, "-m", "app.web"],
        cwd=tmp_path,
        env=os.environ | SETTINGS | own,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (4, 1), done.stderr
    assert done.stderr.startswith("stopwoord: ")
    assert named in done.stderr


def test_missing_settings_are_named_all_at_once(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.web"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 4
    assert all(f"{name} is not set" in done.stderr for name in SETTINGS)
    assert done.stderr.count("\n") == 1
