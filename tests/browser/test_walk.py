"""The README's walk in a real browser over the whole gateway: a word is texted, and the confirmation arrives."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.domain.replies import Language, Reply
from tests.browser.conftest import CHROMIUM
from tests.readme.document import PICTURE
from tests.stack import Stack, eventually
from tests.stack.people import EN, NL, text

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
SIZE = {"width": 1280, "height": 900}
ARRIVES_MS = 10_000


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole gateway as real processes."""
    with Stack(tmp_path_factory.mktemp("walk")) as stack:
        yield stack


@pytest.fixture
def phones(browser: Browser, gateway: Stack) -> Iterator[Page]:
    """The phone page; whatever the browser complains of fails the test."""
    page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(gateway.sandbox.url)
    expect(page.locator("#link-text")).to_have_text("Connected")
    yield page
    page.close()
    assert complaints == []


def texts(phones: Page, owner: str, word: str, answer: Reply, language: Language) -> Locator:
    """Type the word on a phone, send it, and wait for the answer; the phone."""
    field = phones.get_by_label(f"Text message from {owner}")
    field.fill(word)
    field.press("Enter")
    phone = phones.locator(".phone").filter(has=field)
    arrived = phone.locator(".theirs .body", has_text=text(answer, language))
    expect(arrived).to_have_count(1, timeout=ARRIVES_MS)
    return phone


def number_on(phone: Locator) -> str:
    return "+" + "".join(filter(str.isdigit, phone.locator(".phone-head .number").inner_text()))


def test_a_word_is_texted_and_its_confirmation_arrives(
    phones: Page, gateway: Stack, request: pytest.FixtureRequest
) -> None:
    texts(phones, "Dutch phone", "Aanmelden", Reply.WELCOME, NL)
    dutch = texts(phones, "Dutch phone", "EINDE", Reply.GOODBYE, NL)
    texts(phones, "American phone", "Join", Reply.WELCOME, EN)
    american = texts(phones, "American phone", "STOP", Reply.GOODBYE, EN)
    for phone in (dutch, american):
        assert gateway.state(number_on(phone)) == "opted_out"
        expect(phone.locator(".theirs")).to_have_count(2)
        expect(phone.locator(".theirs .meta").last).to_contain_text("delivered")
    eventually(lambda: gateway.owed() == 0, what="nothing is owed")
    if request.config.getoption("--screenshots"):
        PICTURE.parent.mkdir(exist_ok=True)
        phones.screenshot(path=PICTURE)
