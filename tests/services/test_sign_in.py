"""Signing in: who gets in, for how long, and what is left of it in the trail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyotp
import pytest

from app.credentials.codes import SECONDS, AppCodes
from app.domain.audit import Act
from app.domain.errors import BadInput
from app.domain.staff import Right, Role
from app.services.sign_in import IDLE, LONGEST, NOBODY, SignIn
from app.services.staff_accounts import Handed, StaffAccounts
from tests.fakes.memory_staff import MemoryAccounts, MemoryAuditTrail, MemorySessions, PlainPasswords
from tests.fakes.small_ports import SetTime

PASSWORD = "het regent in Assen"
HERE = "192.0.2.7"


@dataclass
class Door:
    """The two use cases on stores in memory."""

    now: SetTime = field(default_factory=SetTime)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    audit: MemoryAuditTrail = field(default_factory=MemoryAuditTrail)

    def __post_init__(self) -> None:
        passwords, codes = PlainPasswords(), AppCodes()
        self.sessions = MemorySessions(self.now)
        self.staff = StaffAccounts(self.accounts, passwords, codes, self.audit, self.now)
        self.sign_in = SignIn(self.accounts, self.sessions, passwords, codes, self.audit, self.now)

    def add(self, name: str = "anna", role: Role = Role.SUPPORT, *, codes: bool = False) -> Handed:
        return self.staff.add(name, role, password=PASSWORD, generate=False, codes=codes, actor="test")

    def enters(self, name: str = "anna", password: str = PASSWORD, code: str = "") -> str | None:
        return self.sign_in(name, password, code, address=HERE)

    def acts(self) -> list[tuple[Act, str]]:
        return [(entry.act, entry.actor) for entry in self.audit.entries]


@pytest.fixture
def door() -> Door:
    return Door()


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(int(at.timestamp()))


def test_whoever_knows_the_password_gets_in_and_that_is_written_down(door: Door) -> None:
    door.add()
    token = door.enters(" Anna ")
    assert token
    found = door.sign_in.who(token)
    assert found is not None
    assert (found.name, found.may(Right.DECIDE), found.may(Right.AUDIT)) == ("anna", True, False)
    assert door.acts() == [(Act.ACCOUNT_ADDED, "test"), (Act.SIGNED_IN, "staff:anna")]


@pytest.mark.parametrize(
    ("name", "password", "who"),
    [
        ("anna", "something else here", "staff:anna"),
        ("bob", PASSWORD, NOBODY),
        (PASSWORD, PASSWORD, NOBODY),
        ("anna", "x" * 5000, "staff:anna"),
        ("", "", NOBODY),
    ],
)
def test_a_wrong_sign_in_leaves_no_trace_of_what_was_typed(
    door: Door, name: str, password: str, who: str
) -> None:
    door.add()
    assert door.enters(name, password) is None
    assert door.acts()[-1] == (Act.SIGN_IN_REFUSED, who)
    assert door.audit.entries[-1].address == HERE


def test_an_admin_needs_a_code_and_each_code_counts_once(door: Door) -> None:
    secret = door.add("boss", Role.ADMIN).secret
    assert secret
    assert door.enters("boss") is None
    assert door.enters("boss", code="12345٦") is None
    right = code(secret, door.now())
    assert door.enters("boss", code=f"{right[:3]} {right[3:]}")
    assert door.enters("boss", code=right) is None
    door.now.goes_on(SECONDS)
    assert door.enters("boss", code=code(secret, door.now()))


def test_a_code_of_a_minute_ago_is_too_old(door: Door) -> None:
    secret = door.add(codes=True).secret
    old = code(secret, door.now())
    door.now.goes_on(2 * SECONDS)
    assert door.enters(code=old) is None


def test_a_session_ends_when_nothing_happens_in_it(door: Door) -> None:
    door.add()
    token = door.enters()
    assert token
    for _ in range(3):
        door.now.goes_on(IDLE.total_seconds() - 1)
        assert door.sign_in.who(token)
    door.now.goes_on(IDLE.total_seconds())
    assert door.sign_in.who(token) is None


def test_a_page_that_looks_again_by_itself_keeps_no_session_alive(door: Door) -> None:
    door.add()
    token = door.enters()
    assert token
    for _ in range(2):
        door.now.goes_on(IDLE.total_seconds() / 2)
        found = door.sign_in.who(token, at_work=False)
    assert found is None


def test_a_session_ends_after_a_days_work_whatever_happens_in_it(door: Door) -> None:
    door.add()
    token, begun = door.enters(), door.now()
    assert token
    while door.now() - begun < LONGEST - timedelta(minutes=20):
        assert door.sign_in.who(token)
        door.now.goes_on(20 * 60)
    assert door.sign_in.who(token)
    door.now.goes_on(20 * 60)
    assert door.sign_in.who(token) is None


@pytest.mark.parametrize("change", ["disable", "reset"])
def test_a_change_of_the_account_ends_its_sessions_at_once(door: Door, change: str) -> None:
    door.add()
    token = door.enters()
    assert token
    if change == "disable":
        door.staff.disable("anna", actor="test")
    else:
        door.staff.reset("anna", password=PASSWORD + "!", generate=False, codes=False, actor="test")
    assert door.sign_in.who(token) is None
    assert (door.enters() is None) == (change in {"disable", "reset"})
    door.staff.enable("anna", actor="test")
    assert door.sign_in.who(token) is None


def test_signing_out_ends_the_session(door: Door) -> None:
    door.add()
    token = door.enters()
    assert token
    door.sign_in.out(token, "anna", address=HERE)
    assert door.sign_in.who(token) is None
    assert door.acts()[-1] == (Act.SIGNED_OUT, "staff:anna")


def test_a_weak_password_and_a_second_account_of_a_name_are_refused(door: Door) -> None:
    door.add()
    with pytest.raises(BadInput, match="already"):
        door.add()
    with pytest.raises(BadInput, match="too short"):
        door.staff.add("bob", Role.VIEWER, password="short", generate=False, codes=False, actor="test")
    with pytest.raises(BadInput, match="no account bob"):
        door.staff.disable("bob", actor="test")
    with pytest.raises(BadInput, match="small letters"):
        door.add("Bob <b>")
    assert [account.name for account in door.staff.every()] == ["anna"]


def test_a_password_can_be_made(door: Door) -> None:
    handed = door.staff.add("bob", Role.VIEWER, password="", generate=True, codes=False, actor="test")
    assert door.enters("bob", handed.password)
    assert (handed.secret, handed.address) == ("", "")
