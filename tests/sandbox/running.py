"""Running a sandbox as a process of its own, and a small gateway in the test's process to answer it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

import requests
from twilio.request_validator import RequestValidator
from twilio.rest import Client

ACCOUNT: Final = "AC" + "0123456789abcdef" * 2
TOKEN: Final = "a-token-for-tests"
SENDER: Final = "+3197010200000"
ANNA: Final = "+31612345678"
BOB: Final = "+12025550123"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox. Every method of the control API's raises for an answer of 400 and above."""

    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options: Any) -> Client:
        """Twilio's own library, pointed at the sandbox."""
        client = Client(ACCOUNT, TOKEN, **options)
        client.api.base_url = self.url
        return client

    def call(self, method: str, path: str, **given: Any) -> Any:
        """Call the control API; what it answers, None for an empty answer."""
        answer = requests.request(method, f"{self.url}/sandbox/{path}", timeout=20, **given)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def text(self, body: str, person: str = ANNA, **more: Any) -> Any:
        """A person texts; the message, after the webhook has answered."""
        return self.call("POST", "texts", json={"from": person, "body": body, "wait": 18} | more)

    def fault(self, fault: str, **more: Any) -> Any:
        """Add a fault rule."""
        return self.call("POST", "faults", json={"fault": fault, "count": 1} | more)

    def messages(self) -> list[Any]:
        """Every message, oldest first."""
        found: list[Any] = self.call("GET", "messages")["messages"]
        return found

    def message(self, sid: str) -> Any:
        """One message with its callbacks."""
        return self.call("GET", f"messages/{sid}")

    def settings(self, **changes: Any) -> Any:
        """Change settings."""
        return self.call("PATCH", "settings", json=changes)


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(webhook: str = "", **options: str) -> Sandbox:
    """Start a sandbox process and wait until it serves; the caller ends it."""
    given = {"port": "0", "sender": SENDER, "account_sid": ACCOUNT, "auth_token": TOKEN}
    arguments = given | {"webhook": webhook} | options
    process = subprocess.Popen(
        [sys.executable, "-m", "app.sandbox"]
        + [f"--{name.replace('_', '-')}={value}" for name, value in arguments.items()],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    said = process.stdout.readline()
    if "http://127.0.0.1:" not in said:
        stop(process)
        raise AssertionError(f"the sandbox did not start; it said {said!r}")
    return Sandbox(int(said.rsplit(":", 1)[1].strip().strip("/")), process)


def stop(process: subprocess.Popen[str], with_signal: int = signal.SIGTERM) -> int:
    """End a process that we started; its exit code."""
    process.send_signal(with_signal)
    try:
        return process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    finally:
        process.wait(5)
        if process.stdout:
            process.stdout.close()


@contextlib.contextmanager
def running(webhook: str = "", **options: str) -> Iterator[Sandbox]:
    """A sandbox for as long as the block lasts."""
    sandbox = start(webhook, **options)
    try:
        yield sandbox
    finally:
        if sandbox.process.poll() is None:
            stop(sandbox.process)


@dataclass(frozen=True, slots=True)
class Received:
    """One request that the gateway got. `genuine`: Twilio's own validator accepts its signature."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    genuine: bool


@dataclass(slots=True)
class Gateway:
    """A stand-in for the gateway: keeps what it gets and answers what it is told to."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    status: int = 200
    content_type: str = "text/xml"
    body: str = "<Response/>"
    delay: float = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def forms(self, path: str) -> list[dict[str, str]]:
        """The forms posted to a path (which may have a query)."""
        return [each.form for each in self.received if each.path == path]


class _Answers(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        gateway = self.server.gateway
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        signature = self.headers.get("X-Twilio-Signature", "")
        genuine = RequestValidator(TOKEN).validate(gateway.url(self.path), form, signature)
        gateway.received.append(Received(self.path, form, dict(self.headers), genuine))
        time.sleep(gateway.delay)
        answer = gateway.body.encode()
        self.send_response(gateway.status)
        self.send_header("Content-Type", gateway.content_type)
        self.send_header("Content-Length", str(len(answer)))
        # Whoever lost patience meanwhile is not told any more.
        with contextlib.suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # The library's 5 would turn callbacks away under load.
    request_queue_size = 512

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.gateway = gateway
        gateway.port = self.server_port


@contextlib.contextmanager
def answering() -> Iterator[Gateway]:
    """A gateway for as long as the block lasts."""
    gateway = Gateway()
    server = _Server(gateway)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def eventually(look: Callable[[], Any], seconds: float = 8) -> Any:
    """What `look` gives as soon as it gives something true; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing came of it within {seconds} seconds")
