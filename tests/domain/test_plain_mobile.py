"""What is recognised at once is exactly what the library would have said, in every region."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import (
    SUPPORTED_REGIONS,
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberType,
)

from app.domain.plain_mobile import plain_mobile

REGIONS = sorted(SUPPORTED_REGIONS)
KINDS = [*range(11), 27, 28]


def by_the_library(written: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(written, region)
    except NumberParseException:
        return None
    if phonenumbers.number_type(number) != PhoneNumberType.MOBILE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def examples(region: str) -> list[str]:
    """Numbers of every kind that the region has, in E.164."""
    found = [phonenumbers.example_number_for_type(region, kind) for kind in KINDS]
    return [phonenumbers.format_number(one, PhoneNumberFormat.E164) for one in found if one]


def notations(e164: str, region: str) -> list[str]:
    code = str(PhoneMetadata.metadata_for_region(region).country_code)
    national = e164.removeprefix(f"+{code}")
    return [
        *(e164, f"0{national}", national, f"+{code}0{national}", f"00{code}{national}"),
        *(f"0{national[:1]}-{national[1:]}", f"+{code} {national[:3]} {national[3:]}", f"{code}{national}"),
    ]


def agrees(written: str, region: str) -> bool:
    plain = plain_mobile(written, region)
    return plain is None or plain == by_the_library(written, region)


@pytest.mark.parametrize("region", REGIONS)
def test_examples_of_every_kind_and_their_neighbours_agree(region: str) -> None:
    for e164 in examples(region):
        near = {e164, e164[:-1], e164 + "0"} | {
            e164[:place] + digit + e164[place + 1 :]
            for place in range(2, min(len(e164), 9))
            for digit in "0123456789"
        }
        for one in near:
            for written in notations(one, region)[: None if one == e164 else 2]:
                assert agrees(written, region), f"{written} in {region}"


@given(
    st.sampled_from(REGIONS),
    st.sampled_from(REGIONS),
    st.text("0123456789", min_size=3, max_size=13),
    st.integers(0, 7),
)
def test_any_digits_agree_wherever_they_are_read(
    region: str, elsewhere: str, digits: str, notation: int
) -> None:
    code = PhoneMetadata.metadata_for_region(region).country_code
    assert agrees(notations(f"+{code}{digits}", region)[notation], elsewhere)


@given(st.text("+0123456789 .-", max_size=16))
def test_any_signs_agree(written: str) -> None:
    assert agrees(written, "NL")


@pytest.mark.parametrize(
    "written",
    ["+31612345678", "0612345678", "06-12345678", "+31 6 1234 5678", "06 12 34 56 78", "06.12345678"],
)
def test_the_usual_notations_are_recognised(written: str) -> None:
    assert plain_mobile(written, "NL") == "+31612345678"


@pytest.mark.parametrize(
    "written",
    [
        "0201234567",
        "0661234567",
        "+31600000000",
        "31612345678",
        "+31 (0)6 12345678",
        "0612345678#",
        "+12025550123",
        *("", "+", "+.", "06--12345678", "06 12345678 ", "\u0660612345678", "+31\u066612345678"),
    ],
)
def test_all_else_is_left_to_the_library(written: str) -> None:
    assert plain_mobile(written, "NL") is None


@pytest.mark.parametrize("region", ["AT", "BE", "CH", "DE", "FR", "IE", "NL", "SE"])
def test_it_serves_more_countries_than_one(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    e164 = phonenumbers.format_number(example, PhoneNumberFormat.E164)
    assert plain_mobile(e164, "US") == e164
