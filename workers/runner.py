"""The worker process: one queue, our own tasks only. Whoever starts it has to start it again when it ends.

`python -m workers.runner QUEUE`; without a queue it is that of the replies.

RQ's own command would take any job class and queue, and its WorkerPool drops the serializer. One queue a process:
with two, a job can be lost for good when the worker is killed between taking it and running it.
"""

import sys
from typing import Final

import redis
from rq import Worker
from rq.serializers import JSONSerializer

from app.domain.errors import StopwoordError
from app.jobs.guarded_job import GuardedJob
from app.jobs.policy import MAINTENANCE_INTERVAL, QUEUES, REPLIES, WORKER_TTL
from app.jobs.queue import connect, queue
from app.logs import configure
from app.provider.line import preload
from workers.tasks import gateway

# How long a worker sleeps between two tries to reach a queue that is down; RQ's own limit is a minute, in which
# nobody would answer a STOP although everything is back.
LONGEST_RETRY_PAUSE: Final = 2.0


class PatientWorker(Worker):
    """RQ's worker, which looks again soon after the queue's server was away."""

    max_connection_wait_time = LONGEST_RETRY_PAUSE


def main() -> int:
    """Work until told to stop; 4 when the settings cannot work, 2 for a queue that is none of ours, 1 when the
    queue's server is gone.
    """
    name = sys.argv[1] if len(sys.argv) > 1 else REPLIES
    if name not in QUEUES:
        print(f"worker: there is no queue {name!r}, only {' and '.join(QUEUES)}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        settings = gateway().settings
    except StopwoordError as error:
        print(f"worker: {error}", file=sys.stderr)  # noqa: T201 - there is no log without settings
        return 4
    configure(settings.log_level)
    preload()
    try:
        _work(settings.queues, name)
    except redis.RedisError as error:
        print(f"worker: the queue's server did not answer: {type(error).__name__}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _work(queues: str, name: str) -> None:
    connection = connect(queues)
    worker = PatientWorker(
        [queue(connection, name)],
        connection=connection,
        job_class=GuardedJob,
        serializer=JSONSerializer,
        log_job_description=False,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE_INTERVAL,
    )
    worker.work(logging_level=None)


if __name__ == "__main__":
    raise SystemExit(main())
