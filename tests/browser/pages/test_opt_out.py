"""Somebody opts out by a link in a real browser: with a script and without, in two languages."""

import pytest
from playwright.sync_api import expect

from app.domain.number import Number
from tests.browser.conftest import CHROMIUM
from tests.browser.looks import LAPTOP, PHONE, Looks
from tests.browser.pages.conftest import Visit
from tests.stack import Stack, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


def subscribed(gateway: Stack) -> str:
    number = gateway.new_number()
    gateway.sandbox.text(number, "START")
    eventually(lambda: gateway.state(number) == "subscribed", what="they are subscribed")
    return number


@pytest.mark.parametrize("script", ["with", "without"])
def test_somebody_opts_out_by_a_link_and_gets_one_confirmation(
    visit: Visit, gateway: Stack, script: str
) -> None:
    number = subscribed(gateway)
    link = gateway.gateway.pages.links.of(Number(number))
    page = visit(link, java_script_enabled=script == "with")
    expect(page.locator("main")).to_contain_text(f"eindigt op {number[-3:]}")
    assert gateway.state(number) == "subscribed"
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Yes, send me no more texts").click()
    expect(page.locator("h1")).to_have_text("You get no more texts from us")
    assert gateway.state(number) == "opted_out"
    page.reload()
    eventually(lambda: len(gateway.sandbox.got(number)) == 2, what="the welcome and the goodbye arrive")
    gateway.at_rest()
    assert len(gateway.sandbox.got(number)) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(
    visit: Visit, gateway: Stack, look: Looks, scheme: str, size: dict[str, int]
) -> None:
    number = subscribed(gateway)
    page = visit(gateway.gateway.pages.links.of(Number(number)), viewport=size, color_scheme=scheme)
    look(page, "opt-out")
    page.locator("form button").click()
    look(page, "opted-out-by-link")
    page.goto(f"{gateway.web_url}/o/old")
    look(page, "old-link")
