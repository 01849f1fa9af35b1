"""An audience whose records are asked, as the store has it: nobody can be claimed before a partition is whole."""

import pytest

from app.domain.campaign import Audience
from app.domain.errors import StoreUnavailable
from app.domain.partition import partition_of
from app.domain.signal import Signal
from app.services.campaign_ports import Left
from app.store import keys
from app.store.campaign_audience import RedisCampaignAudience
from app.store.campaign_results import RedisCampaignResults
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.campaign_stories import spring
from tests.stories import EN, NL, NOON, apply, person, texted


def test_what_breaks_off_has_written_nobody_down_and_leaves_nothing_behind(store_url: str) -> None:
    client = connect(store_url)
    audience, results = RedisCampaignAudience(client), RedisCampaignResults(client)
    apply(RedisConsents(client), person(), texted(Signal.START, NOON, language=NL))
    where, campaign = partition_of(person()), spring(audience=Audience(languages=frozenset({NL})))
    another = next(person(i) for i in range(1, 5000) if partition_of(person(i)) == where)
    apply(RedisConsents(client), another, texted(Signal.START, NOON, language=EN))
    record = keys.NumberKeys(another).record
    kept = client.dump(record)
    client.delete(record)
    client.set(record, "not a record")
    with pytest.raises(StoreUnavailable):
        audience.freeze(campaign, where, NOON, NL)
    assert results.left(campaign.id) == Left()
    client.restore(record, 0, kept, replace=True)  # type: ignore[arg-type]
    assert audience.freeze(campaign, where, NOON, NL)
    assert results.left(campaign.id) == Left(todo=1)
    assert list(client.scan_iter("*:chosen:*")) == []


def test_a_full_store_writes_nobody_down_and_closes_an_audience_all_the_same(store_url: str) -> None:
    client = connect(store_url)
    audience = RedisCampaignAudience(client)
    client.config_set("maxmemory", 1)
    try:
        with pytest.raises(StoreUnavailable, match="OutOfMemory"):
            audience.freeze(spring(), 0, NOON, NL)
        client.script_flush()
        audience.close(spring().id)
    finally:
        client.config_set("maxmemory", 0)
    assert audience.is_frozen(spring().id)
    assert not audience.freeze(spring(), 0, NOON, NL)
