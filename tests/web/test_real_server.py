"""The same over real HTTP, on the server that the installation runs."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.consent import State
from app.machine.ports import LOCAL, free_port, http_status
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.installation import environment
from tests.processes import running, wait_until
from tests.stories import person
from tests.web.twilio import encoded, inbound, signed

SMS = "/twilio/sms"


@pytest.fixture(scope="module")
def server(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a server, and where its log is."""
    port, log = free_port(), tmp_path_factory.mktemp("web") / "web.log"
    variables = environment(redis_url, queue_url=redis_url.removesuffix("/0") + "/1")
    variables["STOPWOORD_PORT"] = str(port)
    with running("-m", "app.web", environment=variables, log=log) as process:
        wait_until(
            lambda: http_status(port, "/live") == 200 or process.poll() is not None, "the server listens"
        )
        yield port, log


@pytest.fixture
def port(server: tuple[int, Path], store_url: str) -> int:
    assert store_url
    return server[0]


def request(
    port: int, path: str, body: bytes = b"", headers: dict[str, str] | None = None, *, chunked: bool = False
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(LOCAL, port, timeout=10)
    try:
        pieces = (body[start : start + 4096] for start in range(0, len(body), 4096))
        connection.request(
            "POST" if body else "GET",
            path,
            body=(pieces if chunked else body) or None,
            headers=headers or {},
            encode_chunked=chunked,
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def headers_of(form: dict[str, str], path: str = SMS, *, chunked: bool = False) -> dict[str, str]:
    return signed(path, form) | ({"Transfer-Encoding": "chunked"} if chunked else {})


@pytest.mark.parametrize("path", [SMS, f"{SMS}?x=caf%C3%A9&y=%2B31&z=a+b"])
def test_a_signed_stop_is_kept(port: int, store_url: str, path: str) -> None:
    form = inbound("Stóp 🙃", FromCity="")
    assert request(port, path, encoded(form), headers_of(form, path))[0] == 200
    form = inbound("STOP", 2)
    assert request(port, path, encoded(form), headers_of(form, path))[0] == 200
    assert RedisConsents(connect(store_url)).load(person()).state is State.OPTED_OUT


def test_an_unsigned_request_is_refused(port: int, store_url: str) -> None:
    headers = headers_of(inbound()) | {"X-Twilio-Signature": "no"}
    assert request(port, SMS, encoded(inbound()), headers)[0] == 403
    assert RedisConsents(connect(store_url)).load(person()).version == 0


def test_a_body_in_chunks_is_read_whole(port: int, store_url: str) -> None:
    form = inbound("STOP")
    status, _ = request(port, SMS, encoded(form), headers_of(form, chunked=True), chunked=True)
    state = RedisConsents(connect(store_url)).load(person()).state
    assert (status, state) == (200, State.OPTED_OUT)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [70_000, 200_000])
def test_more_than_64_kib_is_never_taken_in(port: int, store_url: str, *, chunked: bool, size: int) -> None:
    form = inbound("STOP", More="x" * size)
    try:
        status, _ = request(port, SMS, encoded(form), headers_of(form, chunked=chunked), chunked=chunked)
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the server has hung up before the end
    assert status == 413
    assert RedisConsents(connect(store_url)).load(person()).version == 0


def test_health_is_told_as_json(port: int) -> None:
    assert request(port, "/live")[0] == 200
    status, body = request(port, "/ready")
    checks = {check["check"]: check for check in json.loads(body)["checks"]}
    assert status == 503  # the shared test store does not sync every write, and no clock runs
    assert checks["store appendfsync"]["fix"].startswith("CONFIG SET appendfsync always")
    assert checks["clock"]["ok"] is False


def test_the_log_of_all_this_has_no_number_and_no_body(server: tuple[int, Path], port: int) -> None:
    form = inbound("Geheime woorden")
    request(port, SMS, encoded(form), headers_of(form))
    request(port, SMS + "?From=%2B31612340000", encoded(form), headers_of(form))
    log = server[1].read_text()
    assert person().e164[1:] not in log
    assert "Geheim" not in log
    assert "Traceback" not in log
