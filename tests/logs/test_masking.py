"""Nothing personal leaves through the log, whatever the code above it passed in."""

import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import logs
from app.domain.number import Number
from app.store import keys

E164 = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)
KEYS = st.sampled_from(["row", "reason", "error", "number", "to", "body", "key", "url"])


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged; everything is as it was afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure("DEBUG")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


anything = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def written(stream: io.StringIO) -> str:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    for line in text.splitlines():
        json.loads(line)
    return text


@anything
@given(e164=E164, key=KEYS)
def test_no_number_leaves_through_a_message_or_a_value(lines: io.StringIO, e164: str, key: str) -> None:
    log = structlog.get_logger("test")
    forms = [
        e164,
        f"to {e164}.",
        f"({e164})",
        f"'{e164}'",
        [e164],
        {"a": e164},
        keys.NumberKeys(Number(e164)).record,
    ]
    forms += [f"whatsapp:{e164}", quote(e164), f"?To={quote(e164)}&PageSize=100", f"x{e164}"]
    for form in forms:
        log.info(f"about {form}", **{key: form})  # noqa: G004 - the message itself is what is tried
        logging.getLogger("library").warning("about %s", form)
    text = written(lines)
    assert e164 not in text
    assert e164[1:] not in text


@anything
@given(e164=E164)
def test_no_number_leaves_through_an_exception(lines: io.StringIO, e164: str) -> None:
    for log in (structlog.get_logger("test"), logging.getLogger("library")):
        try:
            try:
                raise ValueError(f"cannot send to {e164}")  # noqa: TRY301 - chained on purpose
            except ValueError as error:
                raise RuntimeError(f"https://api/?To={quote(e164)}") from error
        except RuntimeError:
            log.exception("failed")
    text = written(lines)
    assert "RuntimeError" in text
    assert e164[1:] not in text


@anything
@given(e164=E164)
def test_no_number_leaves_as_the_name_of_a_value(lines: io.StringIO, e164: str) -> None:
    structlog.get_logger("test").info("hello", **{f"sent {e164}": 1})
    assert e164[1:] not in written(lines)


@pytest.mark.parametrize("number", [31612345678, "31612345678", "0612345678"])
def test_numbers_in_other_forms_are_masked_too(lines: io.StringIO, number: object) -> None:
    structlog.get_logger("test").info(f"about {number}", what=number)
    assert str(number) not in written(lines)


def test_bodies_and_arguments_are_left_out(lines: io.StringIO) -> None:
    secret = dict.fromkeys(("body", "words", "to", "from_", "number", "args", "url"), "geheim")
    structlog.get_logger("test").info("hello", **secret)
    assert "geheim" not in written(lines)


@pytest.mark.parametrize(
    "written_as",
    ["06-12345678", "+31 6 12345678", "tel:0612345678", "+31 (0)6 1234 5678", "06 12 34 56 78", "0031 6 12345678",
     "To=%2B31%206%2012345678", "06.12345678", "sms:+31-6-1234-5678", "06\u00a012345678"],
)  # fmt: skip
def test_numbers_as_people_write_them_are_masked(lines: io.StringIO, written_as: str) -> None:
    log = structlog.get_logger("test")
    log.info(f"about {written_as}, who", what=[written_as], more={"a": (written_as,)})  # noqa: G004
    assert "5678" not in written(lines).replace(" ", "").replace("-", "")


@pytest.mark.parametrize("key", ["Body", "TEXT", "text", "From", "Words"])
def test_bodies_are_left_out_in_any_writing_and_however_deep(lines: io.StringIO, key: str) -> None:
    log = structlog.get_logger("test")
    log.info("hello", **{key: "geheim"})
    log.info("hello", form={key: "geheim"}, many=[{"one": {key: "geheim"}}])
    log.info("hello", endless=[[[[[[[["geheim"]]]]]]]])
    assert "geheim" not in written(lines)


def test_what_is_nested_keeps_its_form(lines: io.StringIO) -> None:
    structlog.get_logger("test").info("hello", counts={"sent": 3, "codes": [30005, None, True]})
    assert json.loads(lines.getvalue())["counts"] == {"sent": 3, "codes": [30005, None, True]}


@pytest.mark.parametrize(
    "plain",
    ["2026-11-22 21:33:13", "0-0123456789abcdef", "0-0123456789012345", "127.0.0.1:8000", "0.0123456789"],
)
def test_what_is_no_number_stays(lines: io.StringIO, plain: str) -> None:
    structlog.get_logger("test").info("hello", what=plain)
    assert plain in written(lines)


def test_what_is_needed_to_follow_a_message_stays(lines: io.StringIO) -> None:
    structlog.get_logger("test").info(
        "reply", row="118-0123456789abcdef", posted="Accepted", code=30005, ok=True
    )
    entry = json.loads(lines.getvalue())
    assert (entry["row"], entry["posted"], entry["code"], entry["ok"]) == (
        "118-0123456789abcdef", "Accepted", 30005, True
    )  # fmt: skip
    assert entry["level"] == "info"
    assert entry["timestamp"].endswith("Z")


def test_a_reference_of_digits_alone_can_be_followed_too(lines: io.StringIO) -> None:
    structlog.get_logger("test").info("reply", row="118-0123456789012345")
    assert "118-0123456789012345" in written(lines)
