"""The worker process: one queue, our own tasks only. Whoever starts it has to start it again when it ends.

RQ's own command would take any job class and queue, and its WorkerPool drops the serializer. One queue a process:
with two, a job can be lost for good when the worker is killed between taking it and running it.
"""

import sys

from rq import Worker
from rq.serializers import JSONSerializer

from app.domain.errors import StopwoordError
from app.jobs.guarded_job import GuardedJob
from app.jobs.policy import MAINTENANCE_INTERVAL, WORKER_TTL
from app.jobs.queue import connect, queue
from app.logs import configure
from workers.tasks import gateway


def main() -> int:
    """Work until told to stop; 4 when the settings cannot work."""
    try:
        settings = gateway().settings
    except StopwoordError as error:
        print(f"worker: {error}", file=sys.stderr)  # noqa: T201 - there is no log without settings
        return 4
    configure(settings.log_level)
    connection = connect(settings.queues)
    worker = Worker(
        [queue(connection)],
        connection=connection,
        job_class=GuardedJob,
        serializer=JSONSerializer,
        log_job_description=False,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE_INTERVAL,
    )
    worker.work(logging_level=None)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
