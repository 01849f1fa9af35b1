"""Whether the job queue can be reached, and whether anybody works on it."""

from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Worker

from app.domain.errors import StoreUnavailable
from app.domain.sentence import sentence
from app.jobs.policy import REPLIES
from app.jobs.queue import connect, queue

# Whoever asks after the health wants to hear of a queue that hangs, and not to hang with it.
ANSWER_SECONDS: Final = 2.0
NO_ANSWER: Final = sentence("the queue's server did not answer: {kind}")


class RqHealth:
    """The port QueueHealth on RQ."""

    def __init__(self, url: str) -> None:
        self._url = url

    def workers(self) -> int:
        try:
            with connect(self._url, socket_timeout=ANSWER_SECONDS, retry=Retry(NoBackoff(), 0)) as connection:
                return int(Worker.count(queue=queue(connection, REPLIES)))
        except redis.RedisError as error:
            raise StoreUnavailable(NO_ANSWER.with_(kind=type(error).__name__)) from None
