"""Chromium for each module of these tests."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looks import Looks

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module only: Playwright's event loop would be in the way of other tests' loops."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


def listen(page: Page, complaints: list[str]) -> None:
    """Note what the browser complains of on the page, and every request that leaves the machine."""
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if urlsplit(asked.url).hostname == "127.0.0.1" else complaints.append(asked.url),
    )


@pytest.fixture
def look(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Looks:
    """Looks at a page: `look(page, "search")`."""
    return Looks(request.config.getoption("--screenshots"), tmp_path_factory.getbasetemp() / "pictures")
