"""What decides where somebody is: the first digits of the number, and the coarse part of what is stored."""

from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.tzdata import TIMEZONE_DATA

from app.domain.number import Number
from app.domain.quiet_hours import (
    Whereabouts,
    beginning_of,
    number_beginning,
    particulars_that_decide,
    quiet_hours_from,
)
from app.domain.quiet_hours.places import zones_of
from app.domain.region import area_code, in_north_america, region_of
from app.rule_files import quiet_hours_document

STATES = quiet_hours_from(quiet_hours_document()).states
digits = st.text("0123456789", min_size=7, max_size=11)
numbers = st.builds(
    lambda begin, end: Number(f"+{(begin + end)[:15]}"), st.sampled_from(sorted(TIMEZONE_DATA)), digits
)


@given(numbers)
def test_numbers_that_begin_alike_are_in_the_same_place(number: Number) -> None:
    other = number_beginning(beginning_of(number))
    assert beginning_of(other) == beginning_of(number)
    assert (zones_of(other), region_of(other)) == (zones_of(number), region_of(number))
    assert in_north_america(other) == in_north_america(number)
    if in_north_america(number):
        assert area_code(other) == area_code(number)


def test_few_beginnings_are_told_apart() -> None:
    assert beginning_of(Number("+31612345678")) == "3161"
    assert beginning_of(Number("+12125550123")) == "1212"
    assert beginning_of(Number("+12082015555")) == "1208201"


@given(
    numbers,
    st.sampled_from(["", "10001", " 10001", "100", "901", "1", "99501-1234", "1234 AB"]),
    st.sampled_from(["", "ny", " FL ", "Utrecht"]),
)
def test_the_coarse_part_of_what_is_stored_decides_as_all_of_it(
    number: Number, postcode: str, state: str
) -> None:
    whole = Whereabouts("Asia/Tokyo", postcode or None, state or None)
    assert whole.coarse.zone == whole.zone
    assert STATES.stored(number, whole.coarse) == STATES.stored(number, whole)
    assert (whole.coarse.postcode or "") in {"", "10000", "99500"}
    if not particulars_that_decide(number):
        assert STATES.stored(number, whole) is None
