"""What strangers text is words on the page, whatever it is. After the others: it would stand in their pictures."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.domain.campaign import LONGEST_NAME, Campaign, CampaignStatus
from app.domain.number import Number
from app.domain.partition import PARTITIONS
from app.domain.profile import Profile
from app.domain.recipient import Reason
from app.domain.staff import Role
from app.provider.errors import REMEDIES, remedy
from tests.browser.conftest import CHROMIUM
from tests.browser.console.conftest import Enter
from tests.browser.console.stories import NL, path_of
from tests.browser.console.test_at_work import search
from tests.browser.looks import LAPTOP, PHONE, Looks
from tests.stack import Stack, eventually

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


def unbroken(gateway: Stack) -> tuple[Number, Campaign]:
    """Somebody who writes without spaces, is called so, and got a campaign that is called so too."""
    desk, number, now = gateway.gateway, Number(gateway.new_number()), datetime.now(UTC)
    gateway.sandbox.text(number.e164, "START")
    gateway.sandbox.text(number.e164, f"stop mijn abonnement {'w' * 900}")
    eventually(lambda: gateway.state(number.e164) == "held", what="they are held")
    named = Profile(first_name="A" * 60, tags=frozenset(["t" * 60]), fields={"f" * 30: "v" * 100})
    desk.subscriber_care.edit(number, lambda known: known.after(named))
    made = Campaign(
        *("wwwwwwww", "W" * LONGEST_NAME, {NL: "x" * 300}, now, "staff:" + "m" * 40),
        status=CampaignStatus.PAUSED,
        version=1,
        started_at=now,
        reason=remedy(401, 20003),
    )
    manage = desk.campaigns.manage
    manage.campaigns.save(made, rests=True)
    for partition in range(PARTITIONS):
        manage.audience.freeze(made, partition, now, NL)
    desk.campaigns.settle.rows.skip(made.id, [number], Reason.CAPPED, now)
    for code in REMEDIES:
        desk.staff.errors.count(code, now)
    return number, made


def test_the_longest_words_are_broken_on_every_screen(enter: Enter, gateway: Stack, look: Looks) -> None:
    number, made = unbroken(gateway)
    # So wide is a laptop at four times its size (WCAG 1.4.10).
    narrow = {"width": 320, "height": 640}
    paths = [
        path_of(gateway, number),
        "/review",
        "/campaigns",
        f"/campaigns/{made.id}",
        "/dashboard",
        "/audit",
    ]
    for size in (LAPTOP, PHONE, narrow):
        page = enter(Role.ADMIN, viewport=size)
        for path in paths:
            page.goto(gateway.web_url + path)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            look(page, f"long{path.replace('/', '-')}")
