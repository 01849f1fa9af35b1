"""What spreadsheets do to numbers, dates and formulas, there and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience.cells import moment, quoted, unquoted, whole_number
from app.domain.errors import BadInput

numbers = st.integers(10**8, 10**15 - 1)


@given(numbers, st.sampled_from(".,"), st.sampled_from("eE"), st.sampled_from(["+", ""]))
def test_a_number_that_became_a_quantity_is_itself_again(
    number: int, point: str, power: str, plus: str
) -> None:
    digits = str(number)
    assert whole_number(f"{digits}{point}0") == digits
    assert whole_number(f"{digits[0]}{point}{digits[1:]}{power}{plus}{len(digits) - 1}") == digits


@given(numbers, st.integers(1, 7))
def test_a_number_whose_digits_were_rounded_away_is_nobody_s(number: int, lost: int) -> None:
    digits = str(number)
    with pytest.raises(BadInput, match="rounded"):
        whole_number(f"{digits[0]}.{digits[1:-lost]}E+{len(digits) - 1}")


@pytest.mark.parametrize(
    "text", ["0612345678", "06.12345678", "06.12.34.56.78", "+31612345678", "", "612345678", "1.5"]
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert whole_number(text) is None


@given(st.text(max_size=8))
def test_a_cell_comes_back_as_it_was_and_is_no_formula_in_between(cell: str) -> None:
    shown = quoted(cell)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    if not cell.startswith("'"):
        assert unquoted(shown) == cell


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-31", datetime(2026, 3, 31, tzinfo=UTC)),
        ("2026-03-31 14:05", datetime(2026, 3, 31, 14, 5, tzinfo=UTC)),
        ("2026-03-31T14:05:06.789Z", datetime(2026, 3, 31, 14, 5, 6, 789000, tzinfo=UTC)),
        ("2026-03-31T14:05:06+02:00", datetime(2026, 3, 31, 12, 5, 6, tzinfo=UTC)),
        (" 31-3-2026 ", datetime(2026, 3, 31, tzinfo=UTC)),
        ("01-03-2026 9:05", datetime(2026, 3, 1, 9, 5, tzinfo=UTC)),
        ("1-3-2026 19:05:01", datetime(2026, 3, 1, 19, 5, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_files_have_it(text: str, read: datetime) -> None:
    assert moment(text) == read
    assert moment(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["", "yes", "03/04/2026", "3/31/26", "32-1-2026", "2026-13-01", "46112", "0001-01-01T00:00+14:00"]
)
def test_what_could_mean_two_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        moment(text)
