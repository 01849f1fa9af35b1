"""The table of the US against libphonenumber's own, and every row of the rules."""

from datetime import UTC, date, datetime
from itertools import chain
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import geocoder, timezone
from phonenumbers.tzdata import TIMEZONE_DATA

from app.domain.number import Number
from app.domain.quiet_hours import Allowed, Whereabouts
from app.domain.quiet_hours.places import zones_of
from app.domain.region import region_of
from app.rule_files import quiet_hours_document
from tests.domain.quiet_hours.hours import HOURS

DOCUMENT = quiet_hours_document()
STATES = DOCUMENT["us"]["states"]
NAMES = """Alabama AL Alaska AK Arizona AZ Arkansas AR California CA Colorado CO Connecticut CT Delaware DE
    Washington_D.C. DC Florida FL Georgia GA Hawaii HI Idaho ID Illinois IL Indiana IN Iowa IA Kansas KS Kentucky KY
    Louisiana LA Maine ME Maryland MD Massachusetts MA Michigan MI Minnesota MN Mississippi MS Missouri MO Montana MT
    Nebraska NE Nevada NV New_Hampshire NH New_Jersey NJ New_Mexico NM New_York NY North_Carolina NC North_Dakota ND
    Ohio OH Oklahoma OK Oregon OR Pennsylvania PA Rhode_Island RI South_Carolina SC South_Dakota SD Tennessee TN
    Texas TX Utah UT Vermont VT Virginia VA Washington_State WA West_Virginia WV Wisconsin WI Wyoming WY"""
CODES = {
    name.replace("_", " "): code for name, code in zip(NAMES.split()[::2], NAMES.split()[1::2], strict=True)
}


def american(area_code: int) -> phonenumbers.PhoneNumber:
    return phonenumbers.PhoneNumber(country_code=1, national_number=int(f"{area_code}2345678"))


def described(number: phonenumbers.PhoneNumber) -> str:
    """The state as libphonenumber has it: "New Jersey", "Chicago, IL" or, for what has no place, a country."""
    text = geocoder.description_for_number(number, "en")
    return CODES.get(text, text.rpartition(", ")[2])


def test_every_area_code_of_the_us_is_in_the_state_that_libphonenumber_says() -> None:
    states = HOURS.states.by_area_code
    for code in range(200, 1000):
        number = american(code)
        if phonenumbers.region_code_for_number(number) == "US" and phonenumbers.is_valid_number(number):
            found = described(number)
            if found in STATES:
                assert states[str(code)] == found, code
            else:
                assert str(code) not in states, code
        else:
            assert str(code) not in states, code


def test_there_are_fifty_states_and_the_capital() -> None:
    assert set(STATES) == set(CODES.values())
    assert len(STATES) == 51
    codes = list(chain.from_iterable(row["area_codes"].split() for row in STATES.values()))
    assert len(codes) == len(set(codes)) == 359


@pytest.mark.parametrize(
    ("postcode", "state"),
    [
        ("10001", "NY"), ("00501", "NY"), ("02108", "MA"), ("05501", "MA"), ("05401", "VT"), ("20001", "DC"),
        ("20101", "VA"), ("22202", "VA"), ("20850", "MD"), ("33101", "FL"), ("36104", "AL"), ("39201", "MS"),
        ("60601", "IL"), ("63101", "MO"), ("66101", "KS"), ("73301", "TX"), ("73101", "OK"), ("77001", "TX"),
        ("88510", "TX"), ("83702", "ID"), ("84101", "UT"), ("87501", "NM"), ("89101", "NV"), ("96701", "HI"),
        ("98101", "WA"), ("99501", "AK"), ("06101", "CT"), ("07001", "NJ"), ("19801", "DE"), ("82001", "WY"),
        ("00901", None), ("34002", None), ("09001", None), ("96201", None), ("96910", None),
    ],
)  # fmt: skip
def test_a_postcode_is_in_its_state(postcode: str, state: str | None) -> None:
    assert HOURS.states.by_zip.get(postcode[:3]) == state


def test_no_postcode_is_in_two_states() -> None:
    prefixes = [
        f"{number:03d}"
        for row in STATES.values()
        for first, _, last in (part.partition("-") for part in row["zip"].split())
        for number in range(int(first), int(last or first) + 1)
    ]
    assert len(prefixes) == len(set(prefixes)) > 850


