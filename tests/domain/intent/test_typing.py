"""Slips of the pen, keys held down, look-alikes, letters spelled out; and words that only look like one."""

# ruff: noqa: RUF001 - signs that look like others are what is tested here

import pytest

from app.domain.intent import read
from app.domain.signal import Signal
from tests.domain.programs import shop


@pytest.mark.parametrize(
    "body",
    [
        "STPO",
        "STP",
        "stoppp",
        "SSSTTTOOOPPP",
        "st0p",
        "5top",
        "$top",
        "st0ppen",
        "S T O P",
        "s.t.o.p",
        "S-T-O-P!",
        "ｓｔｏｐ",
        "ЅТОР",
        "ΣTOP",
        "ꜱᴛᴏᴘ",
        "🅢🅣🅞🅟",
        "🇸🇹🇴🇵",
        "s\u0336t\u0336o\u0336p",
        "sto p",
        "UITSCHRJVEN",
        "uitschirjven",
        "uitschrijvenn",
        "uitschrijen",
        "unsuscribe",
        "unsubscrbe",
        "UNSUBSCIRBE",
        "unsubscr1be",
        "annulleren",
        "afmeldne",
        "canel",
        "cancell",
        "beeindigen",
        "un subscribe",
        "uitschrĳven",
        "🛑",
        "⛔️",
        "‘stop’",
        "stop🙏",
        "STOP!!!1",
        "(stop)",
        "*STOP*",
        "_stop_",
        "stop\x00",
    ],
)
def test_a_stop_word_is_recognised_however_it_is_typed(body: str) -> None:
    assert read(body, shop()).signal is Signal.STOP


@pytest.mark.parametrize(
    "body",
    [
        "shop",
        "step",
        "top",
        "stap",
        "send",
        "star",
        "spot",
        "stoep",
        "stopt",
        "stops",
        "stopper",
        "stapper",
        "stappen",
        "stampen",
        "shoppen",
        "cancer",
        "cancelled",
        "remote",
        "remover",
        "afbelden",
        "aftelden",
        "uitschuiven",
        "uitschijnen",
        "annuleert",
        "subscriber",
        "inschrijver",
        "berichten",
        "stopcontact",
        "stoplicht",
        "endes",
        "quiz",
        "1234",
        "s t u k",
        "op",
        "t o p",
        "ui",
        "unicorn",
        "communicatie",
    ],
)
def test_a_word_of_its_own_is_no_slip_of_a_stop_word(body: str) -> None:
    assert read(body, shop()).signal is Signal.OTHER


@pytest.mark.parametrize(
    ("body", "signal"),
    [
        ("stop, help", Signal.STOP),
        ("help stop", Signal.STOP),
        ("START? nee STOP", Signal.STOP),
        ("start graag", Signal.START),
        ("start de motor", Signal.OTHER),
        ("help aub", Signal.HELP),
        ("ja start", Signal.START),
        ("help start", Signal.HELP),
        ("?!?", Signal.HELP),
        ("...", Signal.OTHER),
        ("", Signal.OTHER),
        ("  \n", Signal.OTHER),
        ("🙏", Signal.OTHER),
        ("JA HOOR!", Signal.CONFIRM),
    ],
)
def test_one_meaning_comes_of_several_keywords(body: str, signal: Signal) -> None:
    assert read(body, shop()).signal is signal


def test_a_slip_in_a_very_long_message_is_left_as_it_is() -> None:
    assert read("uitschrjven", shop()).signal is Signal.STOP
    story = " ".join(f"ja{number}" for number in range(100))
    assert read(f"{story} uitschrjven", shop()).signal is Signal.OTHER


def test_the_end_of_a_very_long_message_is_read() -> None:
    assert read("bla " * 350 + ". uitschrijven", shop()).signal is Signal.STOP
