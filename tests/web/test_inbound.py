"""The inbound webhook: strict about what it knows, patient with what it does not."""

from collections.abc import Callable
from typing import NoReturn

import pytest
import redis
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.consent import State
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.services.receive_message import ReceiveMessage
from app.store import keys
from app.web.factory import create_app
from tests.launcher.test_embedded import StartStore
from tests.stories import person, sid
from tests.web.conftest import Post
from tests.web.twilio import encoded, inbound, signed

SMS = "/twilio/sms"
EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


def state_of(gateway: Gateway) -> State:
    return gateway.subscriber_care.show(person()).record.state


def test_a_stop_is_answered_with_twiml_that_says_nothing(post: Post, gateway: Gateway) -> None:
    answer = post(SMS, inbound("Stoppen!"))
    assert (answer.status_code, answer.data) == (200, EMPTY)
    assert answer.content_type == "text/xml; charset=utf-8"
    shown = gateway.subscriber_care.show(person())
    assert shown.record.state is State.OPTED_OUT
    (proof,) = shown.evidence
    assert (proof.words, proof.message, proof.channel, proof.rule) == ("Stoppen!", sid(1), "sms", "keyword")


def test_the_same_webhook_twice_has_one_effect(post: Post, gateway: Gateway) -> None:
    answers = [post(SMS, inbound("STOP")).status_code for _ in range(3)]
    assert answers == [200] * 3
    assert len(gateway.subscriber_care.show(person()).evidence) == 1


def test_an_old_yes_that_is_posted_again_is_no_answer_to_a_later_question(
    post: Post, gateway: Gateway
) -> None:
    assert post(SMS, inbound("JA")).status_code == 200
    gateway.subscriber_care.invite(
        person(), source="till", wording="Ja", version="", language=None, actor="Anna"
    )
    assert post(SMS, inbound("JA")).status_code == 200
    assert state_of(gateway) is State.PENDING
    assert post(SMS, inbound("JA", 2)).status_code == 200
    assert state_of(gateway) is State.SUBSCRIBED


@pytest.mark.parametrize("body", ["JA", "verkeerd nummer"])
def test_a_stranger_who_is_ignored_leaves_a_mark_and_nothing_else(
    post: Post, gateway: Gateway, contents: Callable[[], list[str]], body: str
) -> None:
    assert post(SMS, inbound(body)).status_code == 200
    assert contents() == [keys.seen(keys.NumberKeys(person()).tag)]
    assert state_of(gateway) is State.UNKNOWN


def test_a_message_that_was_ignored_is_not_decided_about_again_when_it_is_read_back(
    post: Post, gateway: Gateway
) -> None:
    assert post(SMS, inbound("verkeerd nummer", 1)).status_code == 200
    assert post(SMS, inbound("START", 2)).status_code == 200
    listed = InboundMessage(sid(1), person(), Channel.SMS, "verkeerd nummer", now(), read_back=True)
    gateway.receive_message(listed)
    assert state_of(gateway) is State.SUBSCRIBED


def test_fields_that_nobody_told_us_of_are_accepted(post: Post, gateway: Gateway) -> None:
    assert post(SMS, inbound("STOP", Nieuw="1", ApiVersion="2010-04-01", ToCity="")).status_code == 200
    assert state_of(gateway) is State.OPTED_OUT


@pytest.mark.parametrize("field", ["MessageSid", "AccountSid", "From", "Body", "OptOutType"])
def test_a_known_field_that_is_there_twice_is_refused(
    client: FlaskClient, contents: Callable[[], list[str]], field: str
) -> None:
    form = inbound("STOP", OptOutType="STOP")
    body = encoded(form) + b"&" + encoded({field: form[field]})
    assert client.post(SMS, data=body, headers=signed(SMS, form)).status_code == 400
    assert contents() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageSid": ""},
        {"MessageSid": "SM123"},
        {"MessageSid": sid(0xABC).upper()},
        {"MessageSid": sid(1) + "\n"},
        {"MessageSid": "CA" + "0" * 32},
        {"From": ""},
    ],
)
def test_a_form_that_cannot_be_twilios_is_refused(
    post: Post, contents: Callable[[], list[str]], changes: dict[str, str]
) -> None:
    answer = post(SMS, inbound(**changes))
    assert answer.status_code == 400
    assert answer.content_type.startswith("text/plain")
    assert contents() == []


@pytest.mark.parametrize("account", ["AC" + "1" * 32, "x"])
def test_another_account_is_refused(post: Post, contents: Callable[[], list[str]], account: str) -> None:
    assert post(SMS, inbound(AccountSid=account)).status_code == 403
    assert contents() == []


@pytest.mark.parametrize(
    "sender",
    [
        "12345",
        "Klaverblad",
        "rcs:klaverblad_agent",
        "+0",
        "telegram:+31612340000",
        "+31612340000 ",
        "whatsapp:",
        ":",
    ],
)
def test_who_cannot_be_answered_is_thanked_and_forgotten(
    post: Post, contents: Callable[[], list[str]], sender: str
) -> None:
    assert post(SMS, inbound("STOP", From=sender)).status_code == 200
    assert contents() == []


