"""A gateway that tells a real server of changes, with a clock that is set by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from app.bootstrap import Gateway, build
from app.receivers.post import HttpReceiver
from app.services.tell_changes import TellChanges
from tests.fakes.small_ports import SetTime
from tests.installation import settings_for
from tests.webhooks.receiving import Shop, receiving

LIMIT_SECONDS = 0.5


@pytest.fixture
def shop() -> Iterator[Shop]:
    with receiving() as made:
        yield made


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    queues = store_url.removesuffix("/0") + "/1"
    return build(settings_for(store_url, queue_url=queues, secret_key="s" * 40))


@dataclass(frozen=True)
class Teller:
    """Turns of telling at moments that the test sets; its patience is half a second."""

    tell: TellChanges
    time: SetTime

    def turn(self, seconds: float = 0) -> int:
        self.time.goes_on(seconds)
        return self.tell()


@pytest.fixture
def teller(gateway: Gateway) -> Teller:
    time = SetTime(gateway.subscriber_care.now())
    time.goes_on(1)
    made = replace(gateway.shop.tell_changes, receiver=HttpReceiver(LIMIT_SECONDS), now=time)
    return Teller(made, time)


@pytest.fixture
def add(gateway: Gateway, shop: Shop) -> Callable[..., str]:
    """Adds the shop's server; its secret."""

    def endpoint(path: str = "", *, with_number: bool = False) -> str:
        webhooks = gateway.shop.webhooks
        return webhooks.add(shop.url + path, with_number=with_number, private=True, actor="ann").secret

    return endpoint
