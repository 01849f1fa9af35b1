"""Every store, one after the other."""

import pytest

from app.store.connection import connect
from tests.contract.campaign_stores import CampaignStore, memory_campaign_store, redis_campaign_store
from tests.contract.stores import Store, memory_store, redis_store_at


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return memory_store()
    return redis_store_at(request.getfixturevalue("store_url"))


@pytest.fixture(params=["memory", "redis"])
def desk(request: pytest.FixtureRequest) -> CampaignStore:
    if request.param == "memory":
        return memory_campaign_store()
    return redis_campaign_store(connect(request.getfixturevalue("store_url")))
