"""Who denies wanting to leave stays: no sum of words makes a request of it."""

import pytest

from app.domain.intent import read
from app.domain.intent.message import Message
from app.domain.intent.staying import denies_to_end
from app.domain.signal import Signal
from tests.domain.programs import shop


@pytest.mark.parametrize(
    ("body", "denied"),
    [
        ("please don't stop", True),
        ("don't stop texting me", True),
        ("I won't unsubscribe", True),
        ("ik wil niet dat jullie stoppen", True),
        ("stop niet met sturen! niet afmelden", True),
        ("niet stoppen. maar stop de bus", False),
        ("please stop", False),
        ("ik kan me niet afmelden", False),
        ("didn't I unsubscribe last week", False),
        ("this is not for me", False),
        ("these texts won't stop", False),
        ("die irritante berichten stoppen niet", False),
        ("I hope these texts don't stop", True),
        ("remmen stoppen niet", True),
        ("", False),
    ],
)
def test_every_word_of_ending_has_to_be_denied(body: str, *, denied: bool) -> None:
    assert denies_to_end(Message(body, shop().lexicon)) is denied


def test_words_that_clearly_ask_are_seen_though_the_ending_looks_denied() -> None:
    assert read("nooit gevraagd haal me eraf", shop()).signal is Signal.UNCLEAR


@pytest.mark.parametrize("body", ["please don't stop texting me", "I don't want to stop getting texts"])
def test_a_denied_request_is_an_ordinary_message(body: str) -> None:
    assert read(body, shop()).signal is Signal.OTHER


@pytest.mark.parametrize(
    "body",
    ["ik kan me niet afmelden", "can't unsubscribe", "I cannot opt out of this", "kan mij niet uitschrijven"],
)
def test_who_is_unable_to_leave_is_for_a_person_at_least(body: str) -> None:
    assert read(body, shop()).signal in {Signal.UNCLEAR, Signal.STOP}


@pytest.mark.parametrize("body", ["kan het bericht niet verzenden", "kan bericht niet versturen"])
def test_what_only_does_not_work_is_no_request(body: str) -> None:
    assert read(body, shop()).signal is not Signal.STOP


@pytest.mark.parametrize(
    "body", ["wilde me afmelden maar ik blijf toch", "was going to unsubscribe but I'm staying"]
)
def test_who_stays_after_all_is_not_taken_off(body: str) -> None:
    assert read(body, shop()).signal is not Signal.STOP