@pytest.mark.parametrize(
    "sender", ["+316", "0612345678", "+", "telegram:+31612340000", "whatsapp:", "x" * 40]
)
def test_a_sender_in_no_known_form_is_told_in_the_log_without_its_value(post: Post, sender: str) -> None:
    with capture_logs() as lines:
        assert post(SMS, inbound("STOP", From=sender)).status_code == 200
    (line,) = lines
    assert (line["log_level"], line["message"]) == ("warning", sid(1))
    assert len(sender) < 3 or sender not in str(line)


@pytest.mark.parametrize("sender", ["12345", "Klaverblad", "rcs:klaverblad_agent", person().e164])
def test_a_sender_in_a_known_form_is_nothing_to_tell(post: Post, sender: str) -> None:
    with capture_logs() as lines:
        post(SMS, inbound("hallo", From=sender))
    assert lines == []


@pytest.mark.parametrize("prefix", ["whatsapp", "rcs"])
def test_a_stop_through_another_channel_counts_and_a_start_does_not(
    post: Post, gateway: Gateway, prefix: str
) -> None:
    address = f"{prefix}:{person().e164}"
    assert post(SMS, inbound("START", 1, From=address)).status_code == 200
    assert state_of(gateway) is State.UNKNOWN
    assert post(SMS, inbound("STOP", 2, From=address)).status_code == 200
    shown = gateway.subscriber_care.show(person())
    assert shown.record.state is State.OPTED_OUT
    assert shown.evidence[0].channel is Channel(prefix)


@pytest.mark.parametrize(
    "changes", [{"Body": ""}, {"MessageSid": "MM" + "1" * 32, "NumMedia": "1", "Body": ""}]
)
def test_an_empty_or_picture_message_is_ordinary(
    post: Post, contents: Callable[[], list[str]], changes: dict[str, str]
) -> None:
    assert post(SMS, inbound(**changes)).status_code == 200
    assert contents() == []


def test_a_form_without_a_body_is_ordinary(post: Post) -> None:
    form = inbound()
    del form["Body"]
    assert post(SMS, form).status_code == 200


def test_our_own_number_is_not_answered(post: Post, contents: Callable[[], list[str]]) -> None:
    assert post(SMS, inbound("STOP", From="+3197010200000")).status_code == 200
    assert contents() == []


@pytest.mark.parametrize(("size", "code"), [(60_000, 200), (70_000, 413)])
def test_a_request_of_more_than_64_kib_is_refused(
    post: Post, contents: Callable[[], list[str]], size: int, code: int
) -> None:
    assert post(SMS, inbound("hallo", More="x" * size)).status_code == code
    assert contents() == []


def test_a_store_that_is_down_is_503_and_says_nothing_personal(
    make_gateway: Callable[..., Gateway],
) -> None:
    client = create_app(make_gateway(redis_url="redis://127.0.0.1:9/0")).test_client()
    form = inbound("STOP")
    answer = client.post(SMS, data=form, headers=signed(SMS, form))
    assert answer.status_code == 503
    assert person().e164 not in answer.text
    assert "127.0.0.1" not in answer.text


def test_a_store_that_dies_between_two_messages_is_503_until_it_is_back(
    start_store: StartStore, make_gateway: Callable[..., Gateway]
) -> None:
    store = start_store("own", appendfsync="no")
    client = create_app(make_gateway(redis_url=store.url)).test_client()
    form = inbound("START")
    assert client.post(SMS, data=form, headers=signed(SMS, form)).status_code == 200
    store.kill()
    form = inbound("STOP", 2)
    assert client.post(SMS, data=form, headers=signed(SMS, form)).status_code == 503
    store.restart()
    assert client.post(SMS, data=form, headers=signed(SMS, form)).status_code == 200


def test_what_nobody_foresaw_is_500_without_a_trace(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> NoReturn:
        raise RuntimeError(f"secret {person().e164}")

    monkeypatch.setattr(ReceiveMessage, "__call__", broken)
    # Without logs of its own a process draws all values along the way, for seconds.
    with capture_logs() as lines:
        answer = post(SMS, inbound())
    assert answer.status_code == 500
    assert [line["event"] for line in lines] == ["unexpected error"]
    for word in ("secret", "Traceback", "RuntimeError", person().e164):
        assert word not in answer.text


def test_a_full_store_takes_the_stop_and_refuses_the_start(post: Post, store_url: str) -> None:
    with redis.Redis.from_url(store_url) as connection:
        connection.config_set("maxmemory", 1)
        try:
            assert post(SMS, inbound("START", 1)).status_code == 503
            assert post(SMS, inbound("STOP", 2)).status_code == 200
        finally:
            connection.config_set("maxmemory", 0)
