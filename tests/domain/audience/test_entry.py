"""Rows as people: what is read, what is repaired, and what is refused with its reason."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience.columns import Column
from app.domain.audience.entry import Entry, Problem, Reader, Reason
from app.domain.audience.known import Known
from app.domain.number import Number
from app.domain.profile import Profile
from tests.domain.programs import shop
from tests.stories import NOON, after

HEADER = (
    *("number", "when", "where", "wording", "language", "first_name", "tags", "zone", "f.shop"),
    *("postcode", "state"),
)
GOOD = {"number": "0612345678", "when": "2026-01-02", "where": "till", "wording": "v1"}


KNOWN = Known({"nl", "en"}.__contains__, {"Europe/Amsterdam"}.__contains__, shop().quiet_hours.states)
AMERICAN, OF_SAN_JUAN = "+12125550123", "+17875551234"


def reader(stated: Mapping[Column, str] | None = None) -> Reader:
    return Reader(dict(enumerate(HEADER)), stated or {}, "NL", NOON, KNOWN)


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
    some = Reader(columns, stated, "NL", NOON, KNOWN)
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


@pytest.mark.parametrize("language", ["Nederlands", "xx", "nld", "n"])
def test_a_language_that_is_none_is_left_out_and_told(language: str) -> None:
    entry = read({Column.LANGUAGE: "en"}, language=language, first_name="Ann")
    assert isinstance(entry, Entry)
    assert (entry.language, entry.profile.first_name) == (None, "Ann")
    assert entry.left_out == (f"the language '{language}' is no code such as nl",)


@pytest.mark.parametrize(
    ("postcode", "state", "kept", "told"),
    [
        ("10001", "ny", ("10001", "ny"), []),
        ("10001-4321", "", ("10001-4321", ""), []),
        ("10001", "New York", ("10001", ""), ["the state 'New York'"]),
        ("9401 AB", "Drenthe", ("", ""), ["the state 'Drenthe'", "the postcode '9401 AB'"]),
        ("00000", "NY", ("", "NY"), ["the postcode '00000'"]),
        ("1000", "", ("01000", ""), []),
        ("12", "", ("", ""), ["the postcode '12'"]),
    ],
)
def test_beside_an_american_number_only_places_of_the_us_are_kept(
    postcode: str, state: str, kept: tuple[str, str], told: list[str]
) -> None:
    entry = read(number=AMERICAN, postcode=postcode, state=state)
    assert isinstance(entry, Entry)
    assert (entry.profile.postcode, entry.profile.state) == kept
    assert [said.partition(" is none")[0] for said in entry.left_out] == told


@pytest.mark.parametrize(
    ("number", "written", "postcode"),
    [
        (AMERICAN, "2134", "02134"),
        (AMERICAN, "501", "00501"),
        (AMERICAN, "2134.0", "02134"),
        (AMERICAN, "10001.0", "10001"),
        (OF_SAN_JUAN, "901", "00901"),
        (OF_SAN_JUAN, "901.0", "00901"),
    ],
)
def test_a_postcode_that_a_spreadsheet_changed_is_repaired_and_counted(
    number: str, written: str, postcode: str
) -> None:
    entry = read(number=number, postcode=written)
    assert isinstance(entry, Entry)
    assert (entry.profile.postcode, entry.repaired, entry.left_out) == (postcode, True, ())


@pytest.mark.parametrize(
    ("number", "postcode"),
    [("0612345678", "9401 AB"), ("0612345678", "901"), (OF_SAN_JUAN, "9401 AB"), (OF_SAN_JUAN, "00901")],
)
def test_elsewhere_a_state_and_a_postcode_are_whatever_stands_there(number: str, postcode: str) -> None:
    entry = read(number=number, postcode=postcode, state="Drenthe")
    assert isinstance(entry, Entry)
    assert (entry.profile.postcode, entry.profile.state, entry.left_out) == (postcode, "Drenthe", ())
    assert not entry.repaired


@given(st.lists(st.text(max_size=30), max_size=14))
def test_any_row_is_a_person_or_a_problem(cells: list[str]) -> None:
    assert isinstance(reader().read(2, cells), Entry | Problem)


def test_the_same_consent_has_the_same_mark_wherever_it_stands() -> None:
    first, again, other = read(), read(number="+31612345678", first_name="Ann"), read(where="fair")
    assert isinstance(first, Entry)
    assert isinstance(again, Entry)
    assert isinstance(other, Entry)
    assert first.mark == again.mark != other.mark
