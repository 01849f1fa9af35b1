"""The jobs there are, and how each is run. A job is a doorbell: "go and drain", with nothing in it."""

from dataclasses import dataclass
from typing import Final

REPLIES: Final = "stopwoord-replies"
CAMPAIGNS: Final = "stopwoord-campaigns"
BELL_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """How RQ keeps one kind of job (all in seconds).

    There is no Retry: a killed drain is not run again, for the clock rings anyway for whatever it left.
    `bell`: the key that is set while a ring waits to be heard, so that a thousand replies ring once.
    """

    task: str
    queue: str
    bell: str
    description: str
    timeout: int
    failure_ttl: int


DRAIN: Final = JobPolicy(
    "workers.tasks.drain_outbox", REPLIES, "sw:bell", "drain the outbox", timeout=120, failure_ttl=3600
)
# A queue of its own, with workers of its own: a long campaign must not hold up a confirmation.
RUN_CAMPAIGNS: Final = JobPolicy(
    "workers.tasks.run_campaigns",
    CAMPAIGNS,
    "sw:bell:campaigns",
    "run campaigns",
    timeout=120,
    failure_ttl=3600,
)
POLICIES: Final = (DRAIN, RUN_CAMPAIGNS)
TASKS: Final = frozenset(policy.task for policy in POLICIES)
QUEUES: Final = tuple(policy.queue for policy in POLICIES)

# A worker that dies silently is noticed after this time (seconds).
WORKER_TTL: Final = 20
MAINTENANCE_INTERVAL: Final = 5
