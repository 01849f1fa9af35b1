"""Whoever can write to the queue's server still cannot make a worker run anything but our own tasks."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from rq import Callback, Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from app.jobs.policy import DRAIN, REPLIES
from tests.installation import environment
from tests.processes import ROOT, running, wait_until

FOREIGN = """
from pathlib import Path
def ran(*_, **__):
    Path(__file__).with_name("it-ran").touch()
def called_back(job, connection, *_):
    Path(__file__).with_name("it-ran").touch()
class Thing:
    ran = ran
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """The file that a foreign function leaves when it ran; the function can be imported by the worker."""
    (tmp_path / "foreign.py").write_text(FOREIGN)
    return tmp_path / "it-ran"


@pytest.fixture
def called() -> Iterator[list[str]]:
    """The paths at which a web address of this machine was asked."""
    paths: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        paths.append(f"http://127.0.0.1:{server.server_port}/hook")
        yield paths
        server.shutdown()
        thread.join()


@pytest.fixture
def queue(store_url: str) -> Iterator[Queue]:
    """The worker's queue as a stranger sees it: without our job class."""
    with redis.Redis.from_url(store_url.removesuffix("/0") + "/1") as connection:
        yield Queue(REPLIES, connection=connection, serializer=JSONSerializer)


def work_off(queue: Queue, store_url: str, directory: Path, jobs: list[Job]) -> dict[str, str]:
    """How each job ended, once a real worker has had them all."""
    url = f"{store_url.removesuffix('/0')}/1"
    variables = environment(store_url, queue_url=url) | {"PYTHONPATH": f"{directory}:{ROOT}"}
    with running("-m", "workers.runner", environment=variables, log=directory / "worker.log"):
        wait_until(lambda: all(job_over(queue, job) for job in jobs), "the worker had all jobs", 40)
    return {job.id: ended(queue, job) for job in jobs}


def job_over(queue: Queue, job: Job) -> bool:
    return ended(queue, job) in {"finished", "failed", ""}


def ended(queue: Queue, job: Job) -> str:
    status = queue.connection.hget(job.key, "status")
    return status.decode() if status else ""


def test_nothing_foreign_runs_and_nothing_is_called(
    queue: Queue, store_url: str, tmp_path: Path, foreign: Path, called: list[str]
) -> None:
    address = called[0]
    hooks = [Webhook(address, "finished"), Webhook(address, "failed")]
    back: dict[str, Any] = {
        "on_success": Callback("foreign.called_back"),
        "on_failure": Callback("foreign.called_back"),
        "on_stopped": Callback("foreign.called_back"),
        "webhooks": hooks,
        "result_ttl": 60,
    }
    refused = [
        queue.enqueue("foreign.ran", **back),
        queue.enqueue("foreign.Thing.ran", 1),
        queue.enqueue("builtins.print", "x"),
        queue.enqueue(DRAIN.task, "an argument", **back),
        queue.enqueue(DRAIN.task, kwargs={"name": "a value"}),
        queue.enqueue("workers.tasks.gateway"),
        by_hand(queue, [None, "foreign", "ran", [], {}]),
        by_hand(queue, "rubbish"),
    ]
    ours = [queue.enqueue(DRAIN.task, **back)]
    ends = work_off(queue, store_url, tmp_path, [*refused, *ours])
    assert {ends[job.id] for job in refused} <= {"failed", ""}
    assert [ends[job.id] for job in ours] == ["finished"]
    assert not foreign.exists()
    assert called[1:] == []


def by_hand(queue: Queue, data: object) -> Job:
    """A job whose call was written into Redis without RQ's help."""
    job = queue.enqueue(DRAIN.task)
    queue.connection.hset(job.key, "data", json.dumps(data).encode())
    return job


def test_the_workers_log_tells_no_arguments(
    queue: Queue, store_url: str, tmp_path: Path, foreign: Path
) -> None:
    job = queue.enqueue("foreign.ran", "+31612345678", kwargs_of="geheim", description="to +31612345678")
    work_off(queue, store_url, tmp_path, [job])
    log = (tmp_path / "worker.log").read_text()
    assert not foreign.exists()
    assert "31612345678" not in log
    assert "geheim" not in log


def test_a_worker_without_settings_says_which_and_ends_with_4(tmp_path: Path) -> None:
    with running("-m", "workers.runner", environment={}, log=tmp_path / "log") as process:
        assert process.wait(20) == 4
    assert "STOPWOORD_REDIS_URL is not set" in (tmp_path / "log").read_text()


def test_a_clock_without_settings_says_which_and_ends_with_4(tmp_path: Path) -> None:
    with running("-m", "workers.clock", environment={}, log=tmp_path / "log") as process:
        assert process.wait(20) == 4
    assert "STOPWOORD_REDIS_URL is not set" in (tmp_path / "log").read_text()
