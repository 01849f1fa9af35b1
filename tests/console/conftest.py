"""The console on a real store, with people in every state and staff of every role."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.bootstrap import Gateway, build
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.staff import Role
from app.web.factory import create_app
from tests.console.staff import Desk, Sits, account
from tests.installation import settings_for
from tests.stories import after, sid

KEY = "a secret of the tests, long enough for it"
ANNA, BOB, CARL = Number("+31612345678"), Number("+31687654321"), Number("+31611115678")


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    queues = store_url.removesuffix("/0") + "/1"
    return build(
        settings_for(store_url, queue_url=queues, provider_answers="none", secret_key=KEY, erasure_key=KEY)
    )


@pytest.fixture
def web(gateway: Gateway) -> Flask:
    return create_app(gateway)


@pytest.fixture
def texts(gateway: Gateway) -> Callable[[Number, str], None]:
    """Lets somebody text something, a second after whatever was texted before."""
    sent = iter(range(1, 10_000))

    def text(number: Number, body: str) -> None:
        place = next(sent)
        gateway.receive_message(InboundMessage(sid(place), number, Channel.SMS, body, after(place)))

    return text


@pytest.fixture
def people(texts: Callable[[Number, str], None]) -> None:
    """Anna is subscribed, Bob is held, and Carl has opted out."""
    for number, body in [(ANNA, "START"), (BOB, "START"), (BOB, "stop mijn abonnement"), (CARL, "EINDE")]:
        text = texts
        text(number, body)


@pytest.fixture
def sits(web: Flask, gateway: Gateway) -> Sits:
    """Somebody of that role, signed in."""

    def sit(role: Role) -> Desk:
        desk = Desk(web)
        assert desk.sign_in(account(gateway, role)).status_code == 302
        return desk

    return sit


@pytest.fixture
def desk(sits: Sits) -> Desk:
    """Somebody of the support desk, signed in."""
    return sits(Role.SUPPORT)
