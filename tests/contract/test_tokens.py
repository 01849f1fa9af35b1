"""What every implementation of the port Tokens does, through the use case; and what the real one keeps."""

import json
import secrets
from datetime import timedelta

import pytest
import redis

from app.domain.errors import BadInput
from app.domain.token import Scope
from app.services.api_ports import Tokens
from app.services.manage_tokens import ManageTokens
from app.store import keys
from app.store.connection import connect
from app.store.limits import RedisLimits
from app.store.tokens import USED_EVERY, RedisTokens
from tests.fakes.memory_tokens import MemoryTokens
from tests.fakes.small_ports import SetTime
from tests.stories import NOON, after

READ = {Scope.READ}


def new_secret() -> str:
    return f"swt_{secrets.token_urlsafe(32)}"


@pytest.fixture(params=["memory", "redis"])
def tokens(request: pytest.FixtureRequest) -> Tokens:
    if request.param == "memory":
        return MemoryTokens()
    return RedisTokens(connect(request.getfixturevalue("store_url")))


@pytest.fixture
def time() -> SetTime:
    return SetTime()


@pytest.fixture
def manage(tokens: Tokens, time: SetTime) -> ManageTokens:
    return ManageTokens(tokens, new_secret, time)


def test_a_token_is_found_by_its_secret_alone(manage: ManageTokens) -> None:
    secret = manage.add("shop", READ, actor="ann")
    found = manage.find(secret)
    assert found is not None
    assert (found.name, found.scopes, found.made, found.made_by) == ("shop", READ, NOON, "ann")
    assert [manage.find(other) for other in ("", "shop", new_secret(), secret[:-1], secret.upper())] == [
        None
    ] * 5


def test_a_revoked_token_opens_nothing_at_once(manage: ManageTokens) -> None:
    secret, other = (manage.add(name, READ, actor="ann") for name in ("shop", "till"))
    assert manage.revoke("shop", actor="ben") is True
    assert manage.find(secret) is None
    assert manage.find(other) is not None
    assert manage.revoke("shop", actor="ben") is False


def test_the_list_says_when_each_was_last_used(manage: ManageTokens, time: SetTime) -> None:
    secret = manage.add("till", READ, actor="ann")
    manage.add("shop", READ, actor="ann")
    assert [(token.name, token.last_used) for token in manage.every()] == [("shop", None), ("till", None)]
    time.goes_on(hours=1)
    manage.find(secret)
    assert [token.last_used for token in manage.every()] == [None, after(hours=1)]


@pytest.mark.parametrize("name", ["shop", "", "a b", "é", "x" * 41, "-"])
def test_a_name_is_used_once_and_is_fit_for_a_log(manage: ManageTokens, name: str) -> None:
    manage.add("shop", READ, actor="ann")
    with pytest.raises(BadInput):
        manage.add(name, READ, actor="ann")


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def test_no_secret_is_kept_and_every_change_is_recorded(client: redis.Redis) -> None:
    manage = ManageTokens(RedisTokens(client), new_secret, SetTime())
    secret = manage.add("shop", READ, actor="ann")
    manage.revoke("shop", actor="ben")
    entries = [json.loads(entry)[1:] for entry in client.lrange(keys.AUDIT, 0, -1)]
    assert entries == [["ann", "token added", "shop"], ["ben", "token revoked", "shop"]]
    manage.add("shop", READ, actor="ann")
    assert secret not in str(client.hgetall(keys.TOKENS))


def test_a_busy_token_is_not_written_for_every_request(client: redis.Redis) -> None:
    tokens, time = RedisTokens(client), SetTime()
    manage = ManageTokens(tokens, new_secret, time)
    secret = manage.add("shop", READ, actor="ann")
    for _ in range(3):
        manage.find(secret)
        time.goes_on(USED_EVERY / timedelta(seconds=1) / 2)
    assert manage.every()[0].last_used == NOON + USED_EVERY


def test_a_token_still_opens_a_store_that_is_full(client: redis.Redis) -> None:
    manage = ManageTokens(RedisTokens(client), new_secret, SetTime())
    secret = manage.add("shop", READ, actor="ann")
    client.config_set("maxmemory", 1)
    try:
        assert manage.find(secret) is not None
        assert RedisLimits(client, 10).take("shop", NOON).allowed
    finally:
        client.config_set("maxmemory", 0)


def test_a_bucket_lets_so_many_go_and_fills_again(client: redis.Redis) -> None:
    limits = RedisLimits(client, 3)
    taken = [limits.take("shop", NOON) for _ in range(4)]
    assert [(one.allowed, one.left) for one in taken] == [(True, 2), (True, 1), (True, 0), (False, 0)]
    assert taken[-1].wait == 20
    assert limits.take("till", NOON).allowed
    assert not limits.take("shop", after(19)).allowed
    assert limits.take("shop", after(21)).allowed
    assert limits.take("shop", after(600)).left == 2


def test_a_bucket_may_fill_slowly(client: redis.Redis) -> None:
    limits = RedisLimits(client, 2, 3600)
    assert [limits.take("form", NOON).allowed for _ in range(3)] == [True, True, False]
    assert not limits.take("form", after(1790)).allowed
    assert limits.take("form", after(1801)).allowed
