"""The API of a whole gateway on the real store, with a token for everything."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.bootstrap import Gateway
from app.domain.token import Scope
from app.web.factory import create_app

SECRET, ERASURE = "a secret of thirty-two characters", "a key for erasing of 32 characters"
Call = Callable[..., TestResponse]


@pytest.fixture
def gateway(make_gateway: Callable[..., Gateway]) -> Gateway:
    return make_gateway(secret_key=SECRET, erasure_key=ERASURE)


@pytest.fixture
def client(gateway: Gateway) -> FlaskClient:
    return create_app(gateway).test_client()


@pytest.fixture
def call(gateway: Gateway, client: FlaskClient) -> Call:
    """Calls the API with a token: `call("POST", "/lookup", {"number": "…"}, key="1")`."""
    secret = gateway.shop.tokens.add("shop", Scope, actor="ann")

    def send(method: str, path: str, body: Any = None, key: str = "", token: str = secret) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        return client.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return send


def sign_up(number: str = "06-12345678", **changes: Any) -> dict[str, Any]:
    """The body of a sign-up."""
    evidence = {
        "wording": "Ja, stuur mij sms'jes",
        "version": "v7",
        "agreed_at": "2026-03-02T12:00:00+01:00",
        "page": "https://shop.example/checkout",
        "ip": "203.0.113.9",
        "age_statement": "I am 18 or older",
    }
    return {"number": number, "evidence": evidence, **changes}
