"""The console in a browser: a whole gateway with people in it, staff who have signed in, and no complaint allowed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.domain.campaign import Campaign
from app.domain.staff import Role
from app.services.staff_accounts import Handed
from tests.browser.conftest import listen
from tests.browser.console import stories
from tests.browser.looks import LAPTOP
from tests.stack import Stack

Enter = Callable[..., Page]


@pytest.fixture(scope="package")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole gateway as real processes, with people in it."""
    with Stack(tmp_path_factory.mktemp("console"), secret_key="k" * 40, erasure_key="e" * 40) as stack:
        stories.people(stack.gateway)
        stories.trail(stack.gateway)
        yield stack


@pytest.fixture(scope="package")
def staff(gateway: Stack) -> dict[Role, Handed]:
    return stories.staff(gateway.gateway)


@pytest.fixture(scope="package")
def campaign(gateway: Stack) -> Campaign:
    return stories.campaign(gateway.gateway)


@pytest.fixture(scope="package")
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
        listen(page, complaints)
        page.goto(gateway.web_url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 4" not in said] == []
