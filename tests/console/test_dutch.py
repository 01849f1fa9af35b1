"""Dutch pages are wholly Dutch: nothing but names and quotations is the same as on the English ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.bootstrap import Gateway
from app.domain.audit import Act, AuditEntry
from app.domain.campaign import TABLE, Action, Campaign, CampaignStatus, Refusal
from app.domain.consent import Decision, Record, State
from app.domain.evidence import Channel, Evidence
from app.domain.intent.reading import Rule
from app.domain.number import Number
from app.domain.outbox import TEST
from app.domain.remarks import REMARKS
from app.domain.replies import Language, Reply
from app.domain.sentence import Sentence
from app.domain.staff import Role
from app.domain.verdict import VERDICTS
from app.provider.errors import REMEDIES, remedy
from app.services.readiness import NEEDED, Readiness
from app.services.run_campaigns import READING_BACK
from app.web.console.campaign_pages import why_not
from app.web.console.words import CHANNELS, SIGNALS
from app.web.factory import create_app
from tests.console.conftest import ANNA, BOB
from tests.console.reading import untranslated
from tests.console.staff import Desk, Sits, account
from tests.fakes.small_ports import SetTime
from tests.services.servers import FIT, Server
from tests.stories import NOON, after, sid

NL = Language("nl")
MADE_UP = {
    "when": "2026-03-02T12:00:00+01:00",
    "file": "leden.csv",
    "days": "3",
    "status": "undelivered",
    "code": 21610,
    "row": 7,
}
# Names, and words that are the same in both languages.
OWN = {
    *("Stopwoord", "Klaverblad", "Nederlands", "English", "START", "STOP", "UTC", "CSV", "Dashboard", "sms"),
    *("admin", "Admin", "Status", "status", "support", "WhatsApp", "RCS", "Code", "Twilio", "Account"),
    *("Lenteactie", "Anna", "webshop", "kassa", "leden", "csv", "v3", "aug", "TCPA", "sept"),
}


@pytest.fixture
def pair(sits: Sits) -> Callable[[str], tuple[str, str]]:
    """A page in Dutch and in English."""
    desk = sits(Role.ADMIN)
    return lambda path: (read(desk.client, path, "nl"), read(desk.client, path, "en"))


def read(client: FlaskClient, path: str, language: str) -> str:
    return client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text


def bare() -> Evidence:
    return Evidence(NOON, "stop", Channel.SMS, "person", words="", before="unknown", after="unknown")


def evidence() -> Iterator[Evidence]:
    """An entry for every signal, channel, rule, reply and remark that there is."""
    for signal in SIGNALS:
        if signal not in {"noted", "revealed"}:
            yield replace(bare(), signal=str(signal))
    for channel in CHANNELS:
        yield replace(bare(), channel=Channel(channel), actor="api:webshop at kassa")
    for rule in Rule:
        yield replace(bare(), rule=rule.value)
    for reply in (*Reply, TEST):
        yield replace(bare(), signal="reply_sent", reply=reply)
    for remark in REMARKS:
        said = filled(remark)
        yield replace(bare(), note=said)
        yield replace(bare(), stated=said)
        yield replace(bare(), rule=said)
        for channel in (Channel.PROVIDER, Channel.CLOCK, Channel.IMPORT):
            yield replace(bare(), channel=channel, actor="stopwoord", words=said)


def filled(one: Sentence) -> str:
    names = ("at", "address", "age", "lost", "tried", "people", *MADE_UP)
    return str(one.with_(**{name: MADE_UP.get(name, "1.2.3.4") for name in names}))


def remember(gateway: Gateway, number: Number, state: State, entries: Iterator[Evidence]) -> None:
    consents = gateway.subscriber_care.consents
    for place, entry in enumerate(entries):
        before = consents.load(number)
        once = replace(entry, at=after(place), before=before.state.value, after=state.value)
        now = Record(state=state, version=before.version + 1, since=NOON, source=Channel.API, language=NL)
        consents.commit(number, Decision(before, now, once, None, NL, "done"), sid(5000 + place), None)  # type: ignore[arg-type]


def test_a_persons_page_is_dutch_whatever_happened_to_them(
    pair: Callable[[str], tuple[str, str]], gateway: Gateway
) -> None:
    for state in State:
        remember(gateway, ANNA, state, evidence() if state is State.SUBSCRIBED else iter([bare()]))
        assert untranslated(*pair(f"/subscribers/{gateway.references.of(ANNA)}"), OWN) == set(), state
    assert untranslated(*pair(f"/subscribers/{gateway.references.of(BOB)}"), OWN) == set()


def test_the_queue_of_held_messages_is_dutch_by_whichever_rule_they_are_held(
    pair: Callable[[str], tuple[str, str]], gateway: Gateway
) -> None:
    for place, rule in enumerate(Rule):
        entry = Evidence(NOON, "unclear", Channel.SMS, "person", "huh?", "", "", rule=rule.value)
        remember(gateway, Number(f"+3161111{place:04d}"), State.HELD, iter([entry]))
    assert untranslated(*pair("/review"), OWN) == set()


REASONS = [*map(filled, VERDICTS), *(remedy(401, code) for code in (*REMEDIES, 99999, 0))]


def test_a_campaigns_page_is_dutch_however_far_it_is(
    pair: Callable[[str], tuple[str, str]], gateway: Gateway
) -> None:
    manage = gateway.campaigns.manage
    made = Campaign("spring26", "Lenteactie", {NL: "Hoi"}, NOON, "cli:root", started_at=NOON)
    seen = [(status, REASONS[0]) for status in CampaignStatus]
    for version, (status, reason) in enumerate(
        [*seen, *((CampaignStatus.PAUSED, why) for why in REASONS)], 1
    ):
        each = replace(made, version=version, status=status, reason=reason)
        assert manage.campaigns.save(each, rests=True)
        manage.campaigns.note_wait(made.id, str(READING_BACK))
        own = OWN | TWILIOS | {"Hoi", "root", "stopwoord campaign report"}
        assert untranslated(*pair(f"/campaigns/{made.id}"), own) == set(), each
        assert untranslated(*pair("/campaigns"), own) == set(), each


def test_why_something_cannot_be_done_with_a_campaign_is_said_in_dutch(gateway: Gateway) -> None:
    made = Campaign("spring26", "Lenteactie", {NL: "Hoi"}, NOON, "test")
    app = create_app(gateway)
    for (status, action), cell in TABLE.items():
        if isinstance(cell, Refusal) and action in {Action.PAUSE, Action.RESUME, Action.CANCEL}:
            said = [
                _in(app, language, lambda at=status, of=action: why_not(replace(made, status=at), of))
                for language in ("nl", "en")
            ]
            assert untranslated(said[0], said[1], OWN) == set()
            assert said[1] == f"Nothing was changed: {cell.words}."


def _in(app: object, language: str, say: Callable[[], str]) -> str:
    with app.test_request_context(headers={"Accept-Language": language}):  # type: ignore[attr-defined]
        return say()


# What things are called where somebody has to mend them.
TWILIOS = {
    *("STOPWOORD_TWILIO_ACCOUNT_SID", "STOPWOORD_SEGMENTS_PER_SECOND", "Messaging, Geo permissions"),
    *("Messaging, Regulatory compliance", "Regulatory compliance", "Trust Hub", "Messaging Service"),
    *("A2P 10DLC", "HTTP 401", "auth token", "sender"),
}
COMMANDS = {
    *(
        *NEEDED,
        *NEEDED.values(),
        "wrong",
        "CONFIG SET",
        "CONFIG GET",
        "STOPWOORD_REDIS_URL",
        "ConnectionError",
    ),
    *("STOPWOORD_QUEUE_URL", "python -m workers.clock", "python -m workers.runner", "duty failed", "viewer"),
}
ILL = [
    Server(down=True),
    Server(dict.fromkeys(NEEDED, "wrong"), beat=None, read_to=None),
    Server({}, beat=NOON - timedelta(hours=1), read_to=NOON - timedelta(hours=1)),
    Server(FIT, due=NOON - timedelta(hours=1)),
    Server(),
]


def test_the_health_on_the_dashboard_is_dutch_whatever_is_wrong(gateway: Gateway) -> None:
    handed = account(gateway, Role.VIEWER)
    for server in ILL:
        readiness = Readiness(server, server, server, server, server, SetTime(), read_back_seconds=60)
        desk = Desk(create_app(replace(gateway, readiness=readiness)))
        desk.sign_in(handed)
        dutch, english = (read(desk.client, "/dashboard", language) for language in ("nl", "en"))
        assert untranslated(dutch, english, OWN | COMMANDS) == set()


def test_the_audit_page_is_dutch_whatever_was_done(
    pair: Callable[[str], tuple[str, str]], gateway: Gateway
) -> None:
    for act in Act:
        gateway.staff.audit.write(AuditEntry(NOON, act, "cli:root", "anna", "1.2.3.4"))
    assert untranslated(*pair("/audit"), OWN | {"root", "anna", "test"}) == set()


@pytest.mark.usefixtures("people")
def test_the_search_and_its_answers_are_dutch(sits: Sits, gateway: Gateway) -> None:
    gateway.erase_subscriber.here(BOB, reason="asked", actor="test")
    desk, answers = sits(Role.ADMIN), {}
    for language in ("nl", "en"):
        desk.post("/language", language=language)
        said = [desk.post("/search", q=typed).text for typed in ("5678", "0000", "hello", "0687654321", "")]
        answers[language] = "".join([*said, desk.get("/").text, desk.get("/subscribers/none").text])
    assert untranslated(answers["nl"], answers["en"], OWN | {"hello"}) == set()


def test_forms_that_are_filled_in_wrongly_say_so_in_dutch(sits: Sits, gateway: Gateway) -> None:
    desk, answers = sits(Role.ADMIN), {}
    person = f"/subscribers/{gateway.references.of(ANNA)}"
    long = "9" * 501
    for language in ("nl", "en"):
        desk.post("/language", language=language)
        sent = [(f"{person}/opt-out", {"reason": ""}), (f"{person}/note", {"note": long})]
        sent += [(f"{person}/opt-out", {"reason": long}), (f"{person}/note", {}), (f"{person}/x", {})]
        answers[language] = "".join(desk.post(path, **fields).text for path, fields in sent)
        answers[language] += desk.client.post(f"{person}/note", headers={"Accept": "text/html"}).text
        answers[language] += desk.post("/search", q="9" * 1_000_000).text
    assert untranslated(answers["nl"], answers["en"], OWN) == set()


def test_what_is_refused_is_refused_in_dutch(sits: Sits) -> None:
    desk, answers = sits(Role.VIEWER), {}
    stranger = Desk(desk.client.application)
    for language in ("nl", "en"):
        headers = {"Accept": "text/html", "Accept-Language": language}
        pages = [desk.client.get(path, headers=headers).text for path in ("/audit", "/nowhere", "/search/x")]
        stranger.post("/language", language=language)
        wrong = [stranger.post("/sign-in", name="x", password="y").text, stranger.post("/sign-in").text]
        answers[language] = "".join([*pages, *wrong, stranger.get("/sign-in").text])
    assert untranslated(answers["nl"], answers["en"], OWN | {"viewer"}) == set()
