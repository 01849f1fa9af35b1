"""The jobs there are, and how each is run. A job is a doorbell: "go and drain", with nothing in it."""

from dataclasses import dataclass
from typing import Final

QUEUE: Final = "stopwoord-replies"
# Set while a ring waits to be heard, so that a thousand replies ring once.
BELL_KEY: Final = "sw:bell"
BELL_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """How RQ keeps one kind of job (all in seconds).

    There is no Retry: a killed drain is not run again, for the clock rings anyway for whatever it left.
    """

    task: str
    description: str
    timeout: int
    failure_ttl: int


DRAIN: Final = JobPolicy("workers.tasks.drain_outbox", "drain the outbox", timeout=120, failure_ttl=3600)
TASKS: Final = frozenset({DRAIN.task})

# A worker that dies silently is noticed after this time (seconds).
WORKER_TTL: Final = 20
MAINTENANCE_INTERVAL: Final = 5
