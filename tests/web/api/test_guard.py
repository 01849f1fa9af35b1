"""Who may call the API, how often and in which form; every error is problem+json."""

from collections.abc import Callable

import pytest
import redis
from flask.testing import FlaskClient

from app.bootstrap import Gateway
from app.domain.token import Scope
from app.web.api.problems import REFUSALS
from app.web.factory import create_app
from app.web.headers import HEADERS
from tests.web.api.conftest import SECRET, Call, sign_up

BEARER = "Bearer swt_" + "a" * 43


@pytest.mark.parametrize("given", [None, "", "Bearer", "Basic YTpi", "Bearer x", BEARER, "Bearer \u00e9"])
def test_without_a_token_in_force_nothing_is_answered(client: FlaskClient, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given}
    refused = client.get("/api/v1/stats", headers=headers)
    assert (refused.status_code, refused.content_type) == (401, "application/problem+json")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert set(HEADERS) <= set(refused.headers.keys())


def test_a_token_that_was_taken_back_is_refused_at_once(call: Call, gateway: Gateway) -> None:
    assert call("GET", "/stats").status_code == 200
    gateway.shop.tokens.revoke("shop", actor="ann")
    assert call("GET", "/stats").status_code == 401


def test_a_token_that_may_only_read_changes_nothing(call: Call, gateway: Gateway) -> None:
    secret = gateway.shop.tokens.add("looker", [Scope.READ], actor="ann")
    assert call("POST", "/lookup", {"number": "0612345678"}, token=secret).status_code == 200
    refused = call("POST", "/subscribers", sign_up(), token=secret)
    assert (refused.status_code, refused.json["detail"]) == (403, "This token has not the scope write.")
    assert gateway.subscriber_care.consents.held() == []
    writer = gateway.shop.tokens.add("writer", [Scope.WRITE], actor="ann")
    assert call("GET", "/stats", token=writer).status_code == 403


def test_too_many_requests_are_told_to_wait(make_gateway: Callable[..., Gateway]) -> None:
    gateway = make_gateway(secret_key=SECRET, api_requests_per_minute=2)
    headers = {"Authorization": f"Bearer {gateway.shop.tokens.add('shop', Scope, actor='ann')}"}
    client = create_app(gateway).test_client()
    answers = [client.get("/api/v1/stats", headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit"].split(";")[1] for answer in answers] == ["r=1", "r=0", "r=0"]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"token";q=2;w=60'}
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 30


def raw(
    client: FlaskClient, gateway: Gateway, data: bytes, kind: str = "application/json"
) -> tuple[int, str]:
    token = gateway.shop.tokens.add(f"t{len(gateway.shop.tokens.every())}", Scope, actor="ann")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    answer = client.post("/api/v1/lookup", data=data, headers=headers)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["detail"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"number=1", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"", "application/json", 400),
        (b"[" * 30_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"{}"', "application/json", 422),
        (b"null", "application/json", 422),
        (b" " * 70_000, "application/json", 413),
    ],
)
def test_a_body_of_the_wrong_form_is_refused(
    client: FlaskClient, gateway: Gateway, data: bytes, kind: str, status: int
) -> None:
    assert raw(client, gateway, data, kind)[0] == status


@pytest.mark.parametrize("data", [b"", b"{", b'{"number": ' + b"9" * 6000 + b"}", b"\xff\xfe"])
def test_a_body_that_cannot_be_read_is_told_what_to_send(
    client: FlaskClient, gateway: Gateway, data: bytes
) -> None:
    assert "send one object, in UTF-8" in raw(client, gateway, data)[1]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("PUT", "/stats", 405),
        ("GET", "/subscribers/5-0", 404),
        ("GET", "/campaigns/x", 404),
    ],
)
def test_what_is_not_there_is_said_in_the_same_form(call: Call, method: str, path: str, status: int) -> None:
    refused = call(method, path)
    assert (refused.status_code, refused.content_type) == (status, "application/problem+json")
    assert status != 405 or "GET" in refused.headers["Allow"]
    assert "/api/v1/" in refused.json["detail"]


def test_what_is_too_large_is_said_in_our_own_words(call: Call) -> None:
    assert call("POST", "/lookup", {"number": "1" * 70_000}).json["detail"] == REFUSALS[413]


def test_a_store_that_is_away_is_503(make_gateway: Callable[..., Gateway]) -> None:
    client = create_app(make_gateway(secret_key=SECRET, redis_url="redis://127.0.0.1:9/0")).test_client()
    refused = client.get("/api/v1/stats", headers={"Authorization": BEARER})
    assert (refused.status_code, refused.content_type) == (503, "application/problem+json")


def test_a_sign_up_into_a_store_that_is_full_is_503_and_an_opt_out_counts(call: Call, store_url: str) -> None:
    ref = call("POST", "/subscribers", sign_up()).json["ref"]
    with redis.Redis.from_url(store_url) as connection:
        connection.config_set("maxmemory", 1)
        try:
            assert call("POST", "/subscribers", sign_up("0687654321")).status_code == 503
            done = call("POST", f"/subscribers/{ref}/opt-out", {"reason": "asked"})
            assert (done.status_code, done.json["state"]) == (200, "opted_out")
        finally:
            connection.config_set("maxmemory", 0)


def test_without_the_secret_key_the_api_says_so_and_texts_still_count(
    make_gateway: Callable[..., Gateway],
) -> None:
    client = create_app(make_gateway()).test_client()
    refused = client.get("/api/v1/stats", headers={"Authorization": BEARER})
    assert refused.status_code == 503
    assert "STOPWOORD_SECRET_KEY is not set" in refused.json["detail"]
    assert client.get("/live").status_code == 200
    assert client.post("/twilio/sms").status_code == 403
