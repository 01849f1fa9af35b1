"""Words of stopping and joining that another word turns round: a no, a question, a quotation, a wish to stay."""

import pytest

from app.domain.intent import read
from app.domain.signal import Signal
from tests.domain.programs import shop

STOP, UNCLEAR, OTHER = Signal.STOP, Signal.UNCLEAR, Signal.OTHER


@pytest.mark.parametrize("body", ["Weer aanmelden? Nee!", "START? Nein danke", "ok sorry nee", "OK? Nope"])
def test_a_refusal_never_opts_in(body: str) -> None:
    assert read(body, shop()).signal is OTHER


@pytest.mark.parametrize(
    "body",
    [
        "aanmelden? opdonderen!",
        "start opdonderen",
        "START?? pfff idioten",
        "doorgaan kanker",
        "Subscribe? wtf",
        "sign up? unfortunately",
        "Join? 🤬🤮",
        "Continue 😡",
        "Start already?",
        "Inschrijving volledig?",
        "continue first",
        "contineu",
        "Restart?",
        "start pakket",
    ],
)
def test_scorn_a_question_or_anything_but_courtesy_beside_an_opt_in_word_is_no_consent(body: str) -> None:
    assert read(body, shop()).signal is not Signal.START


@pytest.mark.parametrize(
    "body",
    [
        "Start aub",
        "graag weer aanmelden, dank u wel",
        "START met vriendelijke groet, Anja",
        "start. fijne dag!",
        "Hi, subscribe please",
        "start vielen dank",
        "start bvd",
        "aanmelden 👍",
    ],
)
def test_courtesy_beside_an_opt_in_word_changes_nothing(body: str) -> None:
    assert read(body, shop()).signal is Signal.START


@pytest.mark.parametrize("body", ["nee stop", "Nee, afmelden aub", "START? nee STOP", "STOP? please"])
def test_a_stop_word_beside_a_no_is_a_stop_word(body: str) -> None:
    assert read(body, shop()).signal is STOP


@pytest.mark.parametrize(
    "body",
    [
        "I want them to stop",
        "I want them off my phone",
        "somebody put me back on your list, take me off",
        "I still want you to stop texting me",
        "ik wil juist geen sms meer",
        "dit is niet de bedoeling, geen sms aub",
        "Can't you stop texting me?",
        "waarom stop je niet met sms sturen",
    ],
)
def test_who_names_a_wish_or_a_denial_and_stops_is_understood(body: str) -> None:
    assert read(body, shop()).signal is STOP


@pytest.mark.parametrize(
    "body",
    [
        "kun je niet gewoon stoppen met sms'en",
        "don't keep me on this list",
        "you didn't unsubscribe me, still getting texts",
        "jullie hebben me weer op de lijst gezet, eraf",
        "ik wil juist stoppen",
        "if you do not unsubscribe me I'll complain",
        "als u mij niet uitschrijft dien ik een klacht in",
        "these texts won't stop",
        "reply STOP doesn't work, stop texting",
        "text STOP to opt out? ok: STOP",
    ],
)
def test_a_threat_a_reproach_or_a_request_beside_a_quotation_is_seen(body: str) -> None:
    assert read(body, shop()).signal in {STOP, UNCLEAR}


@pytest.mark.parametrize(
    "body",
    [
        "stop aub niet met de berichten",
        "verwijder mij aub niet",
        "I don't want to opt out",
        "please do not opt me out!",
    ],
)
def test_a_denial_with_courtesy_between_is_a_denial(body: str) -> None:
    assert read(body, shop()).signal is OTHER


@pytest.mark.parametrize(
    "body",
    [
        "Klaverblad: 20% korting op alle accu's t/m zondag. Stop? Sms STOP",
        "STOP\nOn Monday Klaverblad wrote: 20% off. Reply STOP to opt out",
        "Replying STOP does nothing. Remove this number.",
        "Reply STOP",
        "STOP naar 3010",
    ],
)
def test_a_quotation_that_may_be_meant_is_for_a_person(body: str) -> None:
    assert read(body, shop()).signal is UNCLEAR


def test_a_quotation_that_asks_nothing_is_left_alone() -> None:
    assert read("Fwd: 20% off everything https://example.org Stop? Text STOP", shop()).signal is OTHER


@pytest.mark.parametrize(
    "body",
    [
        "STOP Zalando",
        "Zonneroos STOP",
        "afmelden bij klaverblad",
        "Unsubscribe? Never!",
        "Afmelden? Nee hoor!",
        "Stop? Nope",
    ],
)
def test_a_stop_word_with_a_name_or_asked_back_is_for_a_person(body: str) -> None:
    assert read(body, shop()).signal is UNCLEAR


@pytest.mark.parametrize(
    "body",
    [
        "I give permission to text me",
        "I consent to receive marketing texts",
        "ik wil niet dat jullie me uitschrijven",
        "geen mail maar sms graag",
        "bel me niet, stuur een sms",
        "krijg geen sms meer van jullie, wil ze graag weer ontvangen",
    ],
)
def test_who_consents_or_wants_our_messages_is_not_taken_off(body: str) -> None:
    assert read(body, shop()).signal in {UNCLEAR, OTHER}


@pytest.mark.parametrize(
    "body", ["please don't email, text me", "don't call me. Text me please", "don't call, just text"]
)
def test_who_asks_for_texts_instead_of_something_else_is_no_stop(body: str) -> None:
    assert read(body, shop()).signal in {UNCLEAR, OTHER}


@pytest.mark.parametrize("body", ["don't text, call me", "stop texting, email me", "geen sms, mail maar"])
def test_who_asks_for_something_else_instead_of_texts_is_seen(body: str) -> None:
    assert read(body, shop()).signal in {STOP, UNCLEAR}
