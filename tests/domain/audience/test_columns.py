"""Which column is what: by its heading in several languages, or as it was said."""

import re

import pytest

from app.domain.audience.columns import HEADINGS, Column, assign, missing_evidence, passed_over, plain
from app.domain.errors import BadInput


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Phone", "First Name", "Opt-in date", "Source"], ["number", "first_name", "when", "where"]),
        (["Mobiel nummer", "Achternaam", "Taal"], ["number", "last_name", "language"]),
        (["Prénom", "Téléphone mobile", "Code postal"], ["first_name", "number", "postcode"]),
        (["Handynummer", "Nachname", "PLZ"], ["number", "last_name", "postcode"]),
    ],
)
def test_headings_of_four_languages_are_understood(header: list[str], columns: list[str]) -> None:
    assert list(assign(header, {}).values()) == columns


def test_no_heading_means_two_things() -> None:
    every = [heading for headings in HEADINGS.values() for heading in headings.split()]
    assert len(every) == len(set(every))
    assert all(heading == plain(heading) for heading in every)


def test_what_is_said_comes_before_what_a_heading_looks_like() -> None:
    found = assign(
        ["phone", "mobile", "Shop", "Name"], {"MOBILE": "number", "shop": "f.Home shop", "name": "ignore"}
    )
    assert found == {1: "number", 2: "f.home_shop"}


def test_of_two_that_look_alike_the_first_has_it() -> None:
    assert assign(["", "phone", "mobile"], {}) == {1: "number"}


@pytest.mark.parametrize(
    ("header", "said", "passed"),
    [
        (["phone", "name", "Mobile", "PHONE"], {}, [("number", 0, 2), ("number", 0, 3)]),
        (["phone", "mobile"], {"mobile": "ignore"}, []),
        (["phone", "mobile"], {"mobile": "number"}, []),
        (["phone", "", ""], {}, []),
        (["phone", "zip", "plz"], {"zip": "f.zip"}, []),
    ],
)
def test_a_column_that_another_one_leaves_nothing_to_is_told_unless_somebody_chose(
    header: list[str], said: dict[str, str], passed: list[tuple[str, int, int]]
) -> None:
    assert list(passed_over(header, assign(header, said), said)) == passed


@pytest.mark.parametrize(
    ("header", "said", "sentence"),
    [
        (["a", "b"], {}, "--map COLUMN=number"),
        (["phone"], {"c": "number"}, "there is no column 'c'; there are 'phone'"),
        (["phone"], {"phone": "email"}, "cannot hold 'email'"),
        (["a", "b"], {"a": "number", "b": "number"}, "two columns cannot both hold"),
        (["phone", "b"], {"b": "f.1"}, "name of a field"),
        (
            ["Phone", "b", "PHONE "],
            {"phone": "number"},
            "column 1 ('Phone') and column 3 ('PHONE ') have the same",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(header: list[str], said: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput, match=re.escape(sentence)):
        assign(header, said)


def test_proof_may_stand_in_a_column_or_be_said_for_the_whole_file() -> None:
    columns = {0: "number", 1: "when"}
    assert missing_evidence(columns, {}) == [Column.WHERE, Column.WORDING]
    assert missing_evidence(columns, {Column.WHERE: "till", Column.WORDING: "v1"}) == []
