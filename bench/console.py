"""How long the console takes to look somebody up: the whole answers, among a million and among a thousand.

A look-up is what staff do: a number is posted, and the person's page follows. Both stores answer in turn, in one run,
each to somebody who has signed in. Beside it the search by the last four digits, which is for other digits each time;
among a million its page shows the first of about a hundred people.
"""

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app.bootstrap import build
from app.domain.staff import Role
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.program_file import example_program
from app.settings import Settings
from app.web.factory import create_app
from bench.bars import verdict
from bench.store import SMALL, fill, number_of

MILLISECONDS_BAR, RATIO_BAR = 25, 1.2
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


class Desk:
    """Somebody who has signed in to a console over a store of so many subscribers."""

    def __init__(self, stack: ExitStack, subscribers: int) -> None:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(EmbeddedStore(folder, port=free_port(), appendonly="no"))
        fill(store.url, subscribers)
        self._subscribers = subscribers
        self._client, self._token = _sign_in(store.url)

    def look_up(self) -> float:
        """Milliseconds until the page of a random subscriber is there."""
        place = random.randrange(self._subscribers)
        started = time.perf_counter()
        found = self._search(number_of(place).e164)
        page = self._client.get(found.headers["Location"])
        took = (time.perf_counter() - started) * 1000
        assert page.status_code == 200, page.status  # noqa: S101 - else nothing was measured
        return took

    def search(self) -> float:
        """Milliseconds of a search by four digits."""
        digits = f"{random.randrange(10_000):04d}"
        started = time.perf_counter()
        answer = self._search(digits)
        took = (time.perf_counter() - started) * 1000
        assert answer.status_code in {200, 303}, answer.status  # noqa: S101 - else nothing was measured
        return took

    def _search(self, text: str) -> TestResponse:
        return self._client.post("/search", data={"q": text, "csrf_token": self._token})


def main(arguments: list[str]) -> int:
    """0 when every bar is met."""
    parser = argparse.ArgumentParser("bench console", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--look-ups", type=int, default=1_000, help="in each store, and as many searches")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        few, many = Desk(stack, SMALL), Desk(stack, chosen.subscribers)
        among_few, among_many = _in_turn((few.look_up, many.look_up), chosen.look_ups)
        searches = sorted(many.search() for _ in range(chosen.look_ups))
    ratio = _slow(among_many) / _slow(among_few)
    print(f"look-up among {SMALL}: {_told(among_few)}")
    met = [_within("look-up", among_many, chosen.subscribers), ratio <= RATIO_BAR]
    print(f"ratio of the 95th percentiles {ratio:.2f}, at most {RATIO_BAR} wanted: {verdict(met=met[1])}")
    met.append(_within("search by four digits", searches, chosen.subscribers))
    return 0 if all(met) else 1


def _in_turn(measured: Sequence[Callable[[], float]], times: int) -> list[list[float]]:
    """What each takes, sorted: a moment in which the machine is busy falls on all of them."""
    taken = [[one() for one in measured] for _ in range(times)]
    return [sorted(column) for column in zip(*taken, strict=True)]


def _within(name: str, took: Sequence[float], subscribers: int) -> bool:
    met = _slow(took) <= MILLISECONDS_BAR
    print(f"{name} among {subscribers}: {_told(took)}, at most {MILLISECONDS_BAR} wanted: {verdict(met=met)}")
    return met


def _told(took: Sequence[float]) -> str:
    return f"median {median(took):.1f} ms, 95th percentile {_slow(took):.1f} ms"


def _slow(took: Sequence[float]) -> float:
    return took[int(len(took) * 0.95)]


def _sign_in(url: str) -> tuple[FlaskClient, str]:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg] # pydantic-settings' own argument
        redis_url=url,
        public_url="http://127.0.0.1",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr("nobody's"),
        twilio_url="http://127.0.0.1:9",
        program=example_program(),
        secret_key=SecretStr("s" * 32),
    )
    gateway = build(settings)
    made = gateway.staff.accounts.add(
        "bench", Role.VIEWER, password="", generate=True, codes=False, actor="bench"
    )
    client = create_app(gateway).test_client()
    form = {"name": "bench", "password": made.password, "csrf_token": _token(client, "/sign-in")}
    client.post("/sign-in", data=form)
    return client, _token(client, "/")


def _token(client: FlaskClient, path: str) -> str:
    found = _TOKEN.search(client.get(path).text)
    assert found, path  # noqa: S101 - a slip in our own templates
    return found[1]
