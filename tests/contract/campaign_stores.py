"""The stores that the contract of campaigns is put to."""

from collections.abc import Callable
from dataclasses import dataclass

import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.services.campaign_ports import (
    CampaignAudience,
    CampaignFates,
    CampaignResults,
    CampaignRows,
    Campaigns,
)
from app.services.ports import Consents
from app.store import keys
from app.store.campaign_audience import RedisCampaignAudience
from app.store.campaign_fates import RedisCampaignFates
from app.store.campaign_results import RedisCampaignResults
from app.store.campaign_rows import RedisCampaignRows
from app.store.campaigns import RedisCampaigns
from app.store.consents import RedisConsents
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_store import MemoryStore


@dataclass(frozen=True)
class CampaignStore:
    """Every port about campaigns on one store, and a way to give somebody a tag."""

    consents: Consents
    campaigns: Campaigns
    audience: CampaignAudience
    rows: CampaignRows
    fates: CampaignFates
    results: CampaignResults
    tag: Callable[[Number, str], object]


def memory_campaign_store() -> CampaignStore:
    store = MemoryStore()
    every = MemoryCampaigns(store)
    return CampaignStore(
        store, every, every, every, every, every, lambda number, tag: every.tags[tag].add(number)
    )


def redis_campaign_store(client: redis.Redis) -> CampaignStore:
    def tag(number: Number, name: str) -> None:
        client.sadd(keys.tagged(keys.tag(partition_of(number)), name), number.e164)

    return CampaignStore(
        RedisConsents(client),
        RedisCampaigns(client),
        RedisCampaignAudience(client),
        RedisCampaignRows(client),
        RedisCampaignFates(client),
        RedisCampaignResults(client),
        tag,
    )
