"""Doing things later, on threads of our own that never keep the process from stopping."""

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable

Job = Callable[[], None]

log = logging.getLogger(__name__)


class Crew:
    """A fixed number of daemon threads that do jobs in the order they came."""

    def __init__(self, name: str, size: int) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for number in range(size):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def do(self, job: Job) -> None:
        """Do a job as soon as a thread is free."""
        self._jobs.put(job)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception:
                log.exception("A job of the sandbox failed.")


class Schedule:
    """A clock that hands jobs to a crew when they are due."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._due: list[tuple[float, int, Job]] = []
        self._ticket = itertools.count()
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="schedule", daemon=True).start()

    def later(self, seconds: float, job: Job) -> None:
        """Do a job in so many seconds."""
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._ticket), job))
            self._changed.notify()

    def clear(self) -> None:
        """Forget what is not due yet."""
        with self._changed:
            self._due.clear()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._due or (wait := self._due[0][0] - time.monotonic()) > 0:
                    self._changed.wait(wait if self._due else None)
                _, _, job = heapq.heappop(self._due)
            self._crew.do(job)
