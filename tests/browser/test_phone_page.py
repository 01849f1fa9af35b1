"""The phone page in a real browser: by keyboard alone, on a laptop and a phone, in light and dark."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM
from tests.sandbox.running import ANNA, BOB, Gateway, Sandbox, answering, running

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
WELCOME = "Welkom! <b>Ideeën</b> & meer"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, in a profile of its own."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose gateway welcomes everybody."""
    with answering() as gateway, running(gateway.url("/in")) as running_sandbox:
        welcome(gateway)
        yield running_sandbox


def welcome(gateway: Gateway) -> None:
    escaped = WELCOME.replace("&", "&amp;").replace("<", "&lt;")
    gateway.body = f"<Response><Message>{escaped}</Message></Response>"


@pytest.fixture
def phones(page: Page, sandbox: Sandbox) -> Iterator[Page]:
    """The page of a sandbox without messages; whatever the browser complains of fails the test."""
    sandbox.call("POST", "reset", json={})
    complaints: list[str] = []
    page.on(
        "console", lambda each: complaints.append(each.text) if each.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda each: complaints.append(str(each)))
    page.goto(sandbox.url)
    expect(page.locator(".phone")).to_have_count(2)
    expect(page.locator("#link-text")).to_have_text("Connected")
    yield page
    assert complaints == []


def tab_to(page: Page, label: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if focused == label:
            return
    raise AssertionError(f"{label!r} cannot be reached with Tab")


def test_a_text_is_typed_and_sent_by_keyboard_alone(phones: Page) -> None:
    tab_to(phones, "Text message from Dutch phone")
    phones.keyboard.type("Geïnteresseerd")
    meter = phones.locator(".phone").first.locator(".meter")
    expect(phones.locator(".phone").nth(1).locator(".meter")).to_have_text("0 units · nothing to send")
    expect(meter).to_have_text("14 units · 1 segment UCS-2 because of ï")
    phones.keyboard.press("Enter")
    mine, theirs = phones.locator(".mine"), phones.locator(".theirs")
    expect(mine.locator(".body")).to_have_text("Geïnteresseerd")
    expect(mine.locator(".meta")).to_contain_text("webhook 200 · 1 segment UCS-2")
    expect(theirs.locator(".body")).to_have_text(WELCOME)
    expect(theirs.locator(".meta")).to_contain_text("delivered · 1 segment UCS-2")
    expect(phones.get_by_label("Text message from Dutch phone")).to_have_value("")
    expect(phones.get_by_label("Text message from Dutch phone")).to_be_focused()


def test_an_incoming_message_is_announced_and_counted(phones: Page, sandbox: Sandbox) -> None:
    sandbox.text("START", BOB)
    expect(phones.locator("#news")).to_have_text(f"New message on American phone: {WELCOME}")
    expect(phones.locator(".unread").nth(1)).to_have_text("1 new")
    expect(phones).to_have_title(re.compile(r"^\(1\) Phones "))
    phones.get_by_label("Text message from American phone").focus()
    expect(phones.locator(".unread").nth(1)).to_be_hidden()
    expect(phones.locator(".theirs b")).to_have_count(0)


def test_a_chip_texts_its_word(phones: Page, sandbox: Sandbox) -> None:
    phones.locator(".phone").nth(1).get_by_role("button", name="EINDE").press("Enter")
    expect(phones.locator(".phone").nth(1).locator(".mine .body")).to_have_text("EINDE")
    assert sandbox.messages()[0]["from"] == BOB


def test_a_phone_is_added_and_removed(phones: Page) -> None:
    phones.get_by_label("Number", exact=True).fill("31612345679")
    phones.keyboard.press("Tab")
    phones.keyboard.type("Third")
    phones.keyboard.press("Enter")
    expect(phones.get_by_label("Text message from Third")).to_be_focused()
    phones.get_by_role("button", name="Remove Third").press("Enter")
    expect(phones.locator(".phone")).to_have_count(2)


def test_the_controls_switch_faults_and_settings(phones: Page, sandbox: Sandbox) -> None:
    phones.locator("summary").press("Enter")
    phones.get_by_label("Opt-out handling by the provider").select_option("advanced")
    phones.get_by_role("button", name="Apply").press("Enter")
    expect(phones.locator("#summary-note")).to_have_text("opt-out handling advanced · no limit")
    phones.locator("#fault").get_by_label("Fault").select_option("reset_after")
    phones.get_by_label("Times").fill("2")
    phones.get_by_label("Phone number").fill(ANNA)
    phones.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(phones.locator("#rules li")).to_contain_text(f"reset after {ANNA} \u2013 struck 0 of 2")
    (rule,) = sandbox.call("GET", "faults")["rules"]
    assert (rule["fault"], rule["count"], rule["number"]) == ("reset_after", 2, ANNA)
    phones.get_by_role("button", name="Clear all faults").press("Enter")
    expect(phones.locator("#rules")).to_have_text("None: everything works.")


def test_a_webhook_that_fails_is_shown_as_trouble(phones: Page, sandbox: Sandbox) -> None:
    sandbox.fault("webhook_lost")
    sandbox.text("STOP")
    expect(phones.locator(".mine.trouble .meta")).to_contain_text("webhook lost")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(phones: Page, sandbox: Sandbox, scheme: str) -> None:
    phones.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    sandbox.text("Hoi")
    sandbox.fault("webhook_lost", count=1)
    sandbox.text("Nee")
    sandbox.fault("failed", count=5)
    sandbox.text("Dag")
    phones.locator("summary").click()
    expect(phones.locator(".theirs.trouble")).to_have_count(1)
    expect(phones.locator(".mine.trouble")).to_have_count(1)
    found = Axe().run(phones)
    assert found.violations_count == 0, found.generate_report()


def test_a_narrow_screen_does_not_scroll_sideways(phones: Page, sandbox: Sandbox) -> None:
    phones.set_viewport_size({"width": 390, "height": 844})
    sandbox.text("x" * 200)
    phones.locator("summary").click()
    phones.get_by_label("Text message from Dutch phone").fill("ë" * 200)
    expect(phones.locator(".phone").first.locator(".meter")).to_contain_text("200 units")
    assert phones.evaluate("document.documentElement.scrollWidth") <= 390
