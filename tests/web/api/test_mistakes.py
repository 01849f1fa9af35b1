"""What is wrong with a request is said in our own sentences, with the field's name and nothing that was sent."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.web.api.conftest import Call, sign_up

SECRET = "0687654321-" * 20
LONG = "x" * 2001
TEXT, EMPTY, OBJECT = "must be text between quotes", "may not be empty", "must be a JSON object"
MOMENT, ADDRESS = "must be a date and time with its offset from UTC", "must be an IP address as text"


def changed(path: str, value: object) -> dict[str, Any]:
    """A right sign-up, but for one field."""
    body = sign_up(particulars={})
    *outer, last = path.split(".")
    part: dict[str, Any] = body
    for name in outer:
        part = part[name]
    part[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        ("number", 612345678, "number", TEXT),
        ("number", None, "number", TEXT),
        ("number", "", "number", EMPTY),
        ("number", SECRET, "number", "may have 40 characters at most"),
        ("evidence", "yes", "evidence", OBJECT),
        ("evidence", [SECRET], "evidence", OBJECT),
        ("evidence.wording", LONG, "evidence.wording", "may have 2,000 characters at most"),
        ("evidence.wording", "\x00", "evidence.wording", "must be text that can be printed"),
        ("evidence.agreed_at", "2026-13-01", "evidence.agreed_at", MOMENT),
        ("evidence.agreed_at", "a-b", "evidence.agreed_at", MOMENT),
        ("evidence.agreed_at", "2026-03-02T12:00:00", "evidence.agreed_at", MOMENT),
        ("evidence.agreed_at", "2026-03-02", "evidence.agreed_at", MOMENT),
        ("evidence.ip", SECRET, "evidence.ip", ADDRESS),
        ("evidence.ip", [], "evidence.ip", ADDRESS),
        ("language", "NL", "language", "must be the two small letters of a language"),
        ("particulars", 5, "particulars", OBJECT),
        ("particulars.first_name", "", "particulars.first_name", EMPTY),
        ("particulars.tags", "garden", "particulars.tags", "must be a JSON list"),
        ("particulars.tags", ["a"] * 51, "particulars.tags", "may hold 50 at most"),
        ("particulars.tags", ["a", 5], "particulars.tags.1", TEXT),
        ("particulars.fields", [], "particulars.fields", OBJECT),
        ("particulars.fields", {SECRET: 5}, "particulars.fields", TEXT),
        ("evidence." + SECRET, 5, "evidence", "there is a field that does not belong here: leave it out"),
        (
            "particulars.first_name",
            "\ud800",
            "particulars.first_name",
            "must be text that can be written as UTF-8",
        ),
    ],
)
def test_a_mistake_in_a_body(call: Call, path: str, value: object, where: str, what: str) -> None:
    refused = call("POST", "/subscribers", changed(path, value))
    one_mistake(refused, where, what)
    assert SECRET not in refused.text


@pytest.mark.parametrize(
    ("query", "where", "what"),
    [
        ("after=x", "after", "must be a whole number"),
        ("after=1.5", "after", "must be a whole number"),
        ("after=-1", "after", "must be 0 or more"),
        (f"after={'9' * 30}", "after", "must be 1,000,000 or less"),
        (f"after={'9' * 5000}", "after", "must be a whole number"),
        ("limit=500", "limit", "must be 200 or less"),
        ("page=2", "the whole", "there is a field that does not belong here: leave it out"),
    ],
)
def test_a_mistake_in_an_address(call: Call, query: str, where: str, what: str) -> None:
    ref = call("POST", "/lookup", {"number": "0612345678"}).json["ref"]
    one_mistake(call("GET", f"/subscribers/{ref}/evidence?{query}"), where, what)


def test_a_mistake_in_a_header(call: Call) -> None:
    refused = call("POST", "/subscribers", sign_up(), key="with spaces in it")
    one_mistake(refused, "Idempotency-Key", "may have letters, digits and signs of ASCII only")
    long = call("POST", "/subscribers", sign_up(), key="x" * 201)
    one_mistake(long, "Idempotency-Key", "may have 200 characters at most")


def one_mistake(refused: Any, where: str, what: str) -> None:
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    (slip,) = refused.json["errors"]
    assert slip["where"] == where
    assert slip["what"].startswith(what)
    assert f"Correct {where} and send the request again" in refused.json["detail"]


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        ("number", "12", "number", "no such phone number can exist"),
        ("number", "020-1234567", "number", ""),
        ("language", "xx", "language", "the program has no texts in that language, only in en, nl"),
        (
            "particulars.zone",
            "Mars/Olympus",
            "particulars.zone",
            "must be a time zone such as Europe/Amsterdam",
        ),
        ("particulars.tags", ["a,b"], "particulars.tags", ""),
        ("particulars.fields", {"9": "x"}, "particulars.fields", ""),
    ],
)
def test_a_value_that_cannot_be_used_is_said_of_its_field(
    call: Call, path: str, value: object, where: str, what: str
) -> None:
    refused = call("POST", "/subscribers", changed(path, value))
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    (slip,) = refused.json["errors"]
    assert (slip["where"], refused.json["detail"]) == (where, f"{where}: {slip['what']}")
    assert slip["what"].startswith(what)


def test_a_number_that_is_looked_up_in_vain_is_said_of_its_field(call: Call) -> None:
    assert [slip["where"] for slip in call("POST", "/lookup", {"number": "12"}).json["errors"]] == ["number"]


def test_everything_that_is_missing_is_named_at_once(call: Call) -> None:
    refused = call("POST", "/subscribers", {"evidence": {}}).json
    missing: Mapping[str, str] = {slip["where"]: slip["what"] for slip in refused["errors"]}
    fields = ["number", *(f"evidence.{name}" for name in ("wording", "agreed_at", "page", "age_statement"))]
    assert missing == dict.fromkeys(fields, "is missing, and has to be given")
    assert f"Correct {', '.join(fields)} and send" in refused["detail"]


def test_no_sentence_is_the_librarys(call: Call) -> None:
    bodies = [
        changed(path, value)
        for path in ("number", "evidence", "language", "particulars")
        for value in (5, [], {}, "", None)
    ]
    said = [
        slip["what"] for body in bodies for slip in call("POST", "/subscribers", body).json.get("errors", [])
    ]
    assert said
    assert [each for each in said if each.startswith(("Input", "Field", "String", "List", "Value"))] == []
