"""Somebody opts out by a link in a real browser: with a script and without, in two languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.domain.number import Number
from tests.browser.conftest import CHROMIUM
from tests.browser.pages.conftest import LAPTOP, PHONE, Visit
from tests.readme.document import ROOT
from tests.stack import Stack, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
PICTURE = ROOT / "docs" / "pages" / "opt-out-phone-light.png"


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
    visit: Visit, gateway: Stack, request: pytest.FixtureRequest, scheme: str, size: dict[str, int]
) -> None:
    number = subscribed(gateway)
    path = gateway.gateway.pages.links.of(Number(number))
    page = visit(path, viewport=size, color_scheme=scheme)
    for name in ("opt-out", "opted-out", "old-link"):
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        if (
            name == "opt-out"
            and size is PHONE
            and scheme == "light"
            and request.config.getoption("--screenshots")
        ):
            page.screenshot(path=PICTURE, full_page=True)
        if name == "opt-out":
            page.locator("form button").click()
        elif name == "opted-out":
            page.goto(f"{gateway.web_url}/o/old")
