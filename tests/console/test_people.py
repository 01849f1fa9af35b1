"""Seeing why, and deciding: what a person's page says, and what is written down of it."""

import html
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.bootstrap import Gateway
from app.domain.audit import Act
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.consent import State
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.outbox import Fate, Outcome
from app.domain.partition import partition_of
from app.domain.recipient import Ending, RecipientOutcome
from app.domain.remarks import AGREED_FROM
from app.domain.signal import Signal
from app.domain.staff import Role
from app.domain.status import StatusReport
from app.web.console.timeline import moments
from app.web.factory import create_app
from tests.campaign_stories import spring
from tests.console.conftest import ANNA, BOB, CARL
from tests.console.staff import BROWSER, Desk, account, path
from tests.console.test_dutch import bare, remember
from tests.stories import NL, NOON, after, apply, sid

DORA = Number("+31633334444")
pytestmark = pytest.mark.usefixtures("people")


def state(gateway: Gateway, number: Number) -> str:
    return str(gateway.subscriber_care.show(number).record.state)


def test_an_opt_out_takes_one_step_and_leaves_its_proof(desk: Desk, gateway: Gateway) -> None:
    answer = desk.post(path(gateway, ANNA) + "/opt-out", reason="asked by telephone")
    assert answer.status_code == 303
    assert state(gateway, ANNA) == "opted_out"
    newest = gateway.subscriber_care.show(ANNA).evidence[-1]
    assert (newest.words, newest.actor, newest.reply) == ("asked by telephone", "staff:support", "goodbye")
    page = desk.get(answer.location).text
    assert "A confirmation is on its way" in page
    assert "asked by telephone" in page
    entry = gateway.staff.audit.newest(1)[0]
    assert (entry.act, entry.actor, entry.about) == (
        Act.OPTED_OUT,
        "staff:support",
        gateway.references.of(ANNA),
    )


def test_the_one_step_stands_before_the_history(desk: Desk, gateway: Gateway) -> None:
    page = desk.get(path(gateway, ANNA)).text
    assert page.index('id="opt-out"') < page.index('id="history"') < page.index('id="note-title"')


def test_of_somebody_imported_the_wordings_version_stands_at_the_top(desk: Desk, gateway: Gateway) -> None:
    taken = replace(bare(), signal="import", channel=Channel.IMPORT, wording="v3")
    remember(gateway, DORA, State.SUBSCRIBED, iter([taken]))
    head = desk.get(path(gateway, DORA)).text.partition('id="history"')[0]
    assert "Version of the wording: v3" in head


def test_the_timeline_says_how_far_each_reply_got(desk: Desk, gateway: Gateway) -> None:
    (claim,) = [one for one in gateway.outbox.claim(after(60), 60, 20) if one.number == ANNA]
    gateway.outbox.settle(claim, Outcome(Fate.SENT, after(61), message=sid(900)))
    assert "not delivered" not in desk.get(path(gateway, ANNA)).text
    status = StatusReport(claim.ref, ANNA, sid(900), "undelivered", 30003, False, False, after(62))  # noqa: FBT003
    gateway.outbox.report(status)
    page = desk.get(path(gateway, ANNA)).text
    assert "not delivered" in page
    assert "30003" in page


def test_the_timeline_shows_what_we_answered_word_for_word(desk: Desk, gateway: Gateway) -> None:
    (claim,) = [one for one in gateway.outbox.claim(after(60), 60, 20) if one.number == CARL]
    gateway.outbox.settle(claim, Outcome(Fate.SENT, after(61), message=sid(900)))
    page = desk.get(path(gateway, CARL)).text
    assert f"“{html.escape(claim.body, quote=False)}”" in page.replace("&#39;", "'")
    assert "was not kept" not in page


