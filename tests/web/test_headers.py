"""Every answer carries what protects whoever looks at it in a browser."""

import pytest
from flask import Response
from flask.testing import FlaskClient

from app.bootstrap import build
from app.web.factory import create_app
from app.web.headers import CSP, HEADERS, policy
from tests.installation import settings_for


@pytest.fixture(scope="module")
def nobody_home() -> FlaskClient:
    return create_app(build(settings_for("redis://127.0.0.1:9/0"))).test_client()


@pytest.mark.parametrize("path", ["/live", "/twilio/sms", "/nowhere"])
def test_every_answer_has_them_errors_included(nobody_home: FlaskClient, path: str) -> None:
    answer = nobody_home.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_nothing_foreign_runs_and_nobody_frames_us() -> None:
    said = dict(one.split(" ", 1) for one in HEADERS[CSP].split("; "))
    assert (said["default-src"], said["script-src"], said["frame-ancestors"]) == (
        "'self'",
        "'self'",
        "'none'",
    )
    assert "unsafe" not in HEADERS[CSP]
    assert "max-age=" in HEADERS["Strict-Transport-Security"]


def test_a_route_may_say_it_differently() -> None:
    app = create_app(build(settings_for("redis://127.0.0.1:9/0")))

    @app.get("/framed")
    def framed() -> Response:
        return Response("", headers={CSP: policy(frame_ancestors="*")})

    said = app.test_client().get("/framed").headers[CSP]
    assert "frame-ancestors *" in said
    assert "script-src 'self'" in said
