"""Reading the provider's list: everything that was asked for, however long it is."""

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from app.domain.errors import ProviderUnavailable
from app.domain.evidence import Channel
from app.domain.who_answers import ProviderAnswers
from app.provider.account import Account
from app.provider.client import TwilioProvider
from tests.installation import ACCOUNT, PUBLIC_URL, SENDER, TOKEN
from tests.stories import NOON, after, person, sid

Listed = list[dict[str, str]]


@pytest.fixture
def listed() -> Listed:
    """What the provider lists, the newest first."""
    return []


@pytest.fixture
def provider(listed: Listed) -> Iterator[TwilioProvider]:
    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            size, page = int(query["PageSize"]), int(query.get("Page", 0))
            found = [one for one in listed if one["to"] == query["To"]]
            more = (
                f"{self.path.split('&Page=')[0]}&Page={page + 1}" if len(found) > size * (page + 1) else None
            )
            answer = {"messages": found[size * page : size * (page + 1)], "next_page_uri": more}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        account = Account(ACCOUNT, TOKEN, address, PUBLIC_URL, SENDER, timeout=5, rcs_sender="brand_agent")
        yield TwilioProvider(account, ProviderAnswers.DEFAULT)
        server.shutdown()
        thread.join()


def message(index: int, at: datetime = NOON, **changes: str) -> dict[str, str]:
    return {
        "sid": sid(index),
        "from": person(index % 1000).e164,
        "to": SENDER,
        "body": "STOP",
        "direction": "inbound",
        "date_created": format_datetime(at),
    } | changes


def test_everything_that_came_since_is_read_however_much_it_is(
    provider: TwilioProvider, listed: Listed
) -> None:
    listed += [message(index, NOON - timedelta(seconds=index)) for index in range(1250)]
    found = list(provider.received_since(NOON - timedelta(seconds=1199)))
    assert [one.message for one in found] == [sid(index) for index in range(1200)]
    first = found[0]
    assert (first.number, first.at, first.body) == (person(), NOON, "STOP")
    assert first.read_back
    assert first.provider_answered


def test_what_came_by_another_channel_is_read_as_well(provider: TwilioProvider, listed: Listed) -> None:
    listed += [
        message(0),
        message(1, to=f"whatsapp:{SENDER}", **{"from": f"whatsapp:{person(1).e164}"}),
        message(2, to="rcs:brand_agent", **{"from": f"rcs:{person(2).e164}"}),
        message(3, to="rcs:another_agent", **{"from": f"rcs:{person(3).e164}"}),
    ]
    found = {(one.channel, one.number) for one in provider.received_since(NOON)}
    assert found == {
        (Channel.SMS, person(0)),
        (Channel.WHATSAPP, person(1)),
        (Channel.RCS, person(2)),
    }


@pytest.mark.parametrize("sender", ["12345", "Klaverblad"])
def test_only_a_number_can_be_reached_by_whatsapp(sender: str) -> None:
    assert Account(ACCOUNT, TOKEN, "http://127.0.0.1:9", PUBLIC_URL, sender, timeout=1).heard_at == [sender]


def test_what_is_found_is_only_ours_to_that_number_with_that_body_the_oldest_first(
    provider: TwilioProvider, listed: Listed
) -> None:
    ours = {"to": person().e164, "from": SENDER, "direction": "outbound-api", "body": "dag"}
    listed += [
        message(4, after(4), **ours),
        message(3, after(3), **ours | {"body": "dag!"}),
        message(2, after(2), **ours | {"direction": "inbound"}),
        message(1, after(1), **ours),
        message(0, after(-60), **ours),
    ]
    assert provider.find_sent(person(), "dag", NOON) == [sid(1), sid(4)]


def test_a_number_in_a_failure_is_not_repeated() -> None:
    account = Account(ACCOUNT, TOKEN, "http://127.0.0.1:9", PUBLIC_URL, SENDER, timeout=1)
    with pytest.raises(ProviderUnavailable) as unavailable:
        TwilioProvider(account, ProviderAnswers.NONE).find_sent(person(), "dag", NOON)
    assert person().e164[1:] not in str(unavailable.value)
    assert ACCOUNT not in str(unavailable.value)
