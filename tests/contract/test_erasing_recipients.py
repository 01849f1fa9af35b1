"""Erasing somebody who stands in campaigns: nothing of them is left, and every campaign can still finish."""

from datetime import timedelta

import pytest
import redis

from app.domain.campaign import Cap
from app.domain.outbox import Fate
from app.domain.profile import Profile
from app.domain.recipient import Reason
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.audience_ports import ProfileChange
from app.services.campaign_ports import Left, RowClaim, RowSettlement
from app.services.ports import Settled
from app.store import keys
from app.store.connection import connect
from app.store.profiles import RedisProfiles
from tests.campaign_stories import claim, claimed, joined, running, spring
from tests.contract.campaign_stores import CampaignStore, redis_campaign_store
from tests.stories import NOON, after, apply, person, sid, texted

HOURLY = (Cap(1, timedelta(hours=1)),)


def everywhere(desk: CampaignStore) -> dict[str, RowClaim]:
    """Somebody who has been sent one, and stands in every other place of five more campaigns."""
    found = {}
    for name in ("sent2222", "unsure22", "taken222", "again222"):
        found[name] = claimed(desk, running(desk, spring(name)))
    settled = {
        "sent2222": RowSettlement(Fate.SENT, NOON, message=sid(1)),
        "unsure22": RowSettlement(Fate.UNKNOWN, NOON, when=after(120)),
        "again222": RowSettlement(Fate.AGAIN, NOON, when=after(9)),
    }
    desk.rows.settle([(found[name], settlement) for name, settlement in settled.items()])
    desk.rows.skip(running(desk, spring("skipped2")).id, [person()], Reason.NO_TEXT, NOON)
    assert claim(desk, running(desk, spring("waits222")), caps=HOURLY).later == 1
    return found


def test_an_erased_person_is_in_no_campaign_any_more(desk: CampaignStore) -> None:
    joined(desk)
    claims = everywhere(desk)
    assert desk.erasures.erase(person(), "asked", NOON)
    for name in ("sent2222", "unsure22", "taken222", "again222", "skipped2", "waits222"):
        assert desk.results.outcome_of(name, person()) == ""
        assert desk.results.left(name) == Left()
    late = RowSettlement(Fate.SENT, after(5), message=sid(2))
    assert desk.rows.settle([(claims["taken222"], late)]) == [Settled.LOST]
    report = StatusReport(
        *(claims["sent2222"].ref, person(), sid(1), "delivered", 0), blocked=False, gone=False, at=after(5)
    )
    assert desk.fates.report(report) is False
    assert desk.results.outcome_of("sent2222", person()) == ""


@pytest.mark.parametrize(("name", "counted"), [("sent2222", "sent"), ("waits222", "skipped:erased")])
def test_the_sums_of_a_campaign_stay_whole(desk: CampaignStore, name: str, counted: str) -> None:
    joined(desk)
    everywhere(desk)
    desk.erasures.erase(person(), "asked", NOON)
    counts = desk.results.counts(name)
    assert counts[counted] == 1
    assert counts["frozen"] == sum(counts[each] for each in ("sent", "skipped", "failed"))


def test_another_recipient_keeps_everything(desk: CampaignStore) -> None:
    joined(desk, range(2))
    campaign = running(desk)
    desk.erasures.erase(person(), "asked", NOON)
    assert desk.results.left(campaign.id) == Left(todo=1)
    assert len(claim(desk, campaign, [1]).taken) == 1


def test_no_key_of_the_store_holds_anything_of_an_erased_person(store_url: str) -> None:
    client = connect(store_url)
    desk, profiles = redis_campaign_store(client), RedisProfiles(client)
    joined(desk, message=sid(7))
    known = Profile("Anneke", fields={"shop": "Utrecht"}, tags=frozenset({"vip"}), version=1)
    profiles.save([ProfileChange(person(), Profile(), known)])
    everywhere(desk)
    apply(desk.consents, person(), texted(Signal.STOP, after(1), sid(8)))
    before = everything(client)
    assert any(person().e164 in each for each in before)
    assert desk.erasures.erase(person(), "asked", NOON)
    personal = (person().e164, person().e164[3:], "Anneke", "Utrecht", "the text")
    assert [each for each in everything(client) if any(piece in each for piece in personal)] == []
    assert [each for each in client.scan_iter(count=1000) if ":gone:" in each] != []
    assert client.smembers(keys.FIELD_NAMES) == {"shop"}


def everything(client: redis.Redis) -> list[str]:
    """Every key with all that stands in it."""
    found = []
    for key in client.scan_iter(count=1000):
        match client.type(key):
            case "string":
                value: object = client.get(key)
            case "hash":
                value = client.hgetall(key)
            case "list":
                value = client.lrange(key, 0, -1)
            case "zset":
                value = client.zrange(key, 0, -1)
            case _:
                with redis.Redis.from_url(_url(client)) as raw:
                    value = raw.smembers(key)
        found.append(f"{key} {value}")
    return found


def _url(client: redis.Redis) -> str:
    given = client.get_connection_kwargs()
    return f"redis://{given['host']}:{given['port']}/{given.get('db', 0)}"
