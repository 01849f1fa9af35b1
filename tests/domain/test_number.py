"""Numbers: what is read as one, what is refused, and that none prints itself."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.number import NotMobile, Number, find_number, parse_mobile, parse_number

E164 = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)


@given(E164)
def test_no_way_of_printing_shows_the_whole_number(e164: str) -> None:
    number = Number(e164)
    for text in (repr(number), str(number), f"{number}", f"{number!r}", "%s" % number, f"{[number]}"):  # noqa: UP031
        assert e164 not in text
        assert e164[3:] not in text


def test_a_masked_number_can_be_recognised() -> None:
    assert str(Number("+31612345678")) == "+31••••••678"
    assert repr(Number("+31612345678")) == "Number(+31••••••678)"


@pytest.mark.parametrize(
    "text",
    ["", "31612345678", "+0612345678", "+316", "+" + "1" * 16, "+3161234567a", " +31612345678", "+31612345678\n",
     "+٣١٦١٢٣٤٥٦٧٨", "whatsapp:+31612345678"],
)  # fmt: skip
def test_only_e164_is_a_number(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        Number(text)
    assert str(refused.value) == "a number in E.164 has a plus and 7 to 15 digits, such as +31612345678"


@pytest.mark.parametrize(
    "written",
    ["0612345678", "06-12345678", "06 12 34 56 78", "+31 (0)6 1234 5678", "0031612345678", "31612345678",
     "+310612345678", " +31612345678 ", "06.12.34.56.78", "06\u00a012345678", "06/12345678"],
)  # fmt: skip
def test_dutch_ways_of_writing_one_number_are_one_number(written: str) -> None:
    assert parse_number(written, "NL") == Number("+31612345678")


@pytest.mark.parametrize(
    ("written", "region", "e164"),
    [
        ("(202) 555-0100", "US", "+12025550100"),
        ("+12025550199", "NL", "+12025550199"),
        ("+3197010200000", "NL", "+3197010200000"),
        ("0491 570 006", "AU", "+61491570006"),
        ("070-174 06 05", "SE", "+46701740605"),
        ("+447911123456", "NL", "+447911123456"),
    ],
)
def test_numbers_of_other_kinds_and_countries_are_read(written: str, region: str, e164: str) -> None:
    assert parse_number(written, region).e164 == e164


@pytest.mark.parametrize(
    "written",
    ["12345", "+31600000000", "0671234567", "0691234567", "+15555550100", "07700 900123x", "whatsapp:+31612345678",
     "rcs:+31612345678",
     "0612345678 ext 5", "06CALLNOW", "\uff0b31612345678", "٠٦١٢٣٤٥٦٧٨", "06;12345678", "tel:0612345678",
     "", " ", "+", "()", "+31612345678+31612345678"],
)  # fmt: skip
def test_what_no_phone_number_can_be_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_number(written, "NL")
    said = str(refused.value).replace("+31 6 12345678", "")
    assert len(written) < 3 or written not in said
    assert "\n" not in said


@pytest.mark.parametrize("written", ["+31600000077", "+31 6 0000 0077", " +31-6-00000077 "])
def test_somebody_is_found_by_a_full_number_that_cannot_exist(written: str) -> None:
    assert find_number(written, "NL") == Number("+31600000077")


@pytest.mark.parametrize(
    "written", ["0600000077", "+31 (0)600000077", "whatsapp:+31600000077", "+316", "12345"]
)
def test_what_is_no_full_number_either_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        find_number(written, "NL")


def test_a_number_that_can_exist_is_found_in_any_notation() -> None:
    assert find_number("06-12345678", "NL") == find_number("+31 (0)612345678", "NL") == Number("+31612345678")


@pytest.mark.parametrize(
    "copied",
    [
        "\u202a+31 6 12345678\u202c",
        "06\u201312345678",
        "+31\u202f6\u202f1234\u202f5678",
        "\u206806\u201112345678\u2069",
    ],
)
def test_a_number_copied_from_an_address_book_or_a_page_is_found(copied: str) -> None:
    assert find_number(copied, "NL") == Number("+31612345678")


def test_an_unknown_region_is_a_bad_number_not_a_crash() -> None:
    with pytest.raises(BadInput, match="XX was assumed"):
        parse_number("0612345678", "XX")


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text, "NL")
    except BadInput:
        return
    assert number.e164.startswith("+")


@pytest.mark.parametrize(
    ("written", "region"), [("0612345678", "NL"), ("(202) 555-0100", "US"), ("0151 12345678", "DE")]
)
def test_a_mobile_number_is_read_like_any_other(written: str, region: str) -> None:
    assert parse_mobile(written, region) == parse_number(written, region)


@pytest.mark.parametrize("written", ["0201234567", "0881234567", "08001234", "0900 1234", "+15005550006"])
def test_what_receives_no_texts_is_told_apart_from_what_does_not_exist(written: str) -> None:
    parse_number(written, "NL")
    with pytest.raises(NotMobile):
        parse_mobile(written, "NL")


@given(
    st.sampled_from(["0", "+31", "+1", "+44", "+49", "0031"]),
    st.integers(10**7, 10**10 - 1),
    st.sampled_from(["NL", "US"]),
)
def test_a_number_is_taken_exactly_when_the_library_calls_it_valid(
    prefix: str, digits: int, region: str
) -> None:
    written = f"{prefix}{digits}"
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        valid = False
    try:
        assert valid == bool(parse_number(written, region))
    except BadInput:
        assert not valid
