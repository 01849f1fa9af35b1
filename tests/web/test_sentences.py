"""Moments in stored sentences are shown in the reader's form, whatever a shop has handed in."""

import pytest

from app.bootstrap import Gateway
from app.web.factory import create_app
from app.web.sentences import moment


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-03-31T14:05:00+02:00", "31 mrt 2026 12:05:00 UTC"),
        ("till", "till"),
        # What an empty date of a shop's system may become.
        ("0001-01-01T00:00:00+02:00", "0001-01-01T00:00:00+02:00"),
        ("9999-12-31T23:59:59-02:00", "9999-12-31T23:59:59-02:00"),
    ],
)
def test_a_moment_is_shown_in_the_readers_form_and_what_is_none_as_it_is(
    gateway: Gateway, written: str, shown: str
) -> None:
    with create_app(gateway).test_request_context("/"):
        assert moment(written) == shown
