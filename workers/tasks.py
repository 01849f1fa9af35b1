"""The jobs, as RQ calls them: no arguments, safe to run twice and at once."""

import functools

from app.bootstrap import Gateway, build
from app.jobs.queue import connect, heard
from app.settings import read_settings


@functools.cache
def gateway() -> Gateway:
    """This process's gateway; the worker builds it before it forks."""
    return build(read_settings())


def drain_outbox() -> None:
    """Send everything that is due."""
    with connect(gateway().settings.queues) as connection:
        heard(connection)
    gateway().deliver_replies()
