"""The stores that the contract is put to, each with a look at the sets that no port shows."""

from collections.abc import Callable
from dataclasses import dataclass

import redis

from app.domain.consent import State
from app.domain.number import Number
from app.domain.partition import partition_of
from app.services.audience_ports import Audience, Erasures, Newcomers, Profiles
from app.services.care_ports import CareLog, Deliveries, Directory, Movements, ProviderErrors
from app.services.ports import Consents, Outbox
from app.store import keys
from app.store.audience import RedisAudience
from app.store.care import (
    RedisCareLog,
    RedisDeliveries,
    RedisDirectory,
    RedisMovements,
    RedisProviderErrors,
)
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.erasures import RedisErasures
from app.store.newcomers import RedisNewcomers
from app.store.objections import Objections
from app.store.outbox import RedisOutbox
from app.store.profiles import RedisProfiles
from tests.fakes.memory_audience import MemoryAudience
from tests.fakes.memory_care import (
    MemoryCareLog,
    MemoryDeliveries,
    MemoryDirectory,
    MemoryMovements,
    MemoryProviderErrors,
)
from tests.fakes.memory_erasures import MemoryErasures
from tests.fakes.memory_newcomers import MemoryNewcomers
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_store import MemoryStore

OBJECTIONS = Objections(b"a key of these tests, and no other")


@dataclass(frozen=True)
class Store:
    """The ports on one store. `has(number, state)`: whether the number is in the set of that state.

    `tagged(number, name)`: whether it is in the set of that tag.
    """

    consents: Consents
    outbox: Outbox
    has: Callable[[Number, State], bool]
    profiles: Profiles
    newcomers: Newcomers
    erasures: Erasures
    audience: Audience
    tagged: Callable[[Number, str], bool]
    care: CareLog
    directory: Directory
    movements: Movements
    deliveries: Deliveries
    errors: ProviderErrors


def memory_store() -> Store:
    store = MemoryStore()
    profiles = MemoryProfiles(lambda number: store.load(number).version > 0)
    care = MemoryCareLog()
    return Store(
        store,
        store,
        lambda number, state: number in store.numbers(state),
        profiles,
        MemoryNewcomers(store, profiles),
        MemoryErasures(store, profiles, care=care),
        MemoryAudience(store, profiles),
        lambda number, name: number in profiles.with_tag(name),
        care,
        MemoryDirectory(store),
        MemoryMovements(store),
        MemoryDeliveries(store),
        MemoryProviderErrors(),
    )


def redis_store(client: redis.Redis) -> Store:
    def has(number: Number, state: State) -> bool:
        tag = keys.tag(partition_of(number))
        match state:
            case State.SUBSCRIBED:
                return bool(client.sismember(keys.subscribers(tag), number.e164))
            case State.HELD:
                return client.zscore(keys.held(tag), number.e164) is not None
            case State.PENDING:
                return client.zscore(keys.pending(tag), number.e164) is not None
            case _:
                raise AssertionError(f"there is no set of the {state}")

    def tagged(number: Number, name: str) -> bool:
        return bool(client.sismember(keys.tagged(keys.tag(partition_of(number)), name), number.e164))

    consents = RedisConsents(client, objections=OBJECTIONS)
    return Store(
        consents,
        RedisOutbox(client),
        has,
        RedisProfiles(client),
        RedisNewcomers(client, objections=OBJECTIONS),
        RedisErasures(client, OBJECTIONS),
        RedisAudience(client),
        tagged,
        RedisCareLog(client),
        RedisDirectory(client),
        RedisMovements(client),
        RedisDeliveries(client),
        RedisProviderErrors(client),
    )


def redis_store_at(url: str) -> Store:
    return redis_store(connect(url))
