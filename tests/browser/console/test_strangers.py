"""What strangers text is words on the page, whatever it is. After the others: it would stand in their pictures."""

import pytest
from playwright.sync_api import expect

from app.domain.staff import Role
from tests.browser.conftest import CHROMIUM
from tests.browser.console.conftest import Enter
from tests.browser.console.test_at_work import search
from tests.stack import Stack

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


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
