"""Every store, one after the other."""

import pytest

from tests.contract.stores import Store, memory_store, redis_store_at


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return memory_store()
    return redis_store_at(request.getfixturevalue("store_url"))
