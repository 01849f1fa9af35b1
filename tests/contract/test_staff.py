"""What the stores of staff promise, put to the one in memory and to the real one."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from app.domain.audit import Act, AuditEntry
from app.domain.staff import Account, Role
from app.services.staff_ports import Accounts, AuditTrail, Session, Sessions
from app.store.audit import RedisAuditTrail
from app.store.connection import connect
from app.store.staff import RedisAccounts, RedisSessions
from tests.fakes.memory_staff import MemoryAccounts, MemoryAuditTrail, MemorySessions
from tests.fakes.small_ports import SetTime
from tests.stories import NOON, after

ANNA = Account("anna", Role.SUPPORT, "$argon2id$…", NOON, secret="JBSWY3DP")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Desk:
    """The three ports on one store."""

    accounts: Accounts
    sessions: Sessions
    audit: AuditTrail


@pytest.fixture(params=["memory", "redis"])
def desk(request: pytest.FixtureRequest) -> Desk:
    if request.param == "memory":
        return Desk(MemoryAccounts(), MemorySessions(SetTime()), MemoryAuditTrail())
    client = connect(request.getfixturevalue("store_url"))
    return Desk(RedisAccounts(client), RedisSessions(client), RedisAuditTrail(client))


def test_an_account_is_kept_whole(desk: Desk) -> None:
    assert desk.accounts.load("anna") is None
    assert desk.accounts.save(None, ANNA)
    assert desk.accounts.load("anna") == ANNA
    assert desk.accounts.every() == [ANNA]


def test_an_account_is_written_only_over_what_was_seen(desk: Desk) -> None:
    assert desk.accounts.save(None, ANNA)
    assert not desk.accounts.save(None, replace(ANNA, role=Role.ADMIN))
    disabled = ANNA.changed(disabled=True)
    assert desk.accounts.save(ANNA, disabled)
    assert not desk.accounts.save(ANNA, replace(ANNA, password="another"))
    assert desk.accounts.load("anna") == disabled


def test_a_code_counts_once_and_none_before_it(desk: Desk) -> None:
    assert desk.accounts.use_step("anna", 50)
    assert not desk.accounts.use_step("anna", 50)
    assert not desk.accounts.use_step("anna", 49)
    assert desk.accounts.use_step("bob", 49)
    assert desk.accounts.use_step("anna", 51)


def test_a_session_lasts_as_long_as_it_is_told_to(desk: Desk) -> None:
    session = Session("anna", 1, NOON)
    desk.sessions.begin("token", session, MINUTE)
    assert desk.sessions.find("token") == session
    assert desk.sessions.find("another") is None
    desk.sessions.prolong("token", timedelta(0))
    assert desk.sessions.find("token") is None
    desk.sessions.prolong("token", MINUTE)
    assert desk.sessions.find("token") is None


def test_a_session_that_was_ended_is_over(desk: Desk) -> None:
    desk.sessions.begin("token", Session("anna", 1, NOON), MINUTE)
    desk.sessions.end("token")
    desk.sessions.end("token")
    assert desk.sessions.find("token") is None


def test_the_trail_tells_the_newest_first_and_what_is_about_one_thing(desk: Desk) -> None:
    entries = [
        AuditEntry(after(n), Act.REVEALED, "anna", about=f"person {n % 2}", address="127.0.0.1")
        for n in range(5)
    ]
    for entry in entries:
        desk.audit.write(entry)
    assert desk.audit.newest(3) == entries[:1:-1]
    assert desk.audit.newest(9, about="person 1") == [entries[3], entries[1]]
