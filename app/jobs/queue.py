"""The doorbell on RQ: rung off the request's path, heard once however often it is rung."""

import os
import threading
import time
from typing import Final

import redis
import structlog
from rq import Queue
from rq.serializers import JSONSerializer

from app.domain.errors import Misconfigured
from app.jobs.guarded_job import GuardedJob
from app.jobs.policy import BELL_SECONDS, JobPolicy

PAUSE_SECONDS: Final = 0.02

log = structlog.get_logger(__name__)


def connect(url: str, **options: object) -> redis.Redis:
    """A connection as RQ wants it: bytes in, bytes out. Raises Misconfigured; nothing is sent yet."""
    try:
        client = redis.Redis.from_url(url, **{"socket_connect_timeout": 1, "socket_timeout": 30, **options})
        # Build one connection now: redis-py checks the address's options only then.
        client.connection_pool.connection_class(**client.connection_pool.connection_kwargs)
    except TypeError:
        raise Misconfigured("STOPWOORD_QUEUE_URL has an option after its ? that means nothing") from None
    except ValueError:  # its words would repeat a part of the address, which may hold a password
        raise Misconfigured(
            "STOPWOORD_QUEUE_URL is not the address of a store, such as redis://127.0.0.1:6379/0"
        ) from None
    return client


def queue(connection: redis.Redis, name: str) -> Queue:
    return Queue(name, connection=connection, job_class=GuardedJob, serializer=JSONSerializer)


class RqDoorbell:
    """The port Doorbell. `ring` only sets a flag; a thread of this process enqueues, at most 50 times a second.

    A ring that is lost, with the process or the queue's server, is made good by the clock.
    """

    def __init__(self, url: str, policy: JobPolicy) -> None:
        connect(url).close()  # an address that is none is found here, not in the thread
        self._url, self._policy = url, policy
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._ringer_of = 0

    def ring(self) -> None:
        if not self._wanted.is_set():  # asking takes no lock, and under load most rings are one more
            self._wanted.set()
        # After a fork the thread is gone but the flag is not.
        if self._ringer_of != os.getpid():
            self._start()

    def ring_now(self) -> None:
        """Enqueue in this thread unless a ring waits in the queue, where it cannot be missed.

        The mark that the other rings leave is not asked: it outlives a worker that died with its job. Raises
        redis.RedisError.
        """
        with connect(self._url) as connection:
            target = queue(connection, self._policy.queue)
            if not target.count:
                _enqueue(target, self._policy)

    def _start(self) -> None:
        with self._starting:
            if self._ringer_of != os.getpid():
                self._ringer_of = os.getpid()
                threading.Thread(target=self._keep_ringing, name="doorbell", daemon=True).start()

    def _keep_ringing(self) -> None:
        target = queue(connect(self._url), self._policy.queue)
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                if target.connection.set(self._policy.bell, 1, nx=True, ex=BELL_SECONDS):
                    _enqueue(target, self._policy)
            except Exception as error:  # noqa: BLE001 - whatever it was, the next ring must be heard
                log.warning("the doorbell did not ring", error=type(error).__name__)
            time.sleep(PAUSE_SECONDS)


def heard(connection: redis.Redis, policy: JobPolicy) -> None:
    """To be called before draining: whatever is owed from now on has to ring again."""
    connection.delete(policy.bell)


def _enqueue(target: Queue, policy: JobPolicy) -> None:
    target.enqueue(
        policy.task,
        description=policy.description,
        job_timeout=policy.timeout,
        result_ttl=0,
        failure_ttl=policy.failure_ttl,
    )
