"""When a campaign may text somebody, by country, state and what is stored; DST; what is never allowed."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Misconfigured
from app.domain.number import Number
from app.domain.quiet_hours import Allowed, NeverOpen, WaitUntil, Whereabouts, quiet_hours_from, seconds_left
from app.domain.quiet_hours.rule import rule_from
from app.rule_files import quiet_hours_document
from tests.domain.quiet_hours.hours import DUTCH, HOURS, NOTHING, at, told, window, with_own

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"
NEW_JERSEY, INDIANA, FLORIDA, TEXAS = "+12015550123", "+12195550100", "+18505550100", "+17135550100"
FRENCH, TOLL_FREE, SATELLITE = "+33639980000", "+18005550100", "+881612345678"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22 07:59:59", "from Sun 22 08:00"),
        ("2026-11-22 08:00", "until Sun 22 21:00"),
        ("2026-11-22 20:59:59", "until Sun 22 21:00"),
        ("2026-11-22 21:00", "from Mon 23 08:00"),
        ("2026-11-22 23:59", "from Mon 23 08:00"),
    ],
)
def test_a_window_opens_and_closes_on_the_minute(moment: str, expected: str) -> None:
    assert window(DUTCH.e164, at(moment, AMSTERDAM), zone=AMSTERDAM) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-28 22:00", "2026-03-29 06:00"),  # the night in which the clock goes forward
        ("2026-03-27 22:00", "2026-03-28 07:00"),
        ("2026-10-24 22:00", "2026-10-25 07:00"),  # and back
        ("2026-10-23 22:00", "2026-10-24 06:00"),
    ],
)
def test_eight_in_the_morning_is_eight_on_the_clock_after_a_change(moment: str, expected: str) -> None:
    found = HOURS.window_for(DUTCH, at(moment, AMSTERDAM))
    assert isinstance(found, WaitUntil)
    assert (found.when, found.zone, found.rule) == (
        datetime.fromisoformat(expected).replace(tzinfo=UTC), AMSTERDAM, "default"
    )  # fmt: skip


@pytest.mark.parametrize(("evening", "hours"), [("2026-03-07", 10), ("2026-10-31", 12), ("2026-06-01", 11)])
def test_a_night_in_which_the_clock_changes_is_an_hour_shorter_or_longer(evening: str, hours: int) -> None:
    open_now = HOURS.window_for(Number(NEW_JERSEY), at(f"{evening} 12:00", NEW_YORK))
    assert isinstance(open_now, Allowed)
    closed = HOURS.window_for(Number(NEW_JERSEY), open_now.until)
    assert isinstance(closed, WaitUntil)
    assert closed.when - open_now.until == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-21 21:59", "until Sat 21 22:00"),
        ("2026-11-21 22:00", "from Mon 23 08:00"),
        ("2026-11-22 12:00", "from Mon 23 08:00"),
        ("2026-07-14 12:00", "from Wed 15 08:00"),
        ("2026-05-22 22:00", "from Sat 23 08:00"),
        ("2026-05-23 22:00", "from Tue 26 08:00"),  # Whit Sunday and Monday
    ],
)
def test_france_has_no_sundays_and_no_holidays(moment: str, expected: str) -> None:
    assert window(FRENCH, at(moment, "Europe/Paris"), zone="Europe/Paris") == expected


def test_every_zone_that_the_number_may_be_in_must_be_open() -> None:
    # The panhandle of Florida is Central although its area code is given as Eastern; the state closes at 8.
    assert window(FLORIDA, at("2026-11-23 08:30", NEW_YORK), zone=NEW_YORK) == "from Mon 23 09:00"
    assert window(FLORIDA, at("2026-11-23 19:30", NEW_YORK), zone=NEW_YORK) == "until Mon 23 20:00"
    assert window(INDIANA, at("2026-11-23 09:30", NEW_YORK), zone=NEW_YORK) == "from Mon 23 10:00"


STORED_CASES: Final = [
    (NOTHING, "until Sun 22 21:00"),  # by the area code: New Jersey
    (Whereabouts(zone="America/Los_Angeles"), "from Sun 22 11:00"),
    (Whereabouts(state="tx"), "from Sun 22 14:00"),  # 12:00 in El Paso
    (Whereabouts(postcode="77001"), "from Sun 22 14:00"),
    (Whereabouts(postcode="77001-1234", zone="America/Chicago"), "from Sun 22 13:00"),
    (Whereabouts(state="AL", postcode="77001"), "from Mon 23 09:00"),
    (Whereabouts(state="??", postcode="1012 AB"), "until Sun 22 21:00"),
    (Whereabouts(postcode="770"), "until Sun 22 21:00"),
    (Whereabouts(zone="Mars/Olympus"), "until Sun 22 21:00"),
    (Whereabouts(zone="../../etc/passwd"), "until Sun 22 21:00"),
]


@pytest.mark.parametrize(("known", "expected"), STORED_CASES)
def test_what_is_stored_of_the_person_comes_before_the_area_code(known: Whereabouts, expected: str) -> None:
    assert window(NEW_JERSEY, at("2026-11-22 10:00", NEW_YORK), known, NEW_YORK) == expected


def test_a_postcode_of_san_juan_without_its_zeros_is_none_of_california() -> None:
    half_past_midnight = at("2026-12-02 00:30", "America/Puerto_Rico")
    for postcode in ("901", "00901"):
        found = HOURS.window_for(Number("+17875551234"), half_past_midnight, Whereabouts(postcode=postcode))
        assert isinstance(found, WaitUntil), postcode


def test_a_postcode_beside_a_number_from_elsewhere_is_no_american_one() -> None:
    moment = at("2026-11-23 20:30", "Europe/Berlin")
    assert (
        window("+4915123456789", moment, Whereabouts(postcode="35004"), "Europe/Berlin")
        == "until Mon 23 21:00"
    )


def test_a_dutch_number_whose_owner_lives_in_america_has_american_hours() -> None:
    found = HOURS.window_for(DUTCH, at("2026-11-22 10:00", NEW_YORK), Whereabouts(zone=NEW_YORK))
    assert told(found, NEW_YORK) == "from Sun 22 12:00"
    assert HOURS.caps_for(DUTCH, Whereabouts(zone=NEW_YORK)).per_24_hours == 3


def test_an_american_of_whom_nothing_is_known_has_the_strictest_hours_in_every_zone() -> None:
    monday = at("2026-11-23 10:00", NEW_YORK)
    assert window(TOLL_FREE, monday, zone="Pacific/Honolulu") == "from Mon 23 10:00"
    assert (
        window(TOLL_FREE, at("2026-11-23 10:00", "Pacific/Honolulu"), zone=NEW_YORK) == "until Mon 23 18:00"
    )
    assert window(TOLL_FREE, at("2026-11-26 12:00", "Pacific/Honolulu"), zone=NEW_YORK) == "from Fri 27 15:00"


def test_a_number_of_no_place_is_never_texted() -> None:
    found = HOURS.window_for(Number(SATELLITE), datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert found == NeverOpen("strictest")


def test_hours_that_never_meet_are_never_open() -> None:
    found = with_own({"hours": ["sun 8:00-21:00"]}).window_for(
        Number(FRENCH), datetime(2026, 11, 22, 12, tzinfo=UTC)
    )
    assert isinstance(found, NeverOpen)


def test_the_programs_hours_hold_beside_those_of_the_law() -> None:
    hours = with_own({"hours": ["mon-fri 9:00-22:00"], "closed_on": ["nl"], "cap": 2, "minutes_between": 90})
    assert told(hours.window_for(DUTCH, at("2026-11-23 21:30", AMSTERDAM)), AMSTERDAM) == "until Mon 23 22:00"
    assert told(hours.window_for(DUTCH, at("2026-04-27 12:00", AMSTERDAM)), AMSTERDAM) == "from Tue 28 09:00"
    new_jersey = hours.window_for(Number(NEW_JERSEY), at("2026-11-23 08:30", NEW_YORK))
    assert told(new_jersey, NEW_YORK) == "from Mon 23 09:00"
    late = hours.window_for(Number(NEW_JERSEY), at("2026-11-23 21:30", NEW_YORK))
    assert told(late, NEW_YORK) == "from Tue 24 09:00"
    assert hours.caps_for(DUTCH).per_24_hours == hours.caps_for(Number(FLORIDA)).per_24_hours == 2
    assert hours.caps_for(DUTCH).between == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"hour": []}, "there is no 'hour'; there are hours, closed_on, cap, minutes_between"),
        ({"hours": "mon"}, "hours must be a list"),
        ({"hours": ["mon 8-21"]}, "'mon 8-21' is not written as in"),
        ({"hours": ["maa 8:00-21:00"]}, "is not written as in"),
        ({"hours": ["mon 25:00-26:00"]}, "no clock shows"),
        ({"hours": ["mon 5:59-21:00"]}, "must lie between 06:00 and 23:00"),
        ({"hours": ["mon 8:00-23:30"]}, "must lie between 06:00 and 23:00"),
        ({"hours": ["mon 21:00-8:00"]}, "must lie between"),
        ({"hours": ["mon 8:00-9:00"], "closed_on": ["xx"]}, "no calendar 'xx'; there are fr, nl, us"),
        ({"closed_on": ["nl"]}, "closed_on needs hours"),
        ({"cap": 0}, "cap must be a whole number from 1"),
        ({"minutes_between": True}, "minutes_between must be a whole number"),
    ],
)
def test_mistakes_in_the_programs_hours_are_named(own: dict[str, object], sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        with_own(own)


def test_days_may_run_over_the_end_of_the_week() -> None:
    rule = rule_from("x", ["sat-mon 8:00-9:00"])
    assert [bool(opening) for opening in rule.week] == [True, False, False, False, False, True, True]


NUMBERS: Final = (
    DUTCH.e164, NEW_JERSEY, INDIANA, FLORIDA, TEXAS, FRENCH, TOLL_FREE, "+12055550100", "+14015550100", "+19075550100",
    "+447911123456", "+61491570156", "+79161234567", "+16045550100", "+17875550100", "+819012345678", "+56961234567",
)  # fmt: skip
MOMENTS: Final = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
KNOWN: Final = st.builds(
    Whereabouts,
    zone=st.sampled_from(
        [None, None, AMSTERDAM, NEW_YORK, "Pacific/Apia", "Africa/Cairo", "Australia/Lord_Howe"]
    ),
    state=st.sampled_from([None, None, "RI", "TX", "AK"]),
)


@given(st.sampled_from(NUMBERS), MOMENTS, KNOWN)
def test_the_answer_is_the_first_moment_that_is_allowed_or_the_last(
    number: str, moment: datetime, known: Whereabouts
) -> None:
    match HOURS.window_for(Number(number), moment, known):
        case WaitUntil(when):
            assert when > moment
            assert isinstance(HOURS.window_for(Number(number), when, known), Allowed)
            for earlier in (
                when - timedelta(minutes=1),
                moment + (when - moment) / 2,
                when - timedelta(seconds=1),
            ):
                assert not isinstance(HOURS.window_for(Number(number), max(moment, earlier), known), Allowed)
        case Allowed(until):
            assert moment < until <= moment + timedelta(hours=17)
            assert HOURS.window_for(Number(number), until - timedelta(seconds=1), known) == Allowed(until)
            assert not isinstance(HOURS.window_for(Number(number), until, known), Allowed)
        case NeverOpen():
            pytest.fail("each of these numbers can be texted some time")


@given(st.sampled_from(NUMBERS), MOMENTS, KNOWN)
def test_nobody_is_texted_at_night_on_any_clock_where_they_may_be(
    number: str, moment: datetime, known: Whereabouts
) -> None:
    place = HOURS._place(Number(number), known)
    if isinstance(HOURS.window_for(Number(number), moment, known), Allowed):
        for zone in place.zones:
            assert 8 <= moment.astimezone(ZoneInfo(zone.key)).hour < 22


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-1, None), (0, None), (5, None), (5.9, None), (6, 6), (6.9, 6), (36_000, 36_000), (46_800, 36_000)],
)
def test_a_text_is_valid_no_longer_than_the_window(seconds: float, expected: int | None) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert seconds_left(Allowed(now + timedelta(seconds=seconds)), now) == expected


def test_rules_are_the_same_however_often_they_are_read() -> None:
    again = quiet_hours_from(quiet_hours_document())
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert again.window_for(DUTCH, moment) == HOURS.window_for(DUTCH, moment)
