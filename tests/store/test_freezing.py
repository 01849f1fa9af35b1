"""An audience whose records are asked, as the store has it: nobody can be claimed before a partition is whole."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import pytest
import redis

from app.domain.campaign import Audience
from app.domain.errors import StoreUnavailable
from app.domain.partition import partition_of
from app.domain.signal import Signal
from app.services.campaign_ports import Left
from app.store import campaign_audience, keys
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


@dataclass
class Six:
    """Six people of one partition, of whom two are asked at a time, and a campaign for them."""

    client: redis.Redis

    def __post_init__(self) -> None:
        self.audience, self.results = RedisCampaignAudience(self.client), RedisCampaignResults(self.client)
        self.campaign, self.where = (
            spring(audience=Audience(languages=frozenset({NL}))),
            partition_of(person()),
        )
        same = (person(i) for i in count() if partition_of(person(i)) == self.where)
        for one in islice(same, 6):
            apply(RedisConsents(self.client), one, texted(Signal.START, NOON, language=NL))

    def write_down(self) -> bool:
        return self.audience.freeze(self.campaign, self.where, NOON, NL)

    def chosen(self) -> list[str]:
        return list(self.client.scan_iter("*:chosen:*"))


@pytest.fixture
def six(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Six:
    monkeypatch.setattr(campaign_audience, "PAGE", 2)
    return Six(connect(store_url))


def before_the_last_page(six: Six, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    meant, asked = RedisCampaignAudience._meant, list[int]()

    def counted(*arguments: Any) -> list[str]:
        asked.append(1)
        if len(asked) == 3:
            assert len(six.chosen()) == 1
            happens()
        return meant(*arguments)

    monkeypatch.setattr(RedisCampaignAudience, "_meant", counted)


def test_an_audience_of_which_a_part_was_lost_on_the_way_is_not_written_down_until_it_is_whole(
    six: Six, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_the_last_page(six, monkeypatch, lambda: six.client.delete(*six.chosen()))
    with pytest.raises(StoreUnavailable, match="try again"):
        six.write_down()
    assert six.results.left(six.campaign.id) == Left()
    assert six.write_down()
    assert six.results.left(six.campaign.id) == Left(todo=6)


def test_whoever_was_chosen_is_forgotten_when_choosing_breaks_off(
    six: Six, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise redis.ConnectionError

    before_the_last_page(six, monkeypatch, lost)
    with pytest.raises(StoreUnavailable):
        six.write_down()
    assert six.chosen() == []
    assert six.write_down()
    assert six.results.left(six.campaign.id) == Left(todo=6)
