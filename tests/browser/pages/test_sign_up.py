"""Somebody signs up in a real browser: on the page itself and in a shop's frame, with a script and without."""

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from app.machine.ports import free_port
from tests.browser.conftest import CHROMIUM
from tests.browser.looks import LAPTOP, PHONE, Looks
from tests.browser.pages.conftest import Visit, shop
from tests.stack import Stack, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
SNIPPET = (
    '<!doctype html><html lang="nl"><title>Shop</title><link rel="icon" href="data:,">'
    '<iframe src="{}/sign-up/form?lang=nl" title="Aanmelden" width="390" height="900"></iframe>'
)
WRONG_NUMBER = "That is not a phone number. Write it with its digits, such as 06 12345678 or +31 6 12345678."


def fill_in(page: Page | FrameLocator, number: str) -> None:
    page.locator("#number").fill(number)
    page.locator("#consent").check()
    page.locator("#age").check()
    page.locator("form button").click()


@pytest.mark.parametrize("script", ["with", "without"])
def test_somebody_signs_up_and_is_subscribed_once_they_confirm(
    visit: Visit, gateway: Stack, script: str
) -> None:
    number = gateway.new_number()
    page = visit("/sign-up", java_script_enabled=script == "with")
    expect(page.locator("h1")).to_have_text("Meld je aan voor onze sms'jes")
    fill_in(page, number)
    expect(page.locator("h1")).to_have_text("Nog één ding")
    assert number not in page.content() + page.url
    eventually(lambda: gateway.sandbox.got(number), what="they are asked")
    assert gateway.state(number) == "pending"
    gateway.sandbox.text(number, "JA")
    eventually(lambda: gateway.state(number) == "subscribed", what="they are subscribed")


def test_a_shop_that_is_named_shows_the_form_in_a_frame(visit: Visit, gateway: Stack, shop_port: int) -> None:
    number = gateway.new_number()
    with shop(shop_port, SNIPPET.format(gateway.web_url)) as url:
        frame = visit(f"{url}/cart").frame_locator("iframe")
        fill_in(frame, "020 1234567")
        expect(frame.locator("#number-wrong")).to_contain_text("geen sms'jes krijgen")
        fill_in(frame, number)
        expect(frame.locator("h1")).to_have_text("Nog één ding")
    (proof, *_) = gateway.show(number).evidence
    assert proof.actor == f"person at {gateway.web_url}/sign-up/form in {url}"


@pytest.mark.parametrize(
    ("path", "site"), [("/sign-up", "named"), ("/sign-in", "named"), ("/sign-up/form", "another")]
)
def test_no_other_page_and_no_other_site_gets_a_frame(
    browser: Browser,
    gateway: Stack,
    shop_port: int,
    path: str,
    site: str,
) -> None:
    framing = SNIPPET.format(gateway.web_url).replace("/sign-up/form?lang=nl", path)
    page, said = browser.new_page(), []
    page.on("console", lambda line: said.append(line.text))
    with shop(shop_port if site == "named" else free_port(), framing) as url:
        page.goto(url)
        expect(page.frame_locator("iframe").locator("form")).to_have_count(0)
    page.close()
    assert any("frame-ancestors" in line for line in said)


def test_what_is_wrong_is_said_where_it_is_wrong(visit: Visit) -> None:
    page = visit("/sign-up?lang=en", java_script_enabled=False)
    fill_in(page, "hello")
    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    expect(page.locator("#number")).to_be_focused()
    expect(page.locator("#number")).to_have_accessible_description(WRONG_NUMBER)
    expect(page.locator("#consent")).to_be_checked()


def test_the_other_language_is_one_step_away(visit: Visit) -> None:
    page = visit("/sign-up?page=checkout", java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Sign up for our texts")
    expect(page.locator("[name=page]")).to_have_value("checkout")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(
    visit: Visit, gateway: Stack, look: Looks, scheme: str, size: dict[str, int]
) -> None:
    locale = "nl-NL" if scheme == "dark" else "en-GB"
    page = visit("/sign-up", viewport=size, color_scheme=scheme, locale=locale)
    look(page, "sign-up")
    fill_in(page, "hello")
    look(page, "sign-up-wrong")
    fill_in(page, gateway.new_number())
    look(page, "signed-up")
    page.goto(f"{gateway.web_url}/sign-up/form")
    look(page, "framed")
    page.goto(f"{gateway.web_url}/sign-up/nothing")
    look(page, "lost")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_description_of_the_api_is_as_good_and_needs_no_script(
    visit: Visit, look: Looks, scheme: str, size: dict[str, int]
) -> None:
    page = visit("/api/v1/docs", viewport=size, color_scheme=scheme)
    page.get_by_role("link", name="Opt somebody out").click()
    expect(page.get_by_role("heading", name="Opt somebody out")).to_be_in_viewport()
    page.locator("summary").first.click()
    expect(page.locator("details").first).to_contain_text("may_be_texted")
    page.goto(page.url.partition("#")[0])
    look(page, "api", whole=False)
