"""Health on the dashboard: what may go wrong, in words; settings and commands only where an operator looks."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from app.bootstrap import Gateway
from app.domain.staff import Role
from app.services.readiness import NEEDED, Readiness
from app.web.console.health_words import CONSEQUENCES
from app.web.factory import create_app
from tests.console.staff import Desk, account
from tests.fakes.small_ports import SetTime
from tests.services.servers import FIT, Server
from tests.stories import NOON

AN_HOUR_AGO = NOON - timedelta(hours=1)
WELL = Server()
ILL = {
    "away": Server(down=True),
    "new": Server(dict.fromkeys(NEEDED, "wrong"), beat=None, read_to=None),
    "untold": Server({}, beat=AN_HOUR_AGO, read_to=AN_HOUR_AGO),
    "busy": Server(FIT, due=AN_HOUR_AGO),
}
TECHNICAL = re.compile("|".join(map(re.escape, [*NEEDED, "STOPWOORD_", "CONFIG", "python", "log"])))

Shown = Callable[[Server], tuple[str, str]]


def looking(server: Server) -> Readiness:
    return Readiness(server, server, server, server, server, SetTime(), read_back_seconds=60)


@pytest.fixture
def shown(gateway: Gateway) -> Shown:
    """What everybody reads of the health, and what is folded in for whoever runs the installation."""
    handed = account(gateway, Role.VIEWER)

    def show(server: Server) -> tuple[str, str]:
        desk = Desk(create_app(replace(gateway, readiness=looking(server))))
        desk.sign_in(handed)
        section = unescape(desk.get("/dashboard").text).partition('id="health"')[2].partition("</section>")[0]
        everybody, _, folded = section.partition("<details>")
        return everybody, folded

    return show


@pytest.mark.parametrize("server", [WELL, *ILL.values()], ids=["well", *ILL])
def test_staff_read_what_may_go_wrong_and_no_name_of_a_setting(shown: Shown, server: Server) -> None:
    everybody, folded = shown(server)
    assert TECHNICAL.findall(everybody) == []
    for check in looking(server)():
        assert check.ok or str(check.fix) in folded
        assert str(check.found) in folded
    assert everybody.count("<li") == folded.count("<li") == len(looking(server)())


def test_what_is_not_as_it_should_be_comes_first(shown: Shown) -> None:
    everybody, _ = shown(ILL["busy"])
    wrong = str(CONSEQUENCES["replies"][1])
    assert everybody.index(wrong) < everybody.index(str(CONSEQUENCES["appendonly"][0]))


def test_a_store_that_does_not_tell_is_not_said_to_be_well(shown: Shown) -> None:
    everybody, _ = shown(ILL["untold"])
    for name in NEEDED:
        right, wrong = map(str, CONSEQUENCES[name])
        assert wrong in everybody
        assert right not in everybody
