"""The pages for everybody of a whole gateway on the real store, and a browser without a screen."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.bootstrap import Gateway
from app.domain.number import Number
from app.web.factory import create_app

SECRET, ERASURE = "a secret of thirty-two characters", "a key for erasing of 32 characters"
SHOP = "https://shop.example"
ANNA = Number("+31612345678")
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
Send = Callable[..., TestResponse]


@pytest.fixture
def gateway(make_gateway: Callable[..., Gateway]) -> Gateway:
    return make_gateway(secret_key=SECRET, erasure_key=ERASURE, embed_origins=f"{SHOP}, https://b.example")


@pytest.fixture
def client(gateway: Gateway) -> FlaskClient:
    return create_app(gateway).test_client()


def filled_in(number: str = "06 12345678", **changes: str | None) -> dict[str, str]:
    """A form as somebody sends it who wants texts; None takes a field away."""
    form = {
        "number": number,
        "consent": "yes",
        "age": "yes",
        "version": "2026-11",
        "leave-empty": "",
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Sends the form: `send(number, path="/sign-up?lang=en", come_from="192.0.2.1", age=None)`."""

    def post(
        number: str = "06 12345678",
        *,
        path: str = "/sign-up?lang=en",
        come_from: str = "192.0.2.1",
        headers: dict[str, str] | None = None,
        **changes: str | None,
    ) -> TestResponse:
        return client.post(
            path,
            data=filled_in(number, **changes),
            headers=FROM_HERE if headers is None else headers,
            environ_overrides={"REMOTE_ADDR": come_from},
        )

    return post
