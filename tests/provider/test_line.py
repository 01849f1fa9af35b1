"""What a post looks like on the wire, and what every kind of answer to it means."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest

from app.domain.outbox import RowRef
from app.domain.who_answers import ProviderAnswers
from app.provider import errors
from app.provider.account import Account
from app.provider.client import TwilioProvider
from app.services.ports import Accepted, FateUnknown, NotSent, Posted, Refused
from tests.stories import person, sid

pytestmark = [
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated:DeprecationWarning"),
]
REF = RowRef("05-0123456789abcdef")
MESSAGE = {"sid": sid(1), "status": "queued", "date_created": "Mon, 02 Mar 2026 12:00:00 +0000"}


@dataclass
class Answering:
    """A provider that gives the same answer to every post and remembers what it got."""

    status: int = 201
    body: str = json.dumps(MESSAGE)
    retry_after: str = ""
    port: int = 0
    paths: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@pytest.fixture
def provider() -> Iterator[Answering]:
    answering = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answering.paths.append(self.path)
            answering.kinds.append(self.headers["Content-Type"])
            answering.forms.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            body = answering.body.encode()
            self.send_response(answering.status)
            self.send_header("Content-Length", str(len(body)))
            if answering.retry_after:
                self.send_header("Retry-After", answering.retry_after)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        answering.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield answering
        server.shutdown()
        thread.join()


def post(
    provider: Answering, body: str = "hallo", *, sender: str = "", valid_for: int | None = None
) -> Posted:
    url = f"http://127.0.0.1:{provider.port}"
    account = Account("AC" + "0" * 32, "token", url, "https://sms.example.org", "+3197010200000", timeout=5)

    async def once() -> Posted:
        async with TwilioProvider(account, ProviderAnswers.NONE).line() as line:
            return await line.post(person(), body, REF, sender=sender, valid_for=valid_for)

    return asyncio.run(once())


@pytest.mark.parametrize("body", ["hallo", "één & twee = 100% + €5 🛑", "a\nb", "%41;?/#", "x" * 1600])
def test_the_form_is_read_as_it_was_meant(provider: Answering, body: str) -> None:
    assert post(provider, body, sender="Klaverblad", valid_for=900) == Accepted(sid(1))
    assert provider.paths == [f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"]
    assert provider.kinds == ["application/x-www-form-urlencoded"]
    assert dict(parse_qsl(provider.forms[0], strict_parsing=True)) == {
        "To": person().e164,
        "From": "Klaverblad",
        "Body": body,
        "StatusCallback": f"https://sms.example.org/twilio/status?ref={REF.text}",
        "ValidityPeriod": "900",
    }


def test_without_a_sender_it_comes_from_the_program_s_and_without_an_end_it_has_twilio_s(
    provider: Answering,
) -> None:
    post(provider)
    form = dict(parse_qsl(provider.forms[0]))
    assert form["From"] == "+3197010200000"
    assert "ValidityPeriod" not in form


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (200, json.dumps(MESSAGE), Accepted(sid(1))),
        (201, "{}", FateUnknown("an answer without an id")),
        (201, json.dumps({"sid": "XX1"}), FateUnknown("an answer without an id")),
        (201, '"queued"', FateUnknown("an answer that is no message")),
        (201, '{"sid": "SM', FateUnknown("JSONDecodeError")),
        (201, "<html>", FateUnknown("JSONDecodeError")),
        (302, "{}", FateUnknown("HTTP 302")),
        (500, '{"code": 20500}', FateUnknown("HTTP 500")),
        (503, '{"code": 21610}', FateUnknown("HTTP 503")),
        (400, '{"code": 21610}', Refused(21610, blocked=True, gone=False)),
        (400, '{"code": 30006}', Refused(30006, blocked=False, gone=True)),
        (400, '{"code": 21211}', Refused(21211, blocked=False, gone=False)),
        (404, '{"code": null}', Refused(0, blocked=False, gone=False)),
        (400, "<html>", FateUnknown("JSONDecodeError")),
        (401, '{"code": 20003}', NotSent(60, 20003, broken=errors.remedy(401, 20003))),
        (400, '{"code": 21606}', NotSent(60, 21606, broken=errors.remedy(400, 21606))),
        (429, '{"code": 20429}', NotSent(1, 20429, too_fast=True)),
    ],
)
def test_what_an_answer_means(provider: Answering, status: int, body: str, means: Posted) -> None:
    provider.status, provider.body = status, body
    assert post(provider) == means
    assert len(provider.forms) == 1


@pytest.mark.parametrize(("said", "after"), [("7", 7), ("", 1), ("soon", 1), ("-3", 1)])
def test_too_many_requests_wait_as_long_as_the_answer_says(
    provider: Answering, said: str, after: float
) -> None:
    provider.status, provider.body, provider.retry_after = 429, '{"code": 20429}', said
    assert post(provider) == NotSent(after, 20429, too_fast=True)


def test_whom_nobody_answers_was_sent_nothing(provider: Answering) -> None:
    provider.port = 1
    assert post(provider) == NotSent(after=1)
