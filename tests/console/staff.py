"""Staff for the console's tests: accounts made as the command line makes them, and clients that have signed in."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.bootstrap import Gateway
from app.domain.number import Number
from app.domain.staff import Role
from app.services.staff_accounts import Handed

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}
PASSWORD = "het regent pijpenstelen in Assen"
FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


def account(gateway: Gateway, role: Role, name: str = "") -> Handed:
    """An account named after its role."""
    return gateway.staff.accounts.add(
        name or role.value, role, password=PASSWORD, generate=False, codes=False, actor="test"
    )


def code(handed: Handed) -> str:
    """The code of this moment; "" where none is asked for."""
    return pyotp.TOTP(handed.secret).at(datetime.now(UTC)) if handed.secret else ""


def path(gateway: Gateway, number: Number) -> str:
    """The page of one person."""
    return f"/subscribers/{gateway.references.of(number)}"


class Desk:
    """A browser without a screen: it keeps its cookie, and posts forms with their tokens."""

    def __init__(self, web: Flask) -> None:
        self.client: FlaskClient = web.test_client()

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, headers=BROWSER, **options)  # type: ignore[arg-type]

    def post(self, path: str, **fields: str) -> TestResponse:
        token = FIELD.search(self.get("/sign-in", follow_redirects=True).text)
        assert token
        form = {"csrf_token": token[1], **fields}
        return self.client.post(path, data=form, headers=BROWSER)

    def sign_in(self, handed: Handed, password: str = PASSWORD, code_: str | None = None) -> TestResponse:
        typed = code(handed) if code_ is None else code_
        return self.post("/sign-in", name=handed.account.name, password=password, code=typed)


Sits = Callable[[Role], Desk]
