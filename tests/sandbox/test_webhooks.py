"""What the gateway hears: signed webhooks and callbacks, and what Twilio does with opt-outs by itself."""

from typing import Any

import pytest

from app.sandbox.overrides import Failure, Overrides, split
from app.sandbox.signature import sign
from tests.sandbox.running import ACCOUNT, ANNA, BOB, SENDER, Gateway, Sandbox, eventually, free_port
from tests.sandbox.test_rest import code_of, send

FIELDS = {
    *("AccountSid", "ApiVersion", "Body", "From", "To", "MessageSid", "SmsSid", "SmsMessageSid", "SmsStatus"),
    *("NumMedia", "NumSegments", "FromCity", "FromState", "FromZip", "FromCountry"),
    *("ToCity", "ToState", "ToZip", "ToCountry"),
}


def test_the_signature_is_twilios() -> None:
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
    signature = sign("https://mycompany.com/myapp.php?foo=1&bar=2", form, "12345")
    assert signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_text_is_posted_with_every_field_and_a_signature(sandbox: Sandbox, gateway: Gateway) -> None:
    message = sandbox.text("Stop ermee, ik ben geïnteresseerd in niets & niemand")
    (heard,) = gateway.received
    assert heard.genuine
    assert set(heard.form) == FIELDS
    assert heard.form["MessageSid"] == heard.form["SmsSid"] == heard.form["SmsMessageSid"] == message["sid"]
    assert (heard.form["From"], heard.form["To"]) == (ANNA, SENDER)
    assert (heard.form["AccountSid"], heard.form["SmsStatus"]) == (ACCOUNT, "received")
    assert (heard.form["FromCountry"], heard.form["ToCity"], heard.form["NumMedia"]) == ("NL", "", "0")
    assert message["webhook"] | {"took_ms": 0} == {
        "state": "answered",
        "status": 200,
        "attempts": 1,
        "took_ms": 0,
        "error_code": None,
        "reason": "",
    }


def test_media_comes_with_its_types_and_addresses(sandbox: Sandbox, gateway: Gateway) -> None:
    message = sandbox.text("", media=2)
    (heard,) = gateway.received
    assert message["sid"].startswith("MM")
    assert heard.form["NumMedia"] == "2"
    assert heard.form["MediaContentType1"] == "image/jpeg"
    assert heard.form["MediaUrl1"].startswith("https://")
    assert heard.genuine


def test_the_query_is_signed_and_the_fragment_is_not(sandbox: Sandbox, gateway: Gateway) -> None:
    sandbox.settings(webhook_url=gateway.url("/in?a=caf%C3%A9&b=#rc=2&rp=all"))
    sandbox.text("Hoi")
    assert [(each.path, each.genuine) for each in gateway.received] == [("/in?a=caf%C3%A9&b=", True)]


def test_messages_in_the_answer_are_sent_as_replies(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.body = (
        "<Response><Message>Dag &amp; tot ziens</Message><Message to='+12025550123'><Body>Hi</Body></Message>"
        "</Response>"
    )
    sandbox.text("Hoi")
    replies = [each for each in sandbox.messages() if each["direction"] == "outbound-reply"]
    assert [(each["to"], each["body"]) for each in replies] == [(ANNA, "Dag & tot ziens"), (BOB, "Hi")]


@pytest.mark.parametrize(
    ("answer", "code", "sent"),
    [
        (("text/xml", "<Response>"), 12100, []),
        (("text/xml", "<Antwoord/>"), 12100, []),
        (("application/json", "{}"), 12300, []),
        (("text/plain", "OK"), None, ["OK"]),
        (("text/plain", ""), None, []),
    ],
)
def test_other_answers_are_taken_as_twilio_takes_them(
    sandbox: Sandbox, gateway: Gateway, answer: tuple[str, str], code: int | None, sent: list[str]
) -> None:
    gateway.content_type, gateway.body = answer
    message = sandbox.text("Hoi")
    assert (message["webhook"]["status"], message["webhook"]["error_code"]) == (200, code)
    assert [each["body"] for each in sandbox.messages()[1:]] == sent


def test_an_error_is_written_down_and_not_tried_again(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.status = 503
    webhook = sandbox.text("STOP")["webhook"]
    assert (webhook["status"], webhook["attempts"], webhook["error_code"]) == (503, 1, 11200)
    assert len(gateway.received) == 1


def test_overrides_have_an_error_tried_again(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.status = 503
    sandbox.settings(webhook_url=gateway.url("/in#rc=3&rp=5xx"))
    assert sandbox.text("STOP")["webhook"]["attempts"] == 4
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in gateway.received}) == 1
    assert len({each.form["MessageSid"] for each in gateway.received}) == 1


def test_a_gateway_that_is_down_is_tried_twice(sandbox: Sandbox) -> None:
    sandbox.settings(webhook_url=f"http://127.0.0.1:{free_port()}/in")
    webhook = sandbox.text("STOP")["webhook"]
    assert (webhook["state"], webhook["status"]) == ("given up", None)
    assert (webhook["attempts"], webhook["error_code"]) == (2, 11205)


def test_a_gateway_that_is_too_slow_is_given_up(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.delay = 1
    sandbox.settings(webhook_url=gateway.url("/in#rt=200"))
    webhook = sandbox.text("STOP")["webhook"]
    assert (webhook["state"], webhook["attempts"], webhook["error_code"]) == ("given up", 1, 11200)


def test_nothing_is_posted_to_another_machine(sandbox: Sandbox) -> None:
    for address in ("http://192.0.2.1/in", "https://example.com/in", "file:///etc/passwd", ""):
        sandbox.settings(webhook_url=address)
        webhook = sandbox.text("STOP")["webhook"]
        assert (webhook["state"], webhook["attempts"]) == ("given up", 0)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", Overrides()),
        ("#rc=9&rp=4xx,rt", Overrides(5, frozenset({Failure.CLIENT_ERROR, Failure.READ}))),
        ("#rp=all&ct=99999&rt=99999&tt=99999", Overrides(1, frozenset(Failure), 10, 15, 15)),
        ("#ct=250&rt=1500&tt=3000", Overrides(connect=0.25, read=1.5, total=3)),
        ("#rc=many&tt=-1", Overrides()),
    ],
)
def test_the_fragment_is_read(fragment: str, expected: Overrides) -> None:
    assert split(f"http://127.0.0.1/in?x=1{fragment}") == ("http://127.0.0.1/in?x=1", expected)


