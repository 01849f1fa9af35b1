"""A whole gateway on the real store, behind Flask's test client."""

from collections.abc import Callable, Mapping

import pytest
import redis
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.bootstrap import Gateway, build
from app.web.factory import create_app
from tests.installation import settings_for
from tests.web.twilio import encoded, signed

Post = Callable[..., TestResponse]


@pytest.fixture
def make_gateway(store_url: str) -> Callable[..., Gateway]:
    def make(**changes: object) -> Gateway:
        queues = store_url.removesuffix("/0") + "/1"
        settings: dict[str, object] = {
            "redis_url": store_url,
            "queue_url": queues,
            "provider_answers": "none",
        }
        return build(settings_for(**settings | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def gateway(make_gateway: Callable[..., Gateway]) -> Gateway:
    return make_gateway()


@pytest.fixture
def client(gateway: Gateway) -> FlaskClient:
    return create_app(gateway).test_client()


@pytest.fixture
def post(client: FlaskClient) -> Post:
    """Posts a form as Twilio does: `post("/twilio/sms", form)`."""

    def send(path: str, form: Mapping[str, str], **options: object) -> TestResponse:
        return client.post(path, data=encoded(form), headers=signed(path, form), **options)

    return send


@pytest.fixture
def contents(store_url: str) -> Callable[[], list[str]]:
    """The store's keys; the queue's server is another."""

    def keys() -> list[str]:
        with redis.Redis.from_url(store_url, decode_responses=True) as connection:
            return sorted(connection.scan_iter())

    return keys