def test_a_reply_whose_words_were_never_kept_says_so(desk: Desk, gateway: Gateway) -> None:
    (claim,) = [one for one in gateway.outbox.claim(after(60), 60, 20) if one.number == CARL]
    gateway.outbox.settle(replace(claim, body=""), Outcome(Fate.SENT, after(61), message=sid(900)))
    assert "was not kept at that time" in desk.get(path(gateway, CARL)).text


def test_a_campaign_in_the_history_leads_to_its_text(desk: Desk, gateway: Gateway) -> None:
    made = Campaign(
        "spring22", "Spring", {NL: "Lente!"}, NOON, "test", status=CampaignStatus.RUNNING, started_at=NOON
    )
    manage = gateway.campaigns.manage
    assert manage.campaigns.save(replace(made, version=1), rests=False)
    manage.audience.freeze(made, partition_of(ANNA), NOON, NL)
    assert '<a href="/campaigns/spring22">“Spring”</a>' in desk.get(path(gateway, ANNA)).text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("delivered", "Got the campaign"),
        ("", "Was sent the campaign"),
        ("undelivered", "The campaign did not arrive"),
    ],
)
def test_what_was_sent_and_did_not_arrive_is_not_called_got(gateway: Gateway, status: str, said: str) -> None:
    made = spring(status=CampaignStatus.RUNNING, started_at=NOON)
    outcome = RecipientOutcome(Ending.SENT, NOON, status=status)
    with create_app(gateway).test_request_context(headers=BROWSER):
        (moment,) = moments([], [], [(made, outcome)], {})
        assert str(moment.look.words) == said


def test_of_a_number_that_is_gone_nobody_is_said_to_have_opted_out(desk: Desk, gateway: Gateway) -> None:
    gone = Event(Signal.NUMBER_GONE, after(9), Channel.PROVIDER, "provider", words="error 30005")
    apply(gateway.subscriber_care.consents, ANNA, gone)
    page = desk.get(path(gateway, ANNA)).text
    assert '<p class="state-words"><strong>Number gone</strong>' in page
    assert "No text reaches it any more" in page


def test_what_a_form_stated_is_shown_in_the_readers_form(desk: Desk, gateway: Gateway) -> None:
    stated = str(AGREED_FROM.with_(when="2026-03-02T12:00:00+01:00", address="203.0.113.9", age="18+"))
    gateway.subscriber_care.invite(
        ANNA, source="kassa", wording="Ja", version="", language=None, actor="api:webshop", stated=stated
    )
    page = desk.get(path(gateway, ANNA)).text
    assert "agreed 2 Mar 2026 11:00:00 UTC from 203.0.113.9; age: 18+" in page
    assert "the system webshop" in page
    assert "<dd>kassa</dd>" in page


def test_a_decision_needs_a_reason_and_keeps_what_was_typed(desk: Desk, gateway: Gateway) -> None:
    assert desk.post(path(gateway, ANNA) + "/opt-out", reason="  ").status_code == 400
    assert desk.post(path(gateway, BOB) + "/clear-hold").status_code == 400
    long = desk.post(path(gateway, ANNA) + "/opt-out", reason="x" * 501)
    assert (long.status_code, "x" * 501 in long.text) == (400, True)
    assert (state(gateway, ANNA), state(gateway, BOB)) == ("subscribed", "held")


def test_a_hold_is_cleared_or_becomes_an_opt_out(
    desk: Desk, gateway: Gateway, texts: Callable[[Number, str], None]
) -> None:
    desk.post(path(gateway, BOB) + "/clear-hold", reason="about an order")
    assert state(gateway, BOB) == "subscribed"
    assert (
        "not held any more"
        in desk.get(desk.post(path(gateway, BOB) + "/clear-hold", reason="again").location).text
    )
    acts = [entry.act for entry in gateway.staff.audit.newest(10)]
    assert acts.count(Act.HOLD_CLEARED) == 1
    texts(BOB, "stop mijn abonnement")
    answer = desk.post(path(gateway, BOB) + "/opt-out", reason="meant it", back="review")
    assert answer.location == "/review"
    assert state(gateway, BOB) == "opted_out"


