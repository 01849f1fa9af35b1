"""What has come of a campaign, read from its sets and counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

import redis

from app.domain.number import Number
from app.domain.partition import PARTITIONS, partition_of
from app.domain.recipient import RecipientOutcome
from app.services.campaign_ports import Left
from app.store import codec, keys
from app.store.campaign_codec import outcome_from
from app.store.campaign_rows import keys_of
from app.store.connection import truthful
from app.store.scripts import script

PAGE: Final = 500
EVERYWHERE: Final = range(PARTITIONS)


class RedisCampaignResults:
    """The port CampaignResults on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._left = script(client, "campaign_left", when_full=True)

    @truthful
    def left(self, campaign: str) -> Left:
        pipe = self._client.pipeline(transaction=False)
        for partition in EVERYWHERE:
            names = keys_of(campaign, partition)
            self._left(keys=[names.todo, names.claimed, names.unknown], client=pipe)
        found = cast("list[list[int]]", pipe.execute())
        return Left(*(sum(numbers) for numbers in zip(*found, strict=True)))

    @truthful
    def due(self, campaign: str, now: datetime) -> int:
        pipe = self._client.pipeline(transaction=False)
        for partition in EVERYWHERE:
            pipe.zcount(keys_of(campaign, partition).todo, "-inf", codec.to_ms(now))
        return sum(cast("list[int]", pipe.execute()))

    @truthful
    def next_due(self, campaign: str) -> datetime | None:
        pipe = self._client.pipeline(transaction=False)
        for partition in EVERYWHERE:
            pipe.zrange(keys_of(campaign, partition).todo, 0, 0, withscores=True)
        found = cast("list[list[tuple[str, float]]]", pipe.execute())
        scores = [score for first in found for _, score in first]
        return codec.from_ms(min(scores)) if scores else None

    @truthful
    def counts(self, campaign: str) -> Mapping[str, int]:
        pipe = self._client.pipeline(transaction=False)
        for partition in EVERYWHERE:
            pipe.hgetall(keys_of(campaign, partition).counts)
        for tag in keys.every_tag():
            pipe.hget(keys.opt_outs_after(tag), campaign)
        answers = pipe.execute()
        total: Counter[str] = Counter()
        for counts in cast("list[dict[str, str]]", answers[:PARTITIONS]):
            total.update({name: int(count) for name, count in counts.items()})
        total["opted_out"] += sum(int(count or 0) for count in cast("list[str | None]", answers[PARTITIONS:]))
        return total

    @truthful
    def outcome_of(self, campaign: str, number: Number) -> RecipientOutcome | str:
        names, member = keys_of(campaign, partition_of(number)), number.e164
        pipe = self._client.pipeline(transaction=False)
        # In the order in which a recipient moves on, so that nobody is missed who does so meanwhile.
        for key in (names.todo, names.claimed, names.unknown):
            pipe.zscore(key, member)
        pipe.hget(names.outcomes, member)
        todo, claimed, unknown, outcome = pipe.execute()
        if outcome is not None:
            return outcome_from(cast("str", outcome))
        if todo is not None:
            return "waiting"
        return "being sent" if claimed is not None else "unknown" if unknown is not None else ""

    @truthful
    def messages(self, campaign: str, numbers: Sequence[Number]) -> Sequence[str]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.hget(keys_of(campaign, partition_of(number)).outcomes, number.e164)
        found = cast("list[str | None]", pipe.execute())
        return [outcome_from(text).message if text else "" for text in found]

    def outcomes(self, campaign: str) -> Iterator[tuple[Number, RecipientOutcome]]:
        for partition in EVERYWHERE:
            cursor = -1
            while cursor:
                cursor, page = self._page(campaign, partition, max(cursor, 0))
                for member, text in page.items():
                    yield Number(member), outcome_from(text)

    @truthful
    def _page(self, campaign: str, partition: int, cursor: int) -> tuple[int, dict[str, str]]:
        answer = self._client.hscan(keys_of(campaign, partition).outcomes, cursor, count=PAGE)
        return cast("tuple[int, dict[str, str]]", answer)
