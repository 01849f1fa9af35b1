"""Staff at work in a real browser: people are found and decided about, by mouse and by keyboard, in two languages."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.number import Number
from app.domain.staff import Role
from tests.browser.conftest import CHROMIUM
from tests.browser.console import stories
from tests.browser.console.conftest import Enter, sign_in
from tests.browser.console.stories import ANNA, CARL, HELD, path_of
from tests.stack import Stack, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


def search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("written", ["0612345678", "+31 6 12 34 56 78", "0031 612345678", "06-1234.5678"])
def test_somebody_is_found_by_any_notation_with_the_keyboard_alone(enter: Enter, written: str) -> None:
    page = enter(Role.SUPPORT, "/dashboard")
    search(page, written)
    expect(page.locator("h1")).to_have_text(ANNA.masked)
    expect(page.locator(".state-words")).to_contain_text("Subscribed")
    assert "1234" not in page.url
    expect(page.locator(".timeline time").last).not_to_contain_text("UTC")


def test_the_last_four_digits_give_a_list_to_choose_from(enter: Enter) -> None:
    page = enter(Role.VIEWER)
    search(page, "5678")
    expect(page.locator(".row-link")).to_have_count(2)
    page.wait_for_load_state()  # the keys are listened to by a script that comes after the rows
    page.locator("#q").blur()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(ANNA.masked)


def test_somebody_is_opted_out_in_one_step_and_the_reason_stands_in_the_history(
    enter: Enter, gateway: Stack
) -> None:
    number = gateway.new_number()
    page = enter(Role.SUPPORT)
    search(page, number)
    expect(page.locator(".empty")).to_contain_text("Nothing is known of this number.")
    page.get_by_label("Reason").fill("asked by telephone")
    page.get_by_role("button", name="Opt out").click()
    expect(page.locator(".said")).to_contain_text("A confirmation is on its way")
    expect(page.locator(".timeline")).to_contain_text("asked by telephone")
    assert gateway.state(number) == "opted_out"


def test_a_hold_is_decided_by_keyboard_alone(enter: Enter, gateway: Stack) -> None:
    page = enter(Role.SUPPORT, "/review")
    waiting = page.locator(".queue li")
    before = waiting.count()
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    page.keyboard.type("about an order")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="It was no opt-out").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("subscribed as before")
    expect(waiting).to_have_count(before - 1)
    assert gateway.state(HELD[0][0].e164) == "subscribed"


def test_j_and_k_move_through_the_queue_from_wherever_somebody_is_in_it(enter: Enter) -> None:
    page = enter(Role.SUPPORT, "/review")
    item = page.locator(".queue .number")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(item.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("j")
    expect(page.get_by_label("Reason").nth(1)).to_have_value("j")
    page.keyboard.press("Tab")
    page.keyboard.press("k")
    expect(item.nth(0)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(item.nth(0)).to_be_focused()


@pytest.mark.parametrize("where", ["review", "person"])
def test_enter_in_the_reason_takes_the_decision_that_texts_nobody(
    enter: Enter, gateway: Stack, where: str
) -> None:
    number = gateway.new_number()
    for text in ("START", "stop mijn abonnement"):
        gateway.sandbox.text(number, text)
    eventually(lambda: gateway.state(number) == "held", what="they are held")
    page = enter(Role.SUPPORT, "/review" if where == "review" else path_of(gateway, Number(number)))
    # Whoever waits for the shortest time stands at the end.
    reason = page.locator(".queue li").last if where == "review" else page
    reason.get_by_label("Reason").fill("meant to stop")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Opted out")
    assert gateway.state(number) == "opted_out"


def test_the_number_is_shown_when_it_is_asked_for(enter: Enter, gateway: Stack) -> None:
    page = enter(Role.SUPPORT, path_of(gateway, ANNA))
    page.get_by_role("button", name="Show the number").click()
    expect(page.locator("h1")).to_have_text(ANNA.e164)
    expect(page.locator(".timeline")).to_contain_text("The number was shown")


def test_the_pages_speak_dutch_to_whoever_does(enter: Enter, gateway: Stack) -> None:
    page = enter(Role.SUPPORT, path_of(gateway, CARL), locale="nl-NL")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator(".state-words")).to_contain_text("Afgemeld")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".state-words")).to_contain_text("Opted out")
    page.goto(gateway.web_url)
    expect(page.locator("h1")).to_have_text("Who is it about?")


def test_without_a_script_everything_can_be_done(enter: Enter, gateway: Stack) -> None:
    page = enter(Role.SUPPORT, java_script_enabled=False)
    number = gateway.new_number()
    page.locator("#q").fill(number)
    page.get_by_role("button", name="Search").last.click()
    page.get_by_label("Reason").fill("wrote to us")
    page.get_by_role("button", name="Opt out").click()
    expect(page.locator(".state-words")).to_contain_text("Opted out")
    expect(page.locator(".timeline time").first).to_contain_text("UTC")
    page.get_by_role("link", name="Review").click()
    expect(page.locator(".queue li").first).to_be_visible()


def test_signing_in_and_out_needs_no_script_either(browser: Browser, gateway: Stack) -> None:
    leaver = gateway.gateway.staff.accounts.add(
        "leaver", Role.VIEWER, password=stories.PASSWORD, generate=False, codes=True, actor="test"
    )
    page = browser.new_page(java_script_enabled=False, locale="en-GB")
    page.goto(f"{gateway.web_url}/review")
    sign_in(page, leaver, lands_on="h1:has-text('Review')")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.go_back()
    page.reload()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.close()


def test_keys_can_be_switched_off(enter: Enter) -> None:
    page = enter(Role.VIEWER, "/dashboard")
    page.get_by_role("button", name="Keys on").click()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#top-q")).not_to_be_focused()
