"""Where one person stands in campaigns: what erasing takes them out of."""

from typing import Final, cast

import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.store import keys

_LOOKED_AT: Final = 5


def campaign_traces(client: redis.Redis, number: Number) -> list[str]:
    """Of each campaign that they stand in todo, claimed, unknown, row, outcomes and counts of their partition."""
    tag, member = keys.tag(partition_of(number)), number.e164
    every = [keys.CampaignKeys(tag, name) for name in cast("list[str]", client.zrange(keys.CAMPAIGNS, 0, -1))]
    pipe = client.pipeline(transaction=False)
    for names in every:
        for key in (names.todo, names.claimed, names.unknown):
            pipe.zscore(key, member)
        pipe.exists(names.row(member))
        pipe.hget(names.outcomes, member)
    answers = iter(pipe.execute())
    found: list[str] = []
    for names in every:
        if any([next(answers) not in {None, 0} for _ in range(_LOOKED_AT)]):  # noqa: C419 - each is to be taken
            found += [names.todo, names.claimed, names.unknown]
            found += [names.row(member), names.outcomes, names.counts]
    return found
