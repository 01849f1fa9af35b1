"""Finding people in the console: by any notation or by their last digits, and what is said when there is nobody."""

from collections.abc import Callable

import pytest

from app.bootstrap import Gateway
from app.domain.number import Number
from app.services.staff_care import Who
from tests.console.conftest import ANNA, CARL
from tests.console.staff import Desk, path

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("written", ["0612345678", "+31 6 1234 5678", "0031612345678", "(06) 12-34-56-78"])
def test_a_number_is_found_in_any_notation_and_stands_in_no_address(
    desk: Desk, gateway: Gateway, written: str
) -> None:
    answer = desk.post("/search", q=written)
    assert (answer.status_code, answer.location) == (303, path(gateway, ANNA))
    assert "12345678" not in answer.location
    page = desk.get(answer.location).text
    assert "Subscribed" in page
    assert ANNA.masked in page
    assert "12345678" not in page


def test_somebody_who_texted_is_found_though_the_tables_do_not_know_the_range(
    desk: Desk, gateway: Gateway, texts: Callable[[Number, str], None]
) -> None:
    new = Number("+31600000077")
    texts(new, "START")
    answer = desk.post("/search", q="+31 6 0000 0077")
    assert (answer.status_code, answer.location) == (303, path(gateway, new))
    assert "Subscribed" in desk.get(answer.location).text


def test_the_last_four_digits_find_everybody_whose_number_ends_so(desk: Desk, gateway: Gateway) -> None:
    answer = desk.post("/search", q="5678")
    assert "2 numbers end on 5678" in answer.text
    assert path(gateway, ANNA) in answer.text
    assert path(gateway, CARL) in answer.text
    assert desk.post("/search", q="…45678").location == path(gateway, ANNA)
    assert "0 numbers end on 0000" in desk.post("/search", q="0000").text


def test_what_is_to_do_stands_on_the_first_page_and_not_among_who_was_found(desk: Desk) -> None:
    assert "waits for a decision" in desk.get("/").text
    assert "waits for a decision" not in desk.post("/search", q="5678").text


def test_an_erased_person_is_not_found_by_their_last_digits(desk: Desk, gateway: Gateway) -> None:
    gateway.staff.care.note(ANNA, "about Anna", Who("test"))
    gateway.erase_subscriber.here(ANNA, reason="asked", actor="test")
    assert desk.post("/search", q="5678").location == path(gateway, CARL)
    assert gateway.staff.care.of(ANNA) == []


def test_the_number_of_an_erased_person_is_answered_with_what_that_means(
    desk: Desk, gateway: Gateway
) -> None:
    gateway.erase_subscriber.here(ANNA, reason="asked", actor="test")
    answer = desk.post("/search", q="06 12345678")
    assert answer.status_code == 200
    assert "Erased at their request" in answer.text
    assert ANNA.masked in answer.text
    assert gateway.program.sender in answer.text
    assert "612345678" not in answer.text


@pytest.mark.parametrize(
    "text", ["", "  ", "12", "hello", "<script>alert(1)</script>", "+31 6", "=1+1", "9" * 60, "\x00"]
)
def test_what_is_no_number_is_told_so_and_stays_in_the_box(desk: Desk, text: str) -> None:
    answer = desk.post("/search", q=text)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<script>alert" not in answer.text


def test_nobody_is_an_answer_with_what_to_do_next(desk: Desk, gateway: Gateway) -> None:
    page = desk.get(desk.post("/search", q="06 22222222").location).text
    assert "Nothing is known of this number." in page
    assert gateway.program.sender in page
