"""Public holidays of years that can be looked up."""

from datetime import date, timedelta

import pytest

from app.domain.quiet_hours.holidays import CALENDARS, easter, holidays


def days(calendar: str, year: int) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(holidays(calendar, year))]


@pytest.mark.parametrize(
    "day", ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"]
)  # fmt: skip
def test_easter(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_easter_is_a_sunday_between_its_bounds() -> None:
    for year in range(1990, 2100):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_american_holidays_with_the_day_they_are_kept_on() -> None:
    # The Fourth of July of 2026 is a Saturday.
    assert days("us", 2026) == [
        *("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "07-04"),
        *("09-07", "10-12", "11-11", "11-26", "12-25"),
    ]
    # New Year's Day of 2028 is a Saturday, and so kept in the year before.
    assert "12-31" in days("us", 2027)
    assert "12-31" not in days("us", 2026)
    # A Sunday is kept on the Monday.
    assert {"01-01", "01-02"} <= set(days("us", 2023))


def test_dutch_holidays() -> None:
    assert days("nl", 2026) == [
        *("01-01", "04-03", "04-05", "04-06", "04-27", "05-05", "05-14", "05-24", "05-25", "12-25", "12-26")
    ]
    assert "04-26" in days("nl", 2025)
    assert "04-27" not in days("nl", 2025)


def test_french_holidays() -> None:
    assert days("fr", 2026) == [
        *("01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25")
    ]


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_year_has_its_own_days_only(calendar: str) -> None:
    for year in range(2020, 2060):
        found = holidays(calendar, year)
        assert {day.year for day in found} == {year}
        assert 9 <= len(found) <= 18
        assert max(found) - min(found) < timedelta(days=366)
