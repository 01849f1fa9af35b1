"""The stores that the contract of campaigns is put to."""

from collections.abc import Callable
from dataclasses import dataclass

import redis

from app.domain.number import Number
from app.domain.partition import partition_of
from app.services.audience_ports import Erasures
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
from app.store.erasures import RedisErasures
from app.store.objections import Objections
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_erasures import MemoryErasures
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_store import MemoryStore

OBJECTIONS = Objections(b"a key of these tests, and no other")


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
    erasures: Erasures


def memory_campaign_store() -> CampaignStore:
    store = MemoryStore()
    every = MemoryCampaigns(store)
    profiles = MemoryProfiles(lambda number: store.load(number).version > 0)
    return CampaignStore(
        *(store, every, every, every, every, every),
        lambda number, tag: every.tags[tag].add(number),
        MemoryErasures(store, profiles, every),
    )


def redis_campaign_store(client: redis.Redis) -> CampaignStore:
    def tag(number: Number, name: str) -> None:
        client.sadd(keys.tagged(keys.tag(partition_of(number)), name), number.e164)

    return CampaignStore(
        RedisConsents(client, objections=OBJECTIONS),
        RedisCampaigns(client),
        RedisCampaignAudience(client),
        RedisCampaignRows(client),
        RedisCampaignFates(client),
        RedisCampaignResults(client),
        tag,
        RedisErasures(client, OBJECTIONS),
    )