def test_nothing_that_staff_can_post_opts_anybody_in(desk: Desk, gateway: Gateway) -> None:
    for action in ("opt-out", "clear-hold", "note", "number"):
        desk.post(f"{path(gateway, CARL)}/{action}", reason="please", note="please")
        assert state(gateway, CARL) == "opted_out"
    page = desk.get(path(gateway, CARL)).text
    assert "Nobody can do that for them" in page
    assert gateway.program.sender in page


def test_where_the_sender_is_a_name_nobody_is_told_to_text_to_it(gateway: Gateway) -> None:
    named = replace(gateway, program=replace(gateway.program, sender="Klaverblad"))
    desk = Desk(create_app(named))
    desk.sign_in(account(gateway, Role.VIEWER))
    gateway.erase_subscriber.here(ANNA, reason="asked", actor="test")
    for page in (desk.get(path(gateway, CARL)).text, desk.post("/search", q=ANNA.e164).text):
        assert "nobody can text to Klaverblad" in page
        assert gateway.program.contact in page
        assert "Ask them to text" not in page


def test_the_whole_number_is_shown_once_it_is_written_down_who_asked(desk: Desk, gateway: Gateway) -> None:
    shown = desk.post(path(gateway, ANNA) + "/number")
    assert ANNA.e164 in shown.text
    entry = gateway.staff.audit.newest(1)[0]
    assert (entry.act, entry.about) == (Act.REVEALED, gateway.references.of(ANNA))
    again = desk.get(path(gateway, ANNA)).text
    assert ANNA.e164 not in again
    assert "The number was shown" in again


def test_a_note_is_kept_with_the_person(desk: Desk, gateway: Gateway) -> None:
    desk.post(path(gateway, ANNA) + "/note", note="prefers e-mail")
    assert "prefers e-mail" in desk.get(path(gateway, ANNA)).text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{ 7777*7777 }}",
        '"><img src=x onerror=alert(1)>',
        "=HYPERLINK(1)",
        "a\u202eb\x07c",
    ],
)
def test_hostile_words_are_kept_and_shown_as_words(
    desk: Desk, gateway: Gateway, texts: Callable[[Number, str], None], hostile: str
) -> None:
    texts(ANNA, f"stop mijn abonnement {hostile}")
    desk.post(path(gateway, ANNA) + "/note", note=hostile)
    for page in (desk.get(path(gateway, ANNA)).text, desk.get("/review").text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "60481729" not in page.partition('id="history"')[2].partition("</blockquote>")[0]
        assert "\u202e" not in page
        assert "\x07" not in page
    assert gateway.staff.care.of(ANNA)[-1].words == hostile.strip()


def test_a_megabyte_is_refused_and_the_page_lives_on(desk: Desk, gateway: Gateway) -> None:
    assert desk.post(path(gateway, ANNA) + "/note", note="x" * 1_000_000).status_code == 413
    assert desk.post("/search", q="9" * 1_000_000).status_code == 413
    assert desk.get(path(gateway, ANNA)).status_code == 200


@pytest.mark.parametrize("ref", ["7-00", "999-" + "0" * 32, "0-" + "0" * 32, "x", "..", "%00", "é"])
def test_an_address_that_leads_to_nobody_is_a_page_that_says_so(desk: Desk, ref: str) -> None:
    answer = desk.get(f"/subscribers/{ref}")
    assert answer.status_code == 404
    assert "Back to the search" in answer.text


@pytest.mark.parametrize(
    ("action", "field"), [("note", "note"), ("opt-out", "reason"), ("clear-hold", "reason")]
)
def test_words_of_spaces_alone_are_asked_for_again_beside_the_field(
    desk: Desk, gateway: Gateway, action: str, field: str
) -> None:
    answer = desk.post(f"{path(gateway, BOB)}/{action}", **{field: "   "})
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (400, True)
    assert state(gateway, BOB) == "held"
