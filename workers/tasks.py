"""The jobs, as RQ calls them: no arguments, safe to run twice and at once."""

import functools

from app.bootstrap import Gateway, build
from app.jobs.policy import DRAIN, RUN_CAMPAIGNS, JobPolicy
from app.jobs.queue import connect, heard
from app.settings import read_settings


@functools.cache
def gateway() -> Gateway:
    """This process's gateway; the worker builds it before it forks."""
    return build(read_settings())


def drain_outbox() -> None:
    """Send everything that is due."""
    _hear(DRAIN)
    gateway().deliver_replies()


def run_campaigns() -> None:
    """Work on the campaigns for some seconds; the next job goes on at once."""
    _hear(RUN_CAMPAIGNS)
    if gateway().campaigns.run():
        gateway().campaigns.doorbell.ring_now()


def _hear(policy: JobPolicy) -> None:
    with connect(gateway().settings.queues) as connection:
        heard(connection, policy)
