"""The sign-up form on the real store: what is kept of a sign-up, and what a stranger can learn from it (nothing)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.bootstrap import Gateway
from app.bootstrap.pages import BY_NETWORK, BY_NUMBER
from app.domain.consent import State
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.signal import Signal
from app.web.factory import create_app
from app.web.headers import CSP
from tests.stories import NOON
from tests.web.pages.conftest import ANNA, FROM_HERE, SECRET, SHOP, Send, filled_in

PATHS = ["/sign-up", "/sign-up/form"]


@pytest.mark.parametrize("path", PATHS)
def test_who_signs_up_is_asked_to_confirm_and_the_proof_is_kept(
    gateway: Gateway, send: Send, path: str
) -> None:
    answer = send(path=f"{path}?lang=nl", page="checkout")
    shown = gateway.subscriber_care.show(ANNA)
    (proof,) = shown.evidence
    form = gateway.program.sign_up
    assert form
    wording = form.by_language[gateway.program.default_language]
    assert answer.status_code == 200
    assert (shown.record.state, shown.record.language) == (State.PENDING, "nl")
    assert (proof.signal, proof.channel, proof.reply) == (
        Signal.WEB_OPT_IN,
        Channel.WEB,
        "ask_to_confirm",
    )
    assert proof.actor == f"person at https://sms.example.org{path} in checkout"
    assert (proof.words, proof.wording) == (wording.agreed, "2026-11")
    assert re.fullmatch(
        r"agreed 20\d\d-\S+\+00:00 from 192\.0\.2\.1; age: Ik ben 18 jaar of ouder\.", proof.stated
    )
    assert gateway.outbox.oldest_owed() is not None


@pytest.mark.parametrize("path", PATHS)
def test_nobody_learns_from_the_answer_whether_a_number_is_known(
    gateway: Gateway, send: Send, path: str
) -> None:
    people = {state: Number(f"+3161234{place:04d}") for place, state in enumerate([*State, "erased"])}
    words = {State.SUBSCRIBED: ["START"], State.HELD: ["START", "?"], State.OPTED_OUT: ["STOP"]}
    for state, number in people.items():
        for word in words.get(State(state), []) if state != "erased" else []:
            signal = {"START": Signal.START, "?": Signal.UNCLEAR, "STOP": Signal.STOP}[word]
            gateway.subscriber_care.apply_event(number, Event(signal, NOON, Channel.SMS, "person"))
    send(people[State.PENDING].e164)
    gateway.erase_subscriber.here(people["erased"], reason="asked", actor="ann")
    before = {state: gateway.subscriber_care.show(number).record.state for state, number in people.items()}
    assert [before[state] for state in State] == list(State)
    answers = {
        (answer.status_code, answer.data, tuple(sorted(answer.headers)))
        for number in people.values()
        for answer in [send(number.e164, path=f"{path}?lang=en")]
    }
    assert len(answers) == 1
    after = {state: gateway.subscriber_care.show(number).record.state for state, number in people.items()}
    assert after == before | {State.UNKNOWN: State.PENDING}


def test_a_number_that_is_tried_too_often_is_answered_the_same_and_nothing_is_kept(
    gateway: Gateway, send: Send
) -> None:
    answers = [send(come_from=f"192.0.2.{place}") for place in range(BY_NUMBER[0] + 2)]
    assert len({(answer.status_code, answer.data) for answer in answers}) == 1
    assert len(gateway.subscriber_care.show(ANNA).evidence) == BY_NUMBER[0]


def test_who_sends_too_many_forms_is_told_to_wait(gateway: Gateway, send: Send) -> None:
    numbers = [f"+3161235{place:04d}" for place in range(BY_NETWORK[0] + 1)]
    *taken, refused = [send(number) for number in numbers]
    assert {answer.status_code for answer in taken} == {200}
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
    assert numbers[-1] in refused.text
    assert gateway.subscriber_care.show(Number(numbers[-1])).evidence == []
    assert send(come_from="192.0.2.2").status_code == 200


def test_a_network_of_ipv6_is_one_caller(send: Send) -> None:
    answers = [send(f"+3161235{n:04d}", come_from=f"2001:db8::{n:x}") for n in range(BY_NETWORK[0] + 1)]
    assert answers[-1].status_code == 429
    assert send(come_from="2001:db8:0:1::1").status_code == 200


def test_no_more_forms_are_taken_than_texts_may_cost(make_gateway: Callable[..., Gateway]) -> None:
    few = create_app(make_gateway(secret_key=SECRET, sign_ups_per_minute=2)).test_client()
    statuses = [
        few.post(
            "/sign-up",
            data=filled_in(f"+3161235000{place}"),
            headers=FROM_HERE,
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{place}"},
        ).status_code
        for place in range(3)
    ]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "not a phone number"),
        ({"number": "hello"}, "not a phone number"),
        ({"number": "+31612345"}, "not a phone number"),
        ({"number": "0" * 41}, "not a phone number"),
        ({"number": "\x00\x1b[31m06"}, "not a phone number"),
        ({"number": "020 1234567"}, "cannot get texts"),
        ({"consent": None}, "Tick this box if you want our texts"),
        ({"consent": "no"}, "Tick this box if you want our texts"),
        ({"age": None}, "18 and older only"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it(
    gateway: Gateway, send: Send, changes: dict[str, str | None], said: str
) -> None:
    answer = send(**changes)  # type: ignore[arg-type]
    assert (answer.status_code, said in answer.text) == (400, True)
    assert gateway.subscriber_care.show(ANNA).evidence == []


def test_no_box_is_ticked_before_somebody_ticks_it(client: FlaskClient, send: Send) -> None:
    assert not re.search(r"<input[^>]*\schecked", client.get("/sign-up").text)
    assert len(re.findall(r"<input[^>]*\schecked", send("").text)) == 2


def test_what_was_worded_otherwise_when_it_was_read_is_asked_again(gateway: Gateway, send: Send) -> None:
    answer = send(version="2025-01")
    assert (answer.status_code, "has changed in the meantime" in answer.text) == (409, True)
    assert not re.search(r"<input[^>]*\schecked", answer.text)
    assert gateway.subscriber_care.show(ANNA).evidence == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": SHOP},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
    ],
)
def test_a_form_that_another_site_sends_is_refused(
    gateway: Gateway, send: Send, headers: dict[str, str]
) -> None:
    answer = send(headers=headers)
    assert (answer.status_code, "was not sent from this page" in answer.text) == (403, True)
    assert gateway.subscriber_care.show(ANNA).evidence == []


@pytest.mark.parametrize("origin", ["http://localhost", "https://sms.example.org"])
def test_a_browser_that_says_only_the_origin_is_believed(send: Send, origin: str) -> None:
    assert send(headers={"Origin": origin}).status_code == 200


def test_a_machine_that_fills_in_everything_changes_nothing(gateway: Gateway, send: Send) -> None:
    trapped = send(**{"leave-empty": "buy pills"})
    assert trapped.data == send("0687654321").data
    assert gateway.subscriber_care.show(ANNA).evidence == []


def test_it_says_where_it_stands(client: FlaskClient) -> None:
    for asked, page in [
        ({"path": "/sign-up/form?page=checkout"}, "checkout"),
        ({"path": "/sign-up/form", "headers": {"Referer": f"{SHOP}/cart?a=1"}}, SHOP),
        ({"path": "/sign-up", "headers": {"Referer": "http://localhost/sign-up"}}, ""),
        ({"path": "/sign-up/form", "headers": {"Referer": "http://[broken"}}, ""),
        ({"path": "/sign-up/form?page=%1b[31m"}, ""),
    ]:
        assert f'name="page" value="{page}"' in client.get(**asked).text  # type: ignore[arg-type]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_says_what_the_law_wants_in_either_language(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(path, headers={"Accept-Language": language}).text
    assert f'<html lang="{language}">' in page
    for must in ("STOP", "HELP", "18", "+3197010200000", "2026-11", "https://klaverblad.example/sms"):
        assert must in page
    assert ("per maand" if language == "nl" else "a month") in page
    assert client.get(f"{path}?lang=xx&lang=../etc").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_only_the_form_for_frames_may_be_framed_and_only_by_named_sites(
    client: FlaskClient, send: Send, path: str
) -> None:
    framed = path.endswith("/form")
    allowed = f"frame-ancestors {SHOP} https://b.example" if framed else "frame-ancestors 'none'"
    for answer in (client.get(path), send(path=path), send("", path=path), send("0" * 70_000, path=path)):
        assert allowed in answer.headers[CSP]
        assert answer.headers.get("X-Frame-Options") == (None if framed else "DENY")
        assert "Set-Cookie" not in answer.headers


def test_without_a_named_site_nobody_may_frame_it(make_gateway: Callable[..., Gateway]) -> None:
    answer = create_app(make_gateway(secret_key=SECRET)).test_client().get("/sign-up/form")
    assert "frame-ancestors 'none'" in answer.headers[CSP]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("field", ["number", "page", "version"])
@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "a\x00b\x1b[2J\u202e", "{{ 7*7 }}"])
def test_hostile_words_are_shown_as_words_or_not_at_all(send: Send, field: str, hostile: str) -> None:
    answer = send(**{"number": "x", field: hostile})  # type: ignore[arg-type]
    assert answer.status_code in {400, 409}
    assert not {"<script>alert", "\x00", "\x1b", "\u202e", ">49<"} & {
        bad for bad in ("<script>alert", "\x00", "\x1b", "\u202e", ">49<") if bad in answer.text
    }


def test_a_megabyte_is_too_much(client: FlaskClient) -> None:
    data = filled_in("0" * 1024 * 1024)
    answer = client.post("/sign-up", data=data, headers=FROM_HERE | {"Accept": "text/html"})
    assert answer.status_code == 413
    assert "<h1>" in answer.text


def test_a_program_without_the_form_has_no_such_page(
    make_gateway: Callable[..., Gateway], tmp_path: Path
) -> None:
    gateway = make_gateway(secret_key=SECRET)
    program = tmp_path / "program.toml"
    program.write_text(gateway.settings.program.read_text().partition("[sign_up]")[0])
    client = create_app(make_gateway(secret_key=SECRET, program=program)).test_client()
    for path in PATHS:
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 404
        assert client.post(path, data=filled_in(), headers=FROM_HERE).status_code == 404


def test_a_store_that_is_away_is_said_and_nothing_counts(make_gateway: Callable[..., Gateway]) -> None:
    client = create_app(make_gateway(redis_url="redis://127.0.0.1:9/0", secret_key=SECRET)).test_client()
    assert client.get("/sign-up").status_code == 200
    answer = client.post("/sign-up?lang=en", data=filled_in(), headers=FROM_HERE | {"Accept": "text/html"})
    assert (answer.status_code, "Nothing was changed" in answer.text) == (503, True)
    assert "127.0.0.1" not in answer.text
