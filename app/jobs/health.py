"""Whether the job queue can be reached, and whether anybody works on it."""

import redis
from rq import Worker

from app.domain.errors import StoreUnavailable
from app.jobs.policy import REPLIES
from app.jobs.queue import connect, queue


class RqHealth:
    """The port QueueHealth on RQ."""

    def __init__(self, url: str) -> None:
        self._url = url

    def workers(self) -> int:
        try:
            with connect(self._url) as connection:
                return int(Worker.count(queue=queue(connection, REPLIES)))
        except redis.RedisError as error:
            raise StoreUnavailable(f"the queue's server did not answer: {type(error).__name__}") from None
