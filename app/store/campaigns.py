"""Campaigns in Redis: a hash for each, and two sorted sets that name them all and those that are under way."""

from collections.abc import Sequence
from typing import Final, cast

import redis
import structlog

from app.domain.campaign import Campaign
from app.domain.errors import StopwoordError
from app.store import codec, keys
from app.store.campaign_codec import campaign_fields, campaign_from
from app.store.connection import truthful
from app.store.scripts import script

# Longer than a worker takes to come by again and say it anew.
WAIT_SECONDS: Final = 5

log = structlog.get_logger(__name__)


class RedisCampaigns:
    """The port Campaigns on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._change = script(client, "campaign_change", when_full=True)

    @truthful
    def load(self, campaign: str) -> Campaign | None:
        fields = cast("dict[str, str]", self._client.hgetall(keys.campaign(campaign)))
        return campaign_from(campaign, fields) if fields else None

    @truthful
    def save(self, campaign: Campaign, *, rests: bool) -> bool:
        answer = self._change(
            keys=[keys.campaign(campaign.id), keys.CAMPAIGNS, keys.RESTLESS_CAMPAIGNS],
            args=[
                *(campaign.version - 1, campaign.id, codec.to_ms(campaign.created)),
                *("rests" if rests else "restless", *campaign_fields(campaign)),
            ],
        )
        return bool(answer)

    @truthful
    def every(self) -> Sequence[Campaign]:
        return self._named(cast("list[str]", self._client.zrevrange(keys.CAMPAIGNS, 0, -1)))

    @truthful
    def restless(self) -> Sequence[Campaign]:
        return self._named(cast("list[str]", self._client.zrange(keys.RESTLESS_CAMPAIGNS, 0, -1)))

    def _named(self, names: Sequence[str]) -> list[Campaign]:
        """Those that can be read: one that cannot must not hold up the others."""
        pipe = self._client.pipeline(transaction=False)
        for name in names:
            pipe.hgetall(keys.campaign(name))
        found = []
        for name, fields in zip(names, cast("list[dict[str, str]]", pipe.execute()), strict=True):
            try:
                found.append(campaign_from(name, fields))
            except (ValueError, KeyError, TypeError, StopwoordError):
                log.error("a campaign cannot be read", campaign=name)  # noqa: TRY400 - the error quotes it
        return found

    @truthful
    def note_wait(self, campaign: str, reason: str) -> None:
        self._client.set(keys.campaign_waits(campaign), reason, ex=WAIT_SECONDS)

    @truthful
    def waits(self, campaign: str) -> str:
        return cast("str | None", self._client.get(keys.campaign_waits(campaign))) or ""