def test_every_rule_and_zone_that_is_named_exists_and_every_rule_is_used() -> None:
    named = {row["rule"] for row in STATES.values()} | set(DOCUMENT["countries"].values())
    named |= {DOCUMENT["unknown"]["rule"], DOCUMENT["us"]["federal"], DOCUMENT["us"]["rule"], "default"}
    assert named == DOCUMENT["rules"].keys()
    zones = set(chain.from_iterable(row["zones"] for row in STATES.values())) | set(
        DOCUMENT["unknown"]["zones"]
    )
    assert zones <= available_timezones()


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_allows_what_both_its_own_rule_and_the_federal_one_allow(state: str) -> None:
    number, known = Number("+12015550123"), Whereabouts(state=state)
    rules = (HOURS.rules["us-federal"], HOURS.rules[STATES[state]["rule"]])
    for day in (22, 23, 26, 28):  # a Sunday, a Monday, Thanksgiving and a Saturday
        for half_hour in range(48):
            moment = datetime(2026, 11, day, half_hour // 2, half_hour % 2 * 30, tzinfo=UTC)
            expected = True
            for zone in STATES[state]["zones"]:
                local = moment.astimezone(ZoneInfo(zone))
                for rule in rules:
                    opening = rule.opening(local.date())
                    expected &= opening is not None and opening.start <= local.time() < opening.end
            assert isinstance(HOURS.window_for(number, moment, known), Allowed) is expected


def test_the_strictest_rule_is_within_every_other() -> None:
    strictest = HOURS.rules["strictest"]
    for rule in HOURS.rules.values():
        assert rule.cap is None or (strictest.cap or 0) <= rule.cap
        for ours, theirs in zip(strictest.week, rule.week, strict=True):
            assert ours is None or (theirs and theirs.start <= ours.start and ours.end <= theirs.end)


def test_the_caps_are_those_of_the_state_or_of_not_knowing_it() -> None:
    capped = {
        state
        for state in STATES
        if HOURS.caps_for(Number("+12015550123"), Whereabouts(state=state)).per_24_hours
    }
    assert capped == {"FL", "OK", "MD", "IN", "ME"}
    assert HOURS.caps_for(Number("+18005550100")).per_24_hours == 3
    assert HOURS.caps_for(Number("+17875550100")).per_24_hours == 3
    assert HOURS.caps_for(Number("+31612345678")).per_24_hours is None


def examples() -> list[str]:
    found = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            number = phonenumbers.example_number_for_type(region, kind)
            if number:
                found.append(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return found


@pytest.mark.parametrize("e164", examples())
def test_zones_are_those_of_libphonenumber(e164: str) -> None:
    parsed = phonenumbers.parse(e164)
    assert zones_of(Number(e164)) == tuple(timezone.time_zones_for_geographical_number(parsed))


@given(st.integers(200, 999), st.integers(2_000_000, 9_999_999))
def test_zones_of_north_america_are_those_of_libphonenumber_or_none_for_no_place(
    code: int, rest: int
) -> None:
    number = f"+1{code}{rest}"
    theirs = tuple(timezone.time_zones_for_geographical_number(phonenumbers.parse(number)))
    assert zones_of(Number(number)) in {theirs, ()}


@pytest.mark.parametrize(
    ("e164", "region"),
    [
        ("+31612345678", "NL"), ("+12015550123", "US"), ("+16045550100", "CA"), ("+17875550100", "PR"),
        ("+262639980000", "RE"), ("+33639980000", "FR"), ("+881612345678", "ZZ"), ("+80012345678", "ZZ"),
        ("+15555550100", "ZZ"), ("+999123456789", "ZZ"),
    ],
)  # fmt: skip
def test_the_country_of_a_number(e164: str, region: str) -> None:
    assert region_of(Number(e164)) == region


def test_every_zone_that_a_number_can_have_is_known_here() -> None:
    assert set(chain.from_iterable(TIMEZONE_DATA.values())) <= available_timezones()


def test_the_rules_say_of_what_day_they_are() -> None:
    assert isinstance(DOCUMENT["as_of"], date)
