"""The embedded store keeps what it has acknowledged, and lets nobody else at its files."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from app.launcher.embedded import DURABLE, EmbeddedStore
from app.machine.errors import LaunchFailed
from app.machine.ports import free_port, taken

StartStore = Callable[..., EmbeddedStore]


def connect(store: EmbeddedStore) -> redis.Redis:
    return redis.Redis.from_url(store.url, decode_responses=True)


def test_the_server_runs_with_the_settings_that_lose_nothing(start_store: StartStore) -> None:
    with connect(start_store()) as connection:
        assert {name: connection.config_get(name)[name] for name in DURABLE} == dict(DURABLE)
        assert connection.config_get("bind")["bind"] == "127.0.0.1"


def test_it_is_reached_by_a_socket_of_its_owner_alone() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="a ?") as short,
        EmbeddedStore(Path(short), port=free_port()) as store,
    ):
        assert store.url.startswith("unix://")
        assert stat.S_IMODE((Path(short) / "store.sock").stat().st_mode) == 0o700
        with connect(store) as connection:
            assert connection.ping()


def test_where_the_path_is_too_long_for_a_socket_it_is_reached_by_its_port(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    with EmbeddedStore(deep, port=free_port()) as store, connect(store) as connection:
        assert store.url == f"redis://127.0.0.1:{store.port}/0"
        assert connection.ping()


def test_what_was_acknowledged_survives_a_stop_and_a_start(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path, port=free_port()) as store, connect(store) as connection:
        connection.set("kept", "yes")
    with EmbeddedStore(tmp_path, port=free_port()) as store, connect(store) as connection:
        assert connection.get("kept") == "yes"


def test_what_was_acknowledged_survives_a_kill(start_store: StartStore) -> None:
    store = start_store()
    with connect(store) as connection:
        for turn in range(3):
            connection.set(f"kept {turn}", "yes")
            store.kill()
            store.restart()
        assert sorted(connection.keys()) == ["kept 0", "kept 1", "kept 2"]


def test_without_the_append_only_file_a_kill_forgets(start_store: StartStore) -> None:
    store = start_store(appendonly="no")
    with connect(store) as connection:
        connection.set("kept", "yes")
        store.kill()
        store.restart()
        assert connection.get("kept") is None


def test_a_second_start_on_one_directory_names_the_process_that_has_it(start_store: StartStore) -> None:
    store = start_store()
    with pytest.raises(LaunchFailed) as refused:
        EmbeddedStore(store.directory, port=free_port()).start()
    assert f"process {os.getpid()}, port {store.port}" in str(refused.value)
    assert "\n" not in str(refused.value)
    with connect(store) as connection:
        assert connection.ping()


def test_the_directory_is_free_again_after_a_stop(tmp_path: Path) -> None:
    for _ in range(2):
        EmbeddedStore(tmp_path, port=free_port()).__enter__().stop()


def test_a_taken_port_is_refused_before_anything_starts(start_store: StartStore, tmp_path: Path) -> None:
    port = start_store().port
    other = EmbeddedStore(tmp_path / "other", port=port)
    with pytest.raises(LaunchFailed, match=f"port {port}, wanted for the store, is taken"):
        other.start()
    assert other.pid is None


def test_a_server_that_cannot_start_points_to_its_log(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path, port=free_port(), appendfsync="sometimes")
    with pytest.raises(LaunchFailed, match=r"the reason is at the end of .*store\.log"):
        store.start()
    assert "appendfsync" in store.log.read_text()


def test_the_server_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    port = free_port()
    code = (
        "import sys, time; from pathlib import Path; from app.launcher.embedded import EmbeddedStore\n"
        "store = EmbeddedStore(Path(sys.argv[1]), port=int(sys.argv[2])); store.start()\n"
        "print(store.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert int(owner.stdout.readline()) > 0
        owner.kill()
    with EmbeddedStore(tmp_path, port=free_port()) as store:  # the lock went with the server
        assert not taken(port)
        assert store.ready()
