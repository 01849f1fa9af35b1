"""A campaign that is watched: its page is shown anew in place, and takes nothing from whoever is at work in it."""

import re

import pytest
from playwright.sync_api import Browser, expect

from app.domain.campaign import Campaign
from app.domain.staff import Role
from app.services.campaign_plan import Plan
from tests.browser.conftest import CHROMIUM
from tests.browser.console import stories
from tests.browser.console.conftest import Enter, sign_in
from tests.stack import Stack

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
# A page looks again every few seconds.
SOON = 15_000


def going(gateway: Stack, name: str) -> Campaign:
    """A campaign that has just been set going."""
    manage = gateway.gateway.campaigns.manage
    made = manage.create(Plan(name=name, texts={stories.NL: "Klaverblad: vandaag open"}), actor="test")
    manage.send(made.id)
    return made


def test_a_watched_page_is_left_when_its_session_ends(browser: Browser, gateway: Stack) -> None:
    accounts, made = gateway.gateway.staff.accounts, going(gateway, "Watched")
    watcher = accounts.add(
        "watcher", Role.VIEWER, password=stories.PASSWORD, generate=False, codes=False, actor="test"
    )
    page = browser.new_page(locale="en-GB")
    page.goto(f"{gateway.web_url}/campaigns/{made.id}")
    sign_in(page, watcher, lands_on="#live")
    accounts.disable("watcher", actor="test")
    expect(page.locator("h1")).to_have_text("Sign in", timeout=SOON)
    gateway.gateway.campaigns.manage.cancel(made.id, "seen", actor="test")
    page.close()


def test_a_campaign_that_goes_on_is_shown_anew_in_place(enter: Enter, gateway: Stack) -> None:
    manage, made = gateway.gateway.campaigns.manage, going(gateway, "Live")
    page = enter(Role.MARKETER, f"/campaigns/{made.id}")
    expect(page.locator("#live")).to_have_attribute("data-live", re.compile(r"\d+"))
    page.evaluate("window.stayed = true")
    manage.cancel(made.id, "a slip in the text", actor="test")
    expect(page.locator("#live")).to_contain_text("a slip in the text", timeout=SOON)
    expect(page.locator("#live")).not_to_have_attribute("data-live", re.compile(r"\d+"))
    assert page.evaluate("window.stayed") is True


def test_what_can_be_done_is_shown_anew_around_whoever_types_there(enter: Enter, gateway: Stack) -> None:
    manage, made = gateway.gateway.campaigns.manage, going(gateway, "Typed")
    page = enter(Role.MARKETER, f"/campaigns/{made.id}")
    reason = page.get_by_label("Reason")
    reason.press_sequentially("a sl in the text")
    for _ in range(len(" in the text")):
        reason.press("ArrowLeft")
    manage.pause(made.id, "somebody else was quicker", actor="staff:other")
    expect(page.get_by_role("button", name="Resume")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    expect(reason).to_be_focused()
    page.keyboard.type("ip")
    expect(reason).to_have_value("a slip in the text")
    page.get_by_role("button", name="Cancel for good").click()
    expect(page.locator("#live")).to_contain_text("a slip in the text (marketer)")


def test_a_button_that_goes_leaves_the_focus_on_no_other(enter: Enter, gateway: Stack) -> None:
    manage, made = gateway.gateway.campaigns.manage, going(gateway, "Focused")
    page = enter(Role.MARKETER, f"/campaigns/{made.id}")
    page.get_by_role("button", name="Pause").focus()
    manage.pause(made.id, "somebody else was quicker", actor="staff:other")
    expect(page.locator("#steering")).to_be_focused(timeout=SOON)
    page.keyboard.press("Enter")
    assert manage.progress(made.id).campaign.status == "paused"
    manage.cancel(made.id, "seen", actor="test")
