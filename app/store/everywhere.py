"""One question to all partitions, in one round trip."""

from collections.abc import Callable
from typing import Any

import redis
from redis.client import Pipeline

from app.store import keys


def everywhere(client: redis.Redis, ask: Callable[[Pipeline, str], object]) -> list[Any]:
    """The answers of every partition, in their order; `ask` puts exactly one command about a tag into the pipeline."""
    pipe = client.pipeline(transaction=False)
    for tag in keys.every_tag():
        ask(pipe, tag)
    return pipe.execute()
