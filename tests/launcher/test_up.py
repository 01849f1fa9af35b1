"""`stopwoord up` as a person meets it: one command, one Ctrl-C, and nothing lost or left behind."""

import os
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from app.launcher.embedded import DURABLE
from app.machine.ports import free_port
from tests.cli.shell import Shell
from tests.launcher.launched import Launched
from tests.servers import descendants, gone_soon

LIMIT_SECONDS = 60
READY = "Stopwoord is up"


class Up(Launched):
    """A running `stopwoord up`, in a process group of its own as under a shell."""

    def __init__(self, directory: Path, ports: tuple[int, int, int]) -> None:
        self.web, self.sandbox, self.store = ports
        self.said: list[str] = []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")}
        super().__init__(
            [sys.executable, "-m", "app.cli", "up", *self._options()],
            LIMIT_SECONDS,
            directory=directory,
            environment=environment,
        )

    def _options(self) -> list[str]:
        options = {"--port": self.web, "--sandbox-port": self.sandbox, "--store-port": self.store}
        return [part for name, port in options.items() for part in (name, str(port))]

    def until_ready(self) -> list[int]:
        """Wait for the block of addresses; returns the ids of all processes below."""
        for line in self.output:
            self.said.append(line)
            if READY in line:
                return descendants(self.process.pid)
        pytest.fail("".join(self.said))

    def connect(self) -> redis.Redis:
        return redis.Redis(port=self.store, decode_responses=True)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    ports = (free_port(), free_port(), free_port())
    with ExitStack() as running:

        def begin(directory: Path = tmp_path) -> Up:
            up = Up(directory, ports)
            running.callback(up.close)
            return up

        yield begin


def status(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return int(answer.status)


def test_up_runs_everything_and_one_interrupt_ends_it(
    start: Callable[..., Up], tmp_path_factory: pytest.TempPathFactory
) -> None:
    up = start()
    below = up.until_ready()
    assert len(below) >= 7  # store, sandbox, web and its two processes, worker, clock
    assert (status(up.web, "/live"), status(up.web, "/ready"), status(up.sandbox, "/")) == (200, 200, 200)
    with up.connect() as connection:
        assert {name: connection.config_get(name)[name] for name in DURABLE} == dict(DURABLE)

    code, said = start().rest()
    assert code == 1
    assert f"in use by a store that is already running (process {up.process.pid}, port {up.store})" in said

    code, said = start(tmp_path_factory.mktemp("other")).rest()
    assert (code, said) == (
        1,
        f"stopwoord: port {up.web}, wanted for the web server, is taken; choose another one with --port\n",
    )

    up.interrupt()
    code, said = up.rest()
    assert code == 0
    assert "is killed" not in said
    assert "sign in as dev with" in said  # the console's first account, whose password is shown this once
    assert gone_soon(*below)


def test_other_commands_find_what_up_has_started_and_slips_are_told(
    start: Callable[..., Up], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("STOPWOORD_REDIS_ULR=redis://127.0.0.1\n")
    left = tmp_path / ".stopwoord" / "development.env"
    left.parent.mkdir()
    left.touch(mode=0o644)
    up = start()
    up.until_ready()
    said = "".join(up.said)
    assert "STOPWOORD_REDIS_ULR means nothing here; did you mean STOPWOORD_REDIS_URL?" in " ".join(
        said.split()
    )
    assert left.stat().st_mode & 0o777 == 0o600
    shell = Shell(tmp_path, {})
    assert shell.type("subscriber", "opt-out", "06-12345678", "--reason", "called us").returncode == 0
    with up.connect() as connection:
        assert connection.dbsize() > 0
    assert "opted out" in shell.type("subscriber", "show", "06-12345678").stdout


def test_a_data_folder_that_cannot_be_one_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".stopwoord").touch()
    done = Shell(tmp_path, {}).type("up")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "cannot be made a directory for the data" in done.stderr


def test_an_address_that_cannot_be_one_is_told_before_anything_starts(tmp_path: Path) -> None:
    done = Shell(tmp_path, {}).type("up", STOPWOORD_REDIS_URL="redis://127.0.0.1:abc/0")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert done.stderr.startswith("stopwoord: STOPWOORD_REDIS_URL is not the address of a store")


def test_a_store_of_the_person_s_own_that_is_away_is_told_before_anything_starts(tmp_path: Path) -> None:
    away = f"redis://:s3cret@127.0.0.1:{free_port()}/0"
    done = Shell(tmp_path, {}).type("up", STOPWOORD_REDIS_URL=away)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "stopwoord: the store did not take part: ConnectionError; start it, or correct STOPWOORD_REDIS_URL\n"
    )


def test_a_queue_that_is_away_is_told_before_anything_starts(tmp_path: Path) -> None:
    done = Shell(tmp_path, {}).type("up", STOPWOORD_QUEUE_URL=f"redis://:s3cret@127.0.0.1:{free_port()}/0")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "stopwoord: the queue's server did not answer: ConnectionError; start it, or correct STOPWOORD_QUEUE_URL\n"
    )


def test_a_killed_up_leaves_nothing_running_and_the_next_one_has_all_data(start: Callable[..., Up]) -> None:
    first = start()
    below = first.until_ready()
    with first.connect() as connection:
        connection.set("kept", "yes")
    first.process.kill()
    assert gone_soon(*below)
    second = start()
    second.until_ready()
    with second.connect() as connection:
        assert connection.get("kept") == "yes"
