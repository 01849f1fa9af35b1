"""The pages for everybody in a browser: a whole gateway, a shop that frames the form, and no complaint allowed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.machine.ports import free_port
from tests.browser.conftest import listen
from tests.browser.looks import PHONE
from tests.stack import Stack

Visit = Callable[..., Page]


@contextmanager
def shop(port: int, page: str) -> Iterator[str]:
    """A shop's site on a port of its own, with one page."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def shop_port() -> int:
    return free_port()


@pytest.fixture(scope="package")
def gateway(tmp_path_factory: pytest.TempPathFactory, shop_port: int) -> Iterator[Stack]:
    """The whole gateway as real processes; the shop of the tests may frame its form."""
    named = {"embed_origins": f"http://127.0.0.1:{shop_port}"}
    with Stack(tmp_path_factory.mktemp("pages"), secret_key="k" * 40, erasure_key="e" * 40, **named) as stack:
        yield stack


@pytest.fixture
def visit(browser: Browser, gateway: Stack) -> Iterator[Visit]:
    """Opens a page of the gateway's, or of the shop; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_as(path: str, **options: object) -> Page:
        settings = {"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce"}
        context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints)
        page.goto(path if path.startswith("http") else gateway.web_url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 4" not in said] == []
