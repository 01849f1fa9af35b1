"""Other systems are told of every change of consent: signed, at least once, and never what anybody wrote."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import redis

from app.bootstrap import Gateway
from app.domain.audience.entry import Entry
from app.domain.audience.proof import Origin
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.profile import Profile
from app.domain.webhook import GIVE_UP_AFTER, PAUSES
from app.store import keys
from app.store.connection import connect
from tests.stories import person, sid
from tests.webhooks.conftest import Teller
from tests.webhooks.receiving import Shop

Add = Callable[..., str]


def text(gateway: Gateway, body: str, index: int = 0, message: int = 1) -> None:
    at = gateway.subscriber_care.now()
    gateway.receive_message(InboundMessage(sid(message), person(index), Channel.SMS, body, at))


def waiting(client: redis.Redis) -> int:
    return sum(client.zcard(keys.calls(tag)) for tag in keys.every_tag())


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def test_a_change_is_told_once_with_its_reference_and_without_number_or_words(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    add()
    text(gateway, "EINDE")
    text(gateway, "EINDE", message=2)
    assert teller.turn() == 1
    assert teller.turn() == 0
    (said,) = shop.said
    told = said["data"]
    assert (said["type"], told["state"], told["before"]) == ("consent.changed", "opted_out", "unknown")
    assert (told["signal"], told["channel"]) == ("stop", "sms")
    assert re.fullmatch(r"20..-..-..T..:..:..\....Z", told["since"])
    assert gateway.references.number_of(told["ref"]) == person()
    headers, body = shop.got[0]
    assert person().e164[1:] not in str(headers) + str(body)
    assert "EINDE" not in str(body)


def test_a_call_is_signed_as_standard_webhooks_has_it(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    secret = add()
    text(gateway, "STOP")
    teller.turn()
    headers, body = shop.got[0]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    proof = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert int(headers["webhook-timestamp"]) == int(teller.time().timestamp())
    assert len(key) >= 24


def test_the_number_is_told_only_where_that_was_asked_for(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    add("plain")
    add("full", with_number=True)
    text(gateway, "START")
    assert teller.turn() == 2
    assert sorted(said["data"].get("number", "") for said in shop.said) == ["", person().e164]
    assert len(set(shop.ids())) == 1


def test_an_import_is_told_as_well(gateway: Gateway, shop: Shop, add: Add, teller: Teller) -> None:
    add()
    long_ago = teller.time() - timedelta(days=9)
    rows = [
        Entry(
            row, person(row), long_ago, "till", "v1", None, Profile(tags=frozenset({"vip"})), repaired=False
        )
        for row in range(3)
    ]
    assert len(list(gateway.import_subscribers([rows], Origin("people.csv", "ann")))) == 1
    assert teller.turn(1) == 3
    assert {said["data"]["signal"] for said in shop.said} == {"import"}
    told = {gateway.references.number_of(said["data"]["ref"]) for said in shop.said}
    assert told == {person(row) for row in range(3)}


def test_nothing_is_owed_while_nobody_is_told(gateway: Gateway, teller: Teller, client: redis.Redis) -> None:
    text(gateway, "STOP")
    assert (waiting(client), teller.turn()) == (0, 0)
    assert [key for key in client.scan_iter() if ":ref:" in key] == []


@pytest.mark.parametrize("fault", ["500", "404", "302", "redirect", "hang", "reset", "drip", "huge"])
def test_what_could_not_be_told_is_told_again_with_the_same_id(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, fault: str
) -> None:
    add()
    shop.does = [fault]
    text(gateway, "STOP")
    assert teller.turn() == 1
    assert teller.turn(4) == 0
    assert teller.turn(2) == 1
    assert teller.turn(9999) == 0
    assert len(shop.got) == 2
    assert len(set(shop.ids())) == 1


def test_after_three_days_it_is_given_up_and_can_be_replayed(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    add()
    shop.does = ["500"] * (len(PAUSES) + 1)
    text(gateway, "STOP")
    for pause in (timedelta(), *PAUSES):
        assert teller.turn(pause.total_seconds() + 0.001) == 1
    assert teller.turn(10 * 86_400) == 0
    (missed,) = gateway.shop.webhooks.missed()
    assert (missed.call.tried, missed.why) == (len(PAUSES) + 1, "answered 500")
    assert gateway.shop.webhooks.replay("ch_other") == 0
    assert gateway.shop.webhooks.replay(None) == 1
    assert gateway.shop.webhooks.missed() == []
    assert teller.turn(1) == 1
    assert len(set(shop.ids())) == 1
    assert len(shop.got) == len(PAUSES) + 2


def test_one_that_fails_is_left_in_peace_and_its_others_count_no_try(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, client: redis.Redis
) -> None:
    add()
    shop.does = ["500"]
    for index in range(5):
        text(gateway, "STOP", index, message=index)
    assert teller.turn() == 5
    assert (len(shop.got), waiting(client)) == (1, 5)
    assert teller.turn(6) == 5
    assert (len(shop.got), waiting(client)) == (6, 0)


def test_one_that_hangs_does_not_keep_another_from_being_told(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    add("a")
    add("b")
    shop.does = ["hang"]
    text(gateway, "STOP")
    assert teller.turn() == 2
    assert len(shop.got) == 2
    assert teller.turn(6) == 1


def test_a_teller_that_was_killed_leaves_the_call_to_the_next(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller
) -> None:
    add()
    text(gateway, "STOP")
    assert len(teller.tell.calls.claim(teller.time(), 120, 10)) == 1
    assert teller.turn(60) == 0
    assert teller.turn(61) == 1
    assert len(shop.got) == 1


def test_one_that_was_removed_is_told_nothing_more(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, client: redis.Redis
) -> None:
    add()
    text(gateway, "STOP")
    (endpoint,) = gateway.shop.webhooks.every()
    assert gateway.shop.webhooks.remove(endpoint.id, actor="ann") is True
    assert gateway.shop.webhooks.remove(endpoint.id, actor="ann") is False
    text(gateway, "START", message=2)
    assert teller.turn(9999) == 1
    assert (shop.got, waiting(client)) == ([], 0)


def test_a_call_that_cannot_be_read_holds_up_nobody(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, client: redis.Redis
) -> None:
    add()
    client.zadd(keys.calls(keys.tag(3)), {"not a call": 1})
    text(gateway, "STOP")
    assert teller.turn() == 1
    assert len(shop.got) == 1


def test_a_full_store_still_tells_of_an_opt_out(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, client: redis.Redis
) -> None:
    add()
    client.config_set("maxmemory", 1)
    try:
        text(gateway, "STOP")
        assert teller.turn() == 1
    finally:
        client.config_set("maxmemory", 0)
    assert shop.said[0]["data"]["state"] == "opted_out"


def test_the_tries_take_a_little_over_three_days() -> None:
    assert timedelta(days=3) < GIVE_UP_AFTER < timedelta(days=3.5)
