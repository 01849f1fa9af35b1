"""What other systems are told of somebody who was erased: that they were, and nothing else."""

from collections.abc import Callable

from app.bootstrap import Gateway, build
from app.store.connection import connect
from app.store.erasures import RedisErasures
from app.store.objections import Objections
from tests.installation import settings_for
from tests.stories import NOON, person
from tests.webhooks.conftest import Teller
from tests.webhooks.receiving import Shop
from tests.webhooks.test_telling import text

Add = Callable[..., str]


def test_of_somebody_erased_nobody_is_told_the_number(
    gateway: Gateway, shop: Shop, add: Add, teller: Teller, store_url: str
) -> None:
    add(with_number=True)
    text(gateway, "STOP")
    RedisErasures(connect(store_url), Objections(b"e" * 32)).erase(person(), "asked", NOON)
    assert teller.turn() == 1
    assert "number" not in shop.said[0]["data"]


def test_that_somebody_was_erased_is_told_by_their_reference_alone(
    store_url: str, shop: Shop, add: Add, teller: Teller
) -> None:
    add(with_number=True)
    gateway = build(settings_for(store_url, secret_key="s" * 40, erasure_key="e" * 40))
    text(gateway, "START")
    ref = gateway.references.of(person())
    assert teller.turn() == 1
    for _ in range(2):  # the second time there is nobody left
        gateway.erase_subscriber.here(person(), reason="asked", actor="ann")
    # Erasing takes the real time, which may have gone on.
    assert teller.turn(60) == 1
    said = shop.said[-1]
    assert (said["type"], said["data"]["ref"], set(said["data"])) == (
        "subscriber.erased",
        ref,
        {"ref", "since"},
    )
    gateway.erase_subscriber.here(person(1), reason="never known", actor="ann")
    assert teller.turn() == 0
