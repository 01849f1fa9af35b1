"""How the console looks: axe finds nothing wrong, nothing scrolls sideways, and the pictures of docs/console.md."""

import re

import pytest
from playwright.sync_api import Browser, expect

from app.domain.campaign import Campaign
from app.domain.staff import Role
from tests.browser.conftest import CHROMIUM
from tests.browser.console.conftest import Enter
from tests.browser.console.stories import ANNA, CARL, HELD, path_of
from tests.browser.looks import LAPTOP, PHONE, Looks
from tests.stack import Stack

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


def pages(gateway: Stack, campaign: Campaign) -> dict[str, str]:
    return {
        "search": "/",
        "person": path_of(gateway, ANNA),
        "held": path_of(gateway, HELD[1][0]),
        "opted-out": path_of(gateway, CARL),
        "review": "/review",
        "dashboard": "/dashboard",
        "campaigns": "/campaigns",
        "campaign": f"/campaigns/{campaign.id}",
        "audit": "/audit",
        "not-found": "/subscribers/none",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(  # noqa: PLR0917 - two of them are parameters
    enter: Enter, gateway: Stack, campaign: Campaign, look: Looks, scheme: str, size: dict[str, int]
) -> None:
    locale = "nl-NL" if scheme == "dark" else "en-GB"
    page = enter(Role.ADMIN, color_scheme=scheme, viewport=size, locale=locale)
    for name, path in pages(gateway, campaign).items():
        page.goto(gateway.web_url + path)
        look(page, name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_is_as_good_for_everybody(
    browser: Browser, gateway: Stack, look: Looks, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    page.goto(f"{gateway.web_url}/review")
    page.locator("#name").fill("nobody")
    page.locator("#password").fill("something")
    page.locator("form .btn-lg").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("klopt niet"))
    look(page, "sign-in")
    page.close()
