"""Waiting until replicas hold what was written."""

from typing import Final

import redis

from app.domain.errors import StoreUnavailable

REPLICA_MILLISECONDS: Final = 1000


def pipeline(client: redis.Redis, min_replicas: int) -> redis.client.Pipeline:
    """For many writes at once.

    The server writes to disk once for a transaction, and for plain commands once for every 16 KB that it reads. In
    a transaction it cannot wait for replicas.
    """
    return client.pipeline(transaction=not min_replicas)


def replicated(pipe: redis.client.Pipeline, min_replicas: int) -> list[object]:
    """Run what is queued and wait, on the same connection, until so many replicas hold it.

    An asynchronous failover loses what no replica holds. A message seen before is waited for as well: the
    first time may have ended in the error below.
    """
    if not min_replicas:
        return pipe.execute()
    pipe.wait(min_replicas, REPLICA_MILLISECONDS)
    *answers, held_by = pipe.execute()
    if held_by < min_replicas:
        raise StoreUnavailable(f"only {held_by} of {min_replicas} replicas confirmed the change")
    return answers