def test_statuses_are_called_back_in_order_and_signed(sandbox: Sandbox, gateway: Gateway) -> None:
    sid = send(sandbox, status_callback=gateway.url("/status?ref=a%2Fb")).sid
    heard = eventually(lambda: len(gateway.received) == 2 and gateway.received)
    assert all(each.genuine and each.path == "/status?ref=a%2Fb" for each in heard)
    assert [each.form["MessageStatus"] for each in heard] == ["sent", "delivered"]
    assert {each.form["MessageSid"] for each in heard} == {sid}
    callbacks = eventually(lambda: len(sandbox.message(sid)["callbacks"]) == 2 and sandbox.message(sid))
    assert [each["answer"] for each in callbacks["callbacks"]] == [200, 200]


def opted_out(sandbox: Sandbox, mode: str, word: str, person: str = ANNA) -> Any:
    sandbox.settings(optout=mode)
    return sandbox.text(word, person)


@pytest.mark.parametrize("word", ["STOP", "stop", " Unsubscribe ", "REVOKE", "OPTOUT", "cancel"])
def test_by_default_twilio_answers_blocks_and_passes_on(
    sandbox: Sandbox, gateway: Gateway, word: str
) -> None:
    opted_out(sandbox, "default", word)
    assert [each["direction"] for each in sandbox.messages()] == ["inbound", "outbound-reply"]
    assert "OptOutType" not in gateway.received[0].form
    assert code_of(sandbox) == (400, 21610)
    assert sandbox.call("GET", "blocks")["blocks"] == [{"number": ANNA, "sender": SENDER}]
    assert send(sandbox, to=BOB).status == "queued"


@pytest.mark.parametrize("word", ["EINDE", "STOP PLEASE", "STOP.", "stoppen"])
def test_other_words_are_none_of_twilios_business(sandbox: Sandbox, word: str) -> None:
    opted_out(sandbox, "default", word)
    assert send(sandbox).status == "queued"


@pytest.mark.parametrize("word", ["START", "yes", "UNSTOP"])
def test_a_start_word_unblocks(sandbox: Sandbox, word: str) -> None:
    opted_out(sandbox, "default", "STOP")
    sandbox.text(word)
    assert send(sandbox).status == "queued"


def test_a_block_holds_for_one_sender_only(sandbox: Sandbox) -> None:
    sandbox.settings(optout="default")
    sandbox.text("STOP", to="+15005550006")
    assert send(sandbox).status == "queued"
    assert code_of(sandbox, from_="+15005550006") == (400, 21610)


@pytest.mark.parametrize(("word", "kind"), [("STOP", "STOP"), ("START", "START"), ("HELP", "HELP")])
def test_advanced_opt_out_tells_the_webhook(sandbox: Sandbox, gateway: Gateway, word: str, kind: str) -> None:
    opted_out(sandbox, "advanced", word)
    assert gateway.received[0].form["OptOutType"] == kind
    assert gateway.received[0].genuine


def test_switched_off_twilio_does_nothing(sandbox: Sandbox, gateway: Gateway) -> None:
    opted_out(sandbox, "off", "STOP")
    assert len(sandbox.messages()) == len(gateway.received) == 1
    assert send(sandbox).status == "queued"


def test_a_reply_to_a_blocked_number_fails(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.body = "<Response><Message>Dag</Message></Response>"
    opted_out(sandbox, "default", "STOP")
    reply = sandbox.messages()[-1]
    assert (reply["body"], reply["status"], reply["error_code"]) == ("Dag", "failed", 21610)
