"""A shop hands in a sign-up over HTTP and hears of all that follows, whatever is killed meanwhile."""

from pathlib import Path

import requests

from app.domain.token import Scope
from tests.stack import Stack, eventually
from tests.stack.privacy import leaks
from tests.webhooks.receiving import Shop, receiving


def told(shop: Shop) -> dict[str, str]:
    """What was told, each change once, in the order in which it happened."""
    changes = {
        headers["webhook-id"]: said["data"] for (headers, _), said in zip(shop.got, shop.said, strict=True)
    }
    ordered = sorted(changes.items(), key=lambda change: change[1]["since"])
    return {name: data["state"] for name, data in ordered}


def test_a_shop_hands_in_a_sign_up_and_hears_of_all_that_follows(directory: Path) -> None:
    with receiving() as shop, Stack(directory, secret_key="s" * 40) as stack:
        stack.gateway.shop.webhooks.add(shop.url, with_number=False, private=True, actor="ann")
        token = stack.gateway.shop.tokens.add("shop", Scope, actor="ann")
        number = stack.new_number()
        evidence = {
            "wording": "Ja",
            "agreed_at": "2026-03-02T12:00:00Z",
            "page": "checkout",
            "age_statement": "18+",
        }
        made = requests.post(
            f"{stack.web_url}/api/v1/subscribers",
            json={"number": number, "evidence": evidence},
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )
        assert (made.status_code, made.json()["next"]) == (200, "asked_to_confirm")
        eventually(lambda: list(told(shop).values()) == ["pending"], what="the shop hears of the sign-up")
        eventually(lambda: len(stack.sandbox.got(number)) == 1, what="the question arrives")
        shop.does = ["reset"]
        stack.sandbox.text(number, "Ja")
        eventually(lambda: len(shop.got) == 2, what="the shop is called, and breaks the connection")
        stack.parts["clock"].kill()
        stack.sandbox.text(number, "STOP")
        stack.parts["clock"].start()
        wanted = ["pending", "subscribed", "opted_out"]
        eventually(
            lambda: list(told(shop).values()) == wanted, seconds=60, what="the shop hears of everything"
        )
        assert {said["data"]["ref"] for said in shop.said} == {made.json()["ref"]}
        stack.at_rest()
        assert leaks(stack) == []
