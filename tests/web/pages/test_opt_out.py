"""The opt-out link on the real store: looking changes nothing, the button does, and no link tells anything."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient

from app.bootstrap import Gateway, now
from app.domain.consent import State
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.opt_out_link import HELD_DAYS, LENGTH
from app.domain.signal import Signal
from app.web.factory import create_app
from app.web.headers import HEADERS
from tests.stories import NOON
from tests.web.pages.conftest import ANNA, ERASURE, SECRET

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture
def link(gateway: Gateway) -> str:
    """Anna's link, as a path; she is subscribed."""
    gateway.subscriber_care.apply_event(ANNA, Event(Signal.START, NOON, Channel.SMS, "person", "START"))
    return path_of(gateway, ANNA)


def path_of(gateway: Gateway, number: Number) -> str:
    return gateway.pages.links.of(number).removeprefix(gateway.settings.public_url)


def state(gateway: Gateway) -> State:
    return gateway.subscriber_care.show(ANNA).record.state


def test_looking_changes_nothing_and_the_button_opts_out(
    gateway: Gateway, client: FlaskClient, link: str
) -> None:
    for _ in range(3):
        seen = client.get(link, headers=BROWSER)
        assert (seen.status_code, "ends on 678" in seen.text) == (200, True)
    assert client.head(link).status_code == 200
    assert state(gateway) is State.SUBSCRIBED
    done = client.post(link, headers=BROWSER, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert (done.status_code, "You get no more texts" in done.text) == (200, True)
    *_, proof = gateway.subscriber_care.show(ANNA).evidence
    assert state(gateway) is State.OPTED_OUT
    assert (proof.channel, proof.words, proof.reply) == (Channel.WEB, "Yes, send me no more texts", "goodbye")
    assert proof.actor == "person at https://sms.example.org/o/…"
    assert proof.stated.endswith("from 192.0.2.7")
    assert gateway.outbox.oldest_owed() is not None


def test_pressing_it_again_changes_nothing_and_says_the_same(
    gateway: Gateway, client: FlaskClient, link: str
) -> None:
    first, again = client.post(link, headers=BROWSER), client.post(link, headers=BROWSER)
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert [entry.signal for entry in gateway.subscriber_care.show(ANNA).evidence] == [
        Signal.START,
        Signal.STAFF_OPT_OUT,
    ]


def test_it_opts_out_again_whoever_came_back(gateway: Gateway, client: FlaskClient, link: str) -> None:
    client.post(link)
    gateway.subscriber_care.apply_event(ANNA, Event(Signal.START, now(), Channel.SMS, "person", "START"))
    client.post(link)
    assert state(gateway) is State.OPTED_OUT


def test_a_link_looks_the_same_whatever_somebodys_state_is(client: FlaskClient, link: str) -> None:
    subscribed = client.get(link, headers=BROWSER).data
    client.post(link)
    assert client.get(link, headers=BROWSER).data == subscribed


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_does_not_count_says_what_to_do_and_not_why(
    gateway: Gateway, make_gateway: Callable[..., Gateway], client: FlaskClient, link: str, method: str
) -> None:
    other = make_gateway(secret_key="another secret of 32 characters!", erasure_key=ERASURE)
    gone = Number("+31687654321")
    erased = path_of(gateway, gone)
    gateway.erase_subscriber.here(gone, reason="asked", actor="ann")
    forged = f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}"
    paths = [forged, path_of(other, ANNA), erased, link[:-3], f"/o/{'x' * LENGTH}", "/o/28-0", "/o/%00%0a"]
    answers = [client.open(path, method=method, headers=BROWSER) for path in paths]
    with time_machine.travel(now() + timedelta(days=HELD_DAYS + 1)):
        answers.append(client.open(link, method=method, headers=BROWSER))
        paths.append(link)
    said = {
        (answer.status_code, answer.text.replace(path.removeprefix("/o/"), "TOKEN"))
        for path, answer in zip(paths, answers, strict=True)
        if "%" not in path
    }
    assert len(said) == 1
    assert {answer.status_code for answer in answers} == {404}
    assert "Text STOP to +3197010200000" in answers[0].text
    assert state(gateway) is State.SUBSCRIBED


def test_no_number_is_in_a_link_and_only_its_end_on_the_page(client: FlaskClient, link: str) -> None:
    assert "6123" not in link
    page = client.get(link).text
    assert "noindex" in page
    assert "31612345" not in page


def test_it_is_protected_like_every_page(client: FlaskClient, link: str) -> None:
    for answer in (client.get(link), client.post(link), client.get("/o/nothing")):
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("token", ["<script>alert(1)<", "a" * 60_000, "\u202e\x1b", "../../sign-in"])
def test_a_hostile_address_is_harmless(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/o/{token}", headers=BROWSER)
    assert answer.status_code in {302, 404}
    assert "<script>alert" not in answer.text


def test_who_cannot_text_back_is_told_another_way(
    make_gateway: Callable[..., Gateway], gateway: Gateway, tmp_path: Path
) -> None:
    text = gateway.settings.program.read_text().partition("[sign_up]")[0]
    program = tmp_path / "program.toml"
    program.write_text(text.replace("+3197010200000", "Klaverblad"))
    client = create_app(make_gateway(secret_key=SECRET, program=program)).test_client()
    page = client.get("/o/old", headers=BROWSER).text
    assert "Text STOP" not in page
    assert "hulp@klaverblad.example" in page


def test_a_store_that_is_away_is_said_and_nothing_counts(
    make_gateway: Callable[..., Gateway], link: str
) -> None:
    client = create_app(make_gateway(redis_url="redis://127.0.0.1:9/0", secret_key=SECRET)).test_client()
    answer = client.post(f"{link}?lang=en", headers=BROWSER)
    assert (answer.status_code, "Nothing was changed" in answer.text) == (503, True)
