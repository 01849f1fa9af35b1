"""The console in a real browser: found, decided and read, by mouse and by keyboard, in two languages."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.domain.campaign import Campaign
from app.domain.staff import Role
from app.services.staff_accounts import Handed
from tests.browser import console_stories as stories
from tests.browser.console_stories import ANNA, CARL, HELD
from tests.readme.document import ROOT
from tests.stack import Stack

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
LAPTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PICTURES = ROOT / "docs" / "console"
# Those that docs/console.md shows.
PICTURED = {
    "search-phone-dark",
    "person-laptop-light",
    "review-phone-light",
    "dashboard-laptop-dark",
    "campaign-laptop-light",
}
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for this module only: Playwright's event loop would be in the way of other tests' loops."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole gateway as real processes, with people in it."""
    with Stack(tmp_path_factory.mktemp("console"), secret_key="k" * 40, erasure_key="e" * 40) as stack:
        stories.people(stack.gateway)
        yield stack


@pytest.fixture(scope="module")
def staff(gateway: Stack) -> dict[Role, Handed]:
    return stories.staff(gateway.gateway)


@pytest.fixture(scope="module")
def campaign(gateway: Stack) -> Campaign:
    return stories.campaign(gateway.gateway)


@pytest.fixture(scope="module")
def signed_in(gateway: Stack, staff: dict[Role, Handed]) -> Callable[[BrowserContext, Role], None]:
    """Puts a role's session into a browser; it signs in once, for a code counts once."""
    kept: dict[Role, list[object]] = {}

    def enter(context: BrowserContext, role: Role) -> None:
        if role not in kept:
            page = context.new_page()
            page.goto(gateway.web_url)
            sign_in(page, staff[role])
            kept[role] = context.cookies()  # type: ignore[assignment]
            page.close()
        context.add_cookies(kept[role])  # type: ignore[arg-type]

    return enter


def sign_in(page: Page, handed: Handed, lands_on: str = "#q:focus") -> None:
    page.locator("#name").fill(handed.account.name)
    page.locator("#password").fill(stories.PASSWORD)
    if handed.secret:
        page.locator("#code").fill(pyotp.TOTP(handed.secret).at(datetime.now(UTC)))
    page.locator("form .btn-lg").click()
    expect(page.locator(lands_on)).to_be_visible()


@pytest.fixture
def enter(
    browser: Browser, gateway: Stack, signed_in: Callable[[BrowserContext, Role], None]
) -> Iterator[Enter]:
    """Opens the console as a role; a complaint of the browser's or a request to elsewhere fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def listen(page: Page) -> None:
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                None if urlsplit(asked.url).hostname == "127.0.0.1" else complaints.append(asked.url)
            ),
        )

    def open_as(role: Role, path: str = "/", **options: object) -> Page:
        settings = {
            "viewport": LAPTOP,
            "locale": "en-GB",
            "reduced_motion": "reduce",
            "timezone_id": "Europe/Amsterdam",
        }
        context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
        contexts.append(context)
        signed_in(context, role)
        page = context.new_page()
        listen(page)
        page.goto(gateway.web_url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 4" not in said] == []


def path_of(gateway: Stack, number: object) -> str:
    return f"/subscribers/{gateway.gateway.references.of(number)}"  # type: ignore[arg-type]


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
    page.keyboard.type("about an order")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="It was no opt-out").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("subscribed as before")
    expect(waiting).to_have_count(before - 1)
    assert gateway.state(HELD[0][0].e164) == "subscribed"


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
    enter: Enter,
    gateway: Stack,
    campaign: Campaign,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    scheme: str,
    size: dict[str, int],
) -> None:
    page = enter(
        Role.ADMIN, color_scheme=scheme, viewport=size, locale="nl-NL" if scheme == "dark" else "en-GB"
    )
    for name, path in pages(gateway, campaign).items():
        page.goto(gateway.web_url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        if request.config.getoption("--screenshots"):
            kept = f"{name}-{'phone' if size is PHONE else 'laptop'}-{scheme}"
            where = PICTURES if kept in PICTURED else tmp_path_factory.getbasetemp() / "console"
            where.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=where / f"{kept}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_is_as_good_for_everybody(browser: Browser, gateway: Stack, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    page.goto(f"{gateway.web_url}/review")
    page.locator("#name").fill("nobody")
    page.locator("#password").fill("something")
    page.locator("form .btn-lg").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("klopt niet"))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_hostile_words_of_a_person_are_words_on_the_page(enter: Enter, gateway: Stack) -> None:
    number = gateway.new_number()
    gateway.sandbox.text(number, "START")
    gateway.sandbox.text(
        number, "stop mijn abonnement <script>document.title='taken'</script> <img src=x onerror=alert(1)>"
    )
    page = enter(Role.SUPPORT)
    search(page, number)
    expect(page.locator(".timeline")).to_contain_text("<script>document.title='taken'</script>")
    assert "taken" not in page.title()
    assert page.locator(".timeline img, .timeline script").count() == 0
