"""How long people have waited for replies of the outbox that were not sent, whatever the rows themselves wait for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, cast

import redis

from app.domain.outbox import TEST, RowRef
from app.store import codec, keys

# Not the unknown ones: they were posted, and one lost answer must not take the whole gateway out of service for the
# minutes until the provider is asked. Should it not answer then, the check of reading back says so.
_UNSENT: Final = (keys.due, keys.claimed)
# It is asked every second or so, and must not cost more the more there is to do: so many of each set are looked
# at. The sets are by when a row is next looked at, so behind these an older one may stand; by then over a thousand
# wait, and the oldest of those looked at says enough.
LOOKED_AT: Final = 10


def oldest_owed(client: redis.Redis) -> datetime | None:
    """Since when the reply that has waited longest is owed; None when none is.

    When a row is next due says nothing of that: it moves on with every attempt. A text that is sent for a look is
    no reply, and a row that cannot be read is told wherever it is worked on.
    """
    pipe = client.pipeline(transaction=False)
    for ref in _unsent_rows(client):
        pipe.hmget(keys.row(ref), "owed", "reply")
    rows = cast("list[list[str | None]]", pipe.execute())
    owed = [int(since) for since, reply in rows if since and since.isdecimal() and reply != TEST]
    return codec.from_ms(min(owed)) if owed else None


def _unsent_rows(client: redis.Redis) -> Iterator[RowRef]:
    """The first few of each set of each partition, asked for at once: meanwhile a row may go from set to set."""
    pipe = client.pipeline(transaction=False)
    for tag in keys.every_tag():
        for waiting in _UNSENT:
            pipe.zrange(waiting(tag), 0, LOOKED_AT - 1)
    for members in cast("list[list[str]]", pipe.execute()):
        for member in members:
            yield keys.from_member(member)[0]
