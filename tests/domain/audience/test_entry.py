"""Rows as people: what is read, what is repaired, and what is refused with its reason."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience.columns import Column
from app.domain.audience.entry import Entry, Problem, Reader, Reason
from app.domain.number import Number
from app.domain.profile import Profile
from tests.stories import NOON, after

HEADER = ("number", "when", "where", "wording", "language", "first_name", "tags", "zone", "f.shop")
GOOD = {"number": "0612345678", "when": "2026-01-02", "where": "till", "wording": "v1"}


def reader(stated: Mapping[Column, str] | None = None) -> Reader:
    return Reader(dict(enumerate(HEADER)), stated or {}, "NL", NOON, {"Europe/Amsterdam"}.__contains__)


def read(stated: Mapping[Column, str] | None = None, **cells: str) -> Entry | Problem:
    values = GOOD | {name.replace("f_", "f."): value for name, value in cells.items()}
    return reader(stated).read(7, [values.get(name, "") for name in HEADER])


def test_a_whole_row_is_a_person_with_their_proof() -> None:
    entry = read(
        language="nl-NL", first_name=" Zoë ", tags="VIP; nieuwe klant", zone="Europe/Amsterdam", f_shop="'=1"
    )
    assert isinstance(entry, Entry)
    assert (entry.row, entry.number, entry.where, entry.wording) == (7, Number("+31612345678"), "till", "v1")
    assert (entry.language, entry.repaired) == ("nl", False)
    assert entry.profile == Profile(
        "Zoë",
        zone="Europe/Amsterdam",
        tags=frozenset({"vip", "nieuwe klant"}),
        fields={"shop": "=1"},
        at=entry.when,
    )


def test_a_row_may_be_shorter_or_longer_than_its_heading() -> None:
    columns = {2: Column.NUMBER, 1: Column.WHERE, 4: Column.FIRST_NAME}
    stated = {Column.WHEN: "2026-01-02", Column.WORDING: "v1", Column.WHERE: "fair"}
    some = Reader(columns, stated, "NL", NOON, lambda _: True)
    short, long = (
        some.read(2, ["", "", "0612345678"]),
        some.read(3, ["", "till", "0612345678", "", "Ann", "en"]),
    )
    assert isinstance(short, Entry)
    assert (short.where, short.language, short.profile.says_something) == ("fair", None, False)
    assert isinstance(long, Entry)
    assert (long.where, long.language, long.profile.first_name, long.profile.tags) == (
        "till",
        None,
        "Ann",
        set(),
    )
    assert some.read(4, [""]) == Problem(4, Reason.INVALID, "there is no number in this row")


def test_what_a_row_does_not_say_is_what_was_said_of_all() -> None:
    stated = {Column.WHERE: "fair", Column.WORDING: "v9", Column.LANGUAGE: "en", Column.TAGS: "fair,vip"}
    entry = read(stated, where="", wording="v1", tags="x")
    assert isinstance(entry, Entry)
    assert (entry.where, entry.wording, entry.language) == ("fair", "v1", "en")
    assert entry.profile.tags == {"fair", "vip", "x"}


@pytest.mark.parametrize(
    "written", ["31612345678.0", "3.1612345678E+10", "3,1612345678e10", "612345678", "612345678.0"]
)
def test_a_number_that_a_spreadsheet_changed_is_repaired_and_counted(written: str) -> None:
    entry = read(number=written)
    assert isinstance(entry, Entry)
    assert (entry.number, entry.repaired) == (Number("+31612345678"), True)


@pytest.mark.parametrize("written", ["06-12345678", "'+31612345678", "31612345678", "0031 6 12345678"])
def test_a_number_in_any_notation_needs_no_repair(written: str) -> None:
    entry = read(number=written)
    assert isinstance(entry, Entry)
    assert (entry.number, entry.repaired) == (Number("+31612345678"), False)


@pytest.mark.parametrize(
    ("cells", "reason", "remark"),
    [
        ({"number": ""}, Reason.INVALID, "no number"),
        ({"number": "3.16E+10"}, Reason.INVALID, "rounded"),
        ({"number": "06123"}, Reason.INVALID, "no such phone number"),
        ({"number": "=HYPERLINK(1)"}, Reason.INVALID, "only digits"),
        ({"number": "020 1234567"}, Reason.NOT_MOBILE, "not the number of a mobile"),
        ({"when": ""}, Reason.INVALID, "no proof of consent: when"),
        ({"where": " "}, Reason.INVALID, "no proof of consent: where"),
        ({"wording": ""}, Reason.INVALID, "no proof of consent: wording"),
        ({"when": "1/2/2026"}, Reason.INVALID, "not a date"),
        ({"when": after(1).isoformat()}, Reason.INVALID, "in the future"),
        ({"language": "Nederlands"}, Reason.INVALID, "no code such as nl"),
        ({"zone": "Amsterdam"}, Reason.INVALID, "time zone"),
        ({"tags": "x" * 51}, Reason.INVALID, "a tag is"),
        ({"first_name": "x" * 201}, Reason.INVALID, "first_name is longer"),
        ({"first_name": "a\x1b[2J"}, Reason.INVALID, "cannot be printed"),
    ],
)
def test_a_row_that_cannot_be_a_person_says_why(cells: dict[str, str], reason: Reason, remark: str) -> None:
    problem = read(**cells)
    assert isinstance(problem, Problem)
    assert (problem.row, problem.reason) == (7, reason)
    assert remark in problem.remark


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_row_is_a_person_or_a_problem(cells: list[str]) -> None:
    assert isinstance(reader().read(2, cells), Entry | Problem)


def test_the_same_consent_has_the_same_mark_wherever_it_stands() -> None:
    first, again, other = read(), read(number="+31612345678", first_name="Ann"), read(where="fair")
    assert isinstance(first, Entry)
    assert isinstance(again, Entry)
    assert isinstance(other, Entry)
    assert first.mark == again.mark != other.mark
