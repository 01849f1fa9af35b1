"""The complete signed webhook against a bare Flask route, on the same server, workers and client, in turn.

Every message is a STOP from a number that was never seen: each is checked, understood, committed to disk
(appendfsync always) with its evidence and its owed reply, and rung for. No worker runs: sending is not measured.
"""

import argparse
import secrets
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.program_file import example_program
from app.provider.signature import Signatures
from bench.bars import verdict
from bench.load import Load, Request, run
from bench.servers import serving

BAR = 0.35
ACCOUNT, TOKEN, PUBLIC_URL = "AC" + "0" * 32, secrets.token_hex(16), "https://sms.example.org"
PATH = "/twilio/sms"


def requests_of(numbers: range) -> list[Request]:
    """One signed webhook for each number."""
    signatures = Signatures([TOKEN], PUBLIC_URL)
    return [_request(signatures, number) for number in numbers]


def _request(signatures: Signatures, number: int) -> Request:
    sid = f"SM{secrets.token_hex(16)}"
    form = {
        **dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), sid),
        "AccountSid": ACCOUNT,
        "From": f"+316{number:08d}",
        "To": "+3197010200000",
        "Body": "STOP",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **dict.fromkeys(("FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip"), ""),
        "FromCountry": "NL",
        "ToCountry": "NL",
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signatures.sign(PATH, b"", MultiDict(form)),
    }
    return Request(PATH, headers, urlencode(form).encode())


def main(arguments: list[str]) -> int:
    """0 when the median ratio is at least the bar."""
    parser = argparse.ArgumentParser("bench webhook", description=__doc__)
    parser.add_argument("--requests", type=int, default=4000, help="per round and server")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder), port=free_port()) as store:
        environment = {
            "STOPWOORD_REDIS_URL": store.url,
            "STOPWOORD_PUBLIC_URL": PUBLIC_URL,
            "STOPWOORD_TWILIO_ACCOUNT_SID": ACCOUNT,
            "STOPWOORD_TWILIO_AUTH_TOKEN": TOKEN,
            "STOPWOORD_PROVIDER_ANSWERS": "none",
            "STOPWOORD_PROGRAM": str(example_program()),
            "STOPWOORD_LOG_LEVEL": "WARNING",
        }
        with (
            serving("bench.bare_route:app", environment) as bare,
            serving("app.wsgi:app", environment) as full,
        ):
            return compare(bare, full, chosen)


def compare(bare: int, full: int, chosen: argparse.Namespace) -> int:
    """Run the rounds on both ports and print them; 0 when the bar is met."""
    warm_up = chosen.requests // 4
    run(bare, requests_of(range(warm_up)), chosen.connections)
    run(full, requests_of(range(warm_up)), chosen.connections)
    ratios = []
    for number in range(chosen.rounds):
        first = warm_up + number * chosen.requests
        requests = requests_of(range(first, first + chosen.requests))
        bare_load, full_load = (run(port, requests, chosen.connections) for port in (bare, full))
        ratios.append(full_load.rate / bare_load.rate)
        print(
            f"round {number + 1}: bare {_told(bare_load)}; webhook {_told(full_load)}; ratio {ratios[-1]:.2f}"
        )
    median = statistics.median(ratios)
    print(f"median ratio {median:.2f}, at least {BAR} wanted: {verdict(met=median >= BAR)}")
    return 0 if median >= BAR else 1


def _told(load: Load) -> str:
    p50, p99 = load.percentile(0.5) * 1000, load.percentile(0.99) * 1000
    client = load.client_seconds / len(load.latencies) * 1e6
    return f"{load.rate:.0f}/s (p50 {p50:.1f} ms, p99 {p99:.1f} ms, client {client:.0f} µs)"
