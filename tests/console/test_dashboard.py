"""The dashboard: what the provider complained of, by its codes and in words."""

from datetime import timedelta

import pytest

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.outbox import Fate, Outcome
from app.domain.status import StatusReport
from app.provider.errors import MEANINGS, NOT_KNOWN, REMEDIES, meaning
from app.services.count_errors import CountedProvider
from app.web.console.dashboard import complaints
from tests.console.conftest import ANNA
from tests.console.reading import untranslated
from tests.console.staff import BROWSER, Desk
from tests.stories import after, sid


def test_without_errors_it_says_so(desk: Desk) -> None:
    assert "The provider named none." in desk.get("/dashboard").text


def test_errors_stand_with_their_words_and_what_has_to_be_mended_first(desk: Desk, gateway: Gateway) -> None:
    for code, times in [(30003, 3), (30034, 1), (99999, 2)]:
        for _ in range(times):
            gateway.staff.errors.count(code, now())
    gateway.staff.errors.count(21211, now() - timedelta(days=31))
    _, _, page = desk.get("/dashboard").text.partition('id="errors"')
    places = [page.index(f'<th scope="row">{code}</th>') for code in (30034, 30003, 99999)]
    assert places == sorted(places)
    assert str(MEANINGS[30003]) in page
    assert str(NOT_KNOWN).replace("'", "&#39;") in page
    assert page.count("To be mended") == 1
    assert "21211" not in page


@pytest.mark.usefixtures("people")
def test_a_status_with_an_error_stands_there(desk: Desk, gateway: Gateway) -> None:
    (claim,) = [one for one in gateway.outbox.claim(after(60), 60, 20) if one.number == ANNA]
    gateway.outbox.settle(claim, Outcome(Fate.SENT, after(61), message=sid(900)))
    report = StatusReport(
        claim.ref, ANNA, sid(900), "undelivered", 30003, blocked=False, gone=False, at=now()
    )
    assert gateway.record_status(report)
    assert '<th scope="row">30003</th>' in desk.get("/dashboard").text


def test_whatever_sends_is_counted(gateway: Gateway) -> None:
    sending = (gateway.deliver_replies, gateway.campaigns.run, gateway.campaigns.trial)
    assert all(isinstance(each.provider, CountedProvider) for each in sending)


def test_every_code_is_said_in_dutch_as_well(desk: Desk, gateway: Gateway) -> None:
    codes = [*REMEDIES, *MEANINGS, 99999]
    for code in codes:
        gateway.staff.errors.count(code, now())
    dutch, english = (
        desk.client.get("/dashboard", headers=BROWSER | {"Accept-Language": language}).text
        for language in ("nl", "en")
    )
    dutch, english = (
        page.partition('id="errors"')[2].partition("</section>")[0] for page in (dutch, english)
    )
    own = {
        "Twilio",
        "sender",
        "STOPWOORD_TWILIO_ACCOUNT_SID",
        "STOPWOORD_SEGMENTS_PER_SECOND",
        "auth token",
        "Code",
    }
    own |= {
        "A2P 10DLC",
        "Messaging, Regulatory compliance",
        "Messaging, Geo permissions",
        "Messaging Service",
    }
    assert untranslated(dutch, english, own | {"Regulatory compliance", "Trust Hub"}) == set()
    assert len(complaints(dict.fromkeys(codes, 1))) == len(codes)


def test_a_code_of_our_account_says_what_to_do() -> None:
    assert meaning(21606) is REMEDIES[21606]
