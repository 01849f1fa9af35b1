"""Twilio's REST API as its own library sees it, over HTTP, and in the shape that Twilio documents."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from openapi_schema_validator import OAS30Validator, OAS31Validator
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient

from tests.sandbox.message_schema import ERROR, MESSAGE, PAGE
from tests.sandbox.running import ACCOUNT, ANNA, BOB, SENDER, TOKEN, Sandbox, eventually

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
# Twilio's own description of its API, where it is present beside the project.
OFFICIAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "twilio_api_v2010.json"


def raw(sandbox: Sandbox, method: str, path: str, **options: Any) -> requests.Response:
    auth, timeout = options.pop("auth", (ACCOUNT, TOKEN)), options.pop("timeout", 10)
    return requests.request(method, sandbox.url + MESSAGES + path, auth=auth, timeout=timeout, **options)


def send(sandbox: Sandbox, body: str = "Hallo", **more: Any) -> Any:
    return sandbox.client().messages.create(**({"to": ANNA, "from_": SENDER, "body": body} | more))


def delivered(sandbox: Sandbox, sid: str) -> Any:
    return eventually(lambda: sandbox.message(sid)["status"] == "delivered")


def code_of(sandbox: Sandbox, **given: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        send(sandbox, **given)
    return refused.value.status, refused.value.code


def test_a_message_is_created_and_then_delivered(sandbox: Sandbox) -> None:
    message = send(sandbox, "Ideeën")
    assert (message.status, message.direction) == ("queued", "outbound-api")
    assert (message.to, message.from_, message.body) == (ANNA, SENDER, "Ideeën")
    assert (message.num_segments, message.num_media, message.date_sent) == ("1", "0", None)
    assert message.sid.startswith("SM")
    delivered(sandbox, message.sid)
    fetched = message.fetch()
    assert fetched.status == "delivered"
    assert abs(datetime.now(UTC) - fetched.date_sent) < timedelta(seconds=20)


def test_a_message_with_media_is_an_mms(sandbox: Sandbox) -> None:
    message = send(sandbox, "", media_url=["https://example.com/a.jpg", "https://example.com/b.jpg"])
    assert message.sid.startswith("MM")
    assert message.num_media == "2"


# The library still uses what its HTTP client has deprecated.
@pytest.mark.filterwarnings("ignore:(BasicAuth is|The 'auth' parameter is) deprecated:DeprecationWarning")
def test_the_async_client_works_too(sandbox: Sandbox) -> None:
    async def conversation() -> list[str]:
        async with AsyncTwilioHttpClient() as http:
            client = sandbox.client(http_client=http)
            for number in range(5):
                await client.messages.create_async(to=ANNA, from_=SENDER, body=str(number))
            return [each.body async for each in await client.messages.stream_async(page_size=2)]

    assert asyncio.run(conversation()) == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(("page_size", "limit", "expected"), [(3, None, 7), (7, None, 7), (50, 2, 2)])
def test_lists_are_paged_newest_first(
    sandbox: Sandbox, page_size: int, limit: int | None, expected: int
) -> None:
    for number in range(7):
        send(sandbox, str(number))
    found = [each.body for each in sandbox.client().messages.stream(page_size=page_size, limit=limit)]
    assert found == ["6", "5", "4", "3", "2", "1", "0"][:expected]


def test_new_messages_do_not_shift_a_list_that_is_being_read(sandbox: Sandbox) -> None:
    for number in range(4):
        send(sandbox, str(number))
    page = sandbox.client().messages.page(page_size=2)
    send(sandbox, "late")
    second = page.next_page()
    assert [each.body for each in second] == ["1", "0"]
    assert [each.body for each in second.previous_page()] == ["3", "2"]
    assert second.next_page() is None


def test_lists_are_filtered_by_both_numbers(sandbox: Sandbox) -> None:
    send(sandbox, "to Anna")
    send(sandbox, "to Bob", to=BOB)
    sandbox.text("from Anna")
    client = sandbox.client()
    assert [each.body for each in client.messages.list(to=BOB)] == ["to Bob"]
    assert [each.body for each in client.messages.list(to=SENDER, from_=ANNA)] == ["from Anna"]


def test_lists_are_filtered_by_date_sent(sandbox: Sandbox) -> None:
    delivered(sandbox, send(sandbox, "now").sid)
    messages, moment = sandbox.client().messages, datetime.now(UTC)
    today, tomorrow = moment.date(), moment.date() + timedelta(days=1)
    assert len(messages.list(date_sent_after=moment - timedelta(minutes=1))) == 1
    assert messages.list(date_sent_after=moment + timedelta(minutes=1)) == []
    assert len(messages.list(date_sent_before=moment + timedelta(minutes=1))) == 1
    assert messages.list(date_sent_before=moment - timedelta(minutes=1)) == []
    assert len(raw(sandbox, "GET", f".json?DateSent={today}").json()["messages"]) == 1
    assert len(raw(sandbox, "GET", f".json?DateSent>={today}&DateSent<={today}").json()["messages"]) == 1
    assert messages.list(date_sent_after=date(tomorrow.year, tomorrow.month, tomorrow.day)) == []


def test_a_malformed_filter_is_refused(sandbox: Sandbox) -> None:
    answer = raw(sandbox, "GET", ".json?DateSent=yesterday")
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_a_message_is_redacted_and_deleted(sandbox: Sandbox) -> None:
    message = send(sandbox, "secret")
    delivered(sandbox, message.sid)
    assert message.update(body="").body == ""
    assert sandbox.client().messages(message.sid).delete()
    with pytest.raises(TwilioRestException) as gone:
        message.fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)
    assert sandbox.client().messages.list() == []


def test_a_message_on_its_way_cannot_be_deleted(sandbox: Sandbox) -> None:
    sandbox.settings(queued_ms=60_000)
    with pytest.raises(TwilioRestException) as refused:
        sandbox.client().messages(send(sandbox).sid).delete()
    assert (refused.value.status, refused.value.code) == (409, 20009)


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "0" * 32, TOKEN)])
def test_only_the_account_with_its_token_gets_in(sandbox: Sandbox, auth: tuple[str, str] | None) -> None:
    answer = raw(sandbox, "POST", ".json", auth=auth, data={"To": ANNA, "From": SENDER, "Body": "x"})
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    OAS31Validator(ERROR).validate(answer.json())
    assert sandbox.messages() == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
        ({"from_": BOB}, 21606),
        ({"to": SENDER}, 21266),
        ({"to": "12345678901234567890"}, 21211),
        ({"to": "+31600000000"}, 21211),
        ({"to": "+31201234567"}, 21614),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"from_": ""}, 21603),
        ({"to": ""}, 21604),
        ({"schedule_type": "fixed"}, 20001),
    ],
)
def test_what_twilio_refuses_is_refused(sandbox: Sandbox, given: dict[str, Any], code: int) -> None:
    assert code_of(sandbox, **given) == (400, code)
    assert sandbox.messages() == []


def test_twilios_good_test_sender_may_send(sandbox: Sandbox) -> None:
    assert send(sandbox, from_="+15005550006").status == "queued"


def test_every_answer_has_the_documented_shape(sandbox: Sandbox) -> None:
    created = raw(sandbox, "POST", ".json", data={"To": ANNA, "From": SENDER, "Body": "é"}).json()
    delivered(sandbox, created["sid"])
    sandbox.text("STOP")
    shown = raw(sandbox, "GET", f"/{created['sid']}.json").json()
    redacted = raw(sandbox, "POST", f"/{created['sid']}.json", data={"Body": ""}).json()
    page = raw(sandbox, "GET", ".json").json()
    for message in (created, shown, redacted, *page["messages"]):
        OAS31Validator(MESSAGE).validate(message)
    OAS31Validator(PAGE).validate(page)
    OAS31Validator(PAGE).validate(raw(sandbox, "GET", ".json?To=%2B4915112345678").json())
    OAS31Validator(ERROR).validate(raw(sandbox, "GET", "/SM00.json").json())


@pytest.mark.skipif(not OFFICIAL.exists(), reason="Twilio's API description is not beside the project")
def test_messages_fit_twilios_own_description(sandbox: Sandbox) -> None:
    sandbox.text("Hoi")
    sandbox.fault("failed")
    send(sandbox)
    eventually(lambda: [each for each in sandbox.messages() if each["status"] == "failed"])
    description = json.loads(OFFICIAL.read_text())
    schema = description["components"]["schemas"]["api.v2010.account.message"]
    validator = OAS30Validator({**schema, "components": description["components"]})
    found = raw(sandbox, "GET", ".json").json()["messages"]
    assert len(found) == 2
    for message in found:
        validator.validate(message)
        assert set(message) == set(schema["properties"])
