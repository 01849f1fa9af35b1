"""What words weigh decides only where the rules are not certain, and can be added up by hand."""

import pytest

from app.domain.errors import Misconfigured
from app.domain.intent import Rule
from app.domain.intent.features import length_of
from app.domain.intent.leaning import LONGEST, Leaning, Sum, leaning
from app.domain.intent.message import Message
from app.domain.intent.read import read_with
from app.domain.intent.reading import Reading
from app.domain.intent.tipping import (
    ASKS,
    BEYOND,
    CLEARLY,
    EVEN_SO,
    FIRM,
    HALF_SAID,
    HARDLY,
    HELPS,
    HINTS,
    LEAST,
    NO_DOUBT,
    ODD,
    STOPS,
    tipped,
)
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.keywords.weights import LENGTHS, Weights, weights_from
from app.domain.signal import Signal
from app.language_files import language_documents, shipped_weights
from tests.domain.programs import EN, shop

STOP, UNCLEAR, HELP, OTHER = Signal.STOP, Signal.UNCLEAR, Signal.HELP, Signal.OTHER
TABLES = {
    "base": {"base": [-100, -200, -300]},
    "lengths": {"5": [1, 2, 3]},
    "classes": {"cease": [70, 80, 90], "0": [-5, -6, -7]},
    "pairs": {"^ cease": [10, 20, 30], "cease 0": [30, 40, 50], "0 ?": [3, 4, 5]},
    "words": {"quit": [7, 8, 9], "tractor": [-900, 0, 900], "barn": [0, 0, 0]},
    "parts": {"~<ba": [5000, 0, 0], "~rne": [0, 6000, 0], "~rnes": [0, 1, 0], "~es>": [0, 0, 7000]},
    "apart": {"quit ... barn": [0, 0, 40000], "quit ... tractor": [0, 50000, 0]},
    "neighbours": {
        "^ quit": [1000, 2000, 3000],
        "quit barn": [100, 200, 300],
        "barn ?": [11, 12, 13],
        "barn $": [9999, 9999, 9999],
    },
}


def lexicon(weights: Weights) -> Lexicon:
    document = {"keywords": {"stop": ["basta"]}, "classes": {"cease": ["quit", "halt"]}}
    return lexicon_from({EN: document}, weights=weights)


def leans(body: str, weights: Weights) -> Leaning | None:
    known = lexicon(weights)
    return leaning(Message(body, known))


def test_the_weights_of_words_classes_neighbours_and_length_are_added_up() -> None:
    found = leans("quit barn?", weights_from(TABLES))
    assert found == Leaning(
        asks=-100 + 70 + 7 + 10 + 30 - 5 + 3 + 1000 + 100 + 11,
        stops=-200 + 80 + 8 + 20 + 40 - 6 + 4 + 2000 + 200 + 12,
        helps=-300 + 90 + 9 + 30 + 50 - 7 + 5 + 3000 + 300 + 13,
    )
    assert found is not None
    assert found.telling(Sum.ASKS) == ("quit",)


def test_a_word_that_is_not_known_is_weighed_by_its_parts() -> None:
    known, unknown = (leans(body, weights_from(TABLES)) for body in ("tractor barn?", "tractor barnes?"))
    assert known is not None
    assert unknown == Leaning(known.asks - 11 + 5000, known.stops - 12 + 6001, known.helps - 13 + 7000)


def test_words_that_stand_apart_are_weighed_with_one_or_two_between() -> None:
    weights = weights_from(TABLES)
    for body, counted in (("quit a barn", True), ("quit a b barn", True), ("quit a b c barn", False)):
        found = leans(body, weights)
        assert found is not None
        assert (found.helps > 30000) is counted, body
    for body in ("quit. tractor", "tractor a quit", "quit tractor"):
        found = leans(body, weights)
        assert found is not None
        assert found.stops < 40000, body


def test_the_words_that_tell_are_those_that_speak_for_the_sum_that_decided() -> None:
    found = leans("quit tractor?", weights_from(TABLES))
    assert found is not None
    assert found.telling(Sum.ASKS) == ("quit",)
    assert found.telling(Sum.HELPS) == ("quit", "tractor")


def test_what_is_said_twice_counts_once() -> None:
    weights = weights_from(TABLES)
    once, twice = leans("quit barn?", weights), leans("quit barn? quit barn?", weights)
    assert once is not None
    assert twice == Leaning(once.asks + 1, once.stops + 2, once.helps + 3)  # of four words, a step of its own


def test_a_story_or_a_program_without_weights_leans_to_nothing() -> None:
    assert leans("tractor barn " * (LONGEST // 2), weights_from(TABLES)) is not None
    assert leans("tractor barn " * LONGEST, weights_from(TABLES)) is None
    assert leans("tractor", weights_from(TABLES)) is None
    assert leans("quit tractor", Weights()) is None
    assert leans("", weights_from(TABLES)) is None


def test_every_length_stands_on_a_step() -> None:
    assert [length_of(words) for words in (1, 2, 3, LONGEST)] == [LENGTHS[0], LENGTHS[0], LENGTHS[1], LONGEST]


def test_a_class_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured, match="there is no class 'ceese'"):
        weights_from({**TABLES, "classes": {"ceese": [1, 1, 1]}})


@pytest.mark.parametrize(
    ("signal", "asks", "stops", "helps", "becomes"),
    [
        (STOP, HARDLY, HARDLY, 900, STOP),
        (STOP, HARDLY - 1, HARDLY - 1 + BEYOND, 900, UNCLEAR),
        (STOP, -9999, HARDLY + BEYOND, 900, STOP),
        (STOP, 900, HARDLY - 1, 900, UNCLEAR),
        (STOP, -9999, -9999, 900, UNCLEAR),
        (UNCLEAR, ASKS + 1, STOPS + 1, 900, STOP),
        (UNCLEAR, ASKS + 1, STOPS, 900, UNCLEAR),
        (UNCLEAR, ASKS, STOPS + 1, 900, UNCLEAR),
        (UNCLEAR, ASKS, ASKS + BEYOND, 900, UNCLEAR),
        (UNCLEAR, ASKS, ASKS + BEYOND + 1, 900, STOP),
        (UNCLEAR, NO_DOUBT, -900, 900, UNCLEAR),
        (UNCLEAR, -9999, NO_DOUBT + BEYOND, 900, UNCLEAR),
        (UNCLEAR, NO_DOUBT - 1, STOPS + 1, 900, UNCLEAR),
        (UNCLEAR, NO_DOUBT - 1, -900, HELPS, OTHER),
        (UNCLEAR, NO_DOUBT - 1, -900, HELPS + 1, HELP),
        (OTHER, ODD, HINTS, HELPS, OTHER),
        (OTHER, ODD, HINTS, HELPS + 1, HELP),
        (OTHER, ODD + 1, HINTS, 900, UNCLEAR),
        (OTHER, ODD, HINTS + 1, 900, UNCLEAR),
        (OTHER, CLEARLY, CLEARLY + BEYOND, 900, UNCLEAR),
        (OTHER, ODD, CLEARLY + BEYOND + 1, 900, STOP),
        (OTHER, CLEARLY + 1, STOPS, 900, UNCLEAR),
        (OTHER, CLEARLY + 1, STOPS + 1, 900, STOP),
    ],
)
def test_a_leaning_tips_what_is_not_certain(
    signal: Signal, asks: int, stops: int, helps: int, becomes: Signal
) -> None:
    decided = Reading(signal, Rule.REMOVE, ("x",))
    assert tipped(decided, Leaning(asks, stops, helps)).signal is becomes
    assert tipped(decided, None) == decided


@pytest.mark.parametrize("rule", sorted(FIRM))
def test_much_has_to_speak_against_what_a_firm_rule_finds(rule: Rule) -> None:
    for signal, otherwise, least in ((STOP, UNCLEAR, LEAST[rule]), (UNCLEAR, OTHER, EVEN_SO)):
        firm = Reading(signal, rule, ("x",))
        assert tipped(firm, Leaning(least, least, HELPS)) == firm
        assert tipped(firm, Leaning(least - 1, least - 1, HELPS)).signal is otherwise


@pytest.mark.parametrize("rule", sorted(HALF_SAID))
def test_what_may_be_about_something_else_has_to_lean_as_clearly_as_any_other(rule: Rule) -> None:
    named = Reading(UNCLEAR, rule, ("texts",))
    assert tipped(named, Leaning(CLEARLY, CLEARLY + BEYOND, 900)) == named
    assert tipped(named, Leaning(CLEARLY + 1, STOPS, 900)) == named
    assert tipped(named, Leaning(CLEARLY + 1, STOPS + 1, 900)).signal is STOP
    assert tipped(named, Leaning(NO_DOUBT - 1, HINTS, HELPS)).signal is OTHER


def test_quoted_instructions_ask_nothing_unless_the_rest_clearly_does() -> None:
    quoted = Reading(OTHER, Rule.INSTRUCTIONS)
    assert tipped(quoted, Leaning(CLEARLY, CLEARLY + BEYOND, 900)) == quoted
    assert tipped(quoted, Leaning(CLEARLY + 1, STOPS, 900)) == quoted
    asked = tipped(quoted, Leaning(CLEARLY + 1, STOPS + 1, 900, lambda of: (of.name,)))
    assert asked == Reading(UNCLEAR, Rule.BESIDE_INSTRUCTIONS, (Sum.STOPS.name,))


def test_a_tipped_reading_stands_on_the_words_that_decided() -> None:
    doubt = Reading(UNCLEAR, Rule.REMOVE, ("x",))
    assert tipped(doubt, Leaning(ASKS + 1, STOPS + 1, 0, lambda _: ("y",))) == Reading(
        STOP, Rule.LEANS, ("x",)
    )
    nothing = Reading(OTHER, Rule.ORDINARY)
    stops = Leaning(ODD, STOPS + BEYOND, HELPS + 900, lambda of: (of.name,))
    assert tipped(nothing, stops) == Reading(UNCLEAR, Rule.LEANS, (Sum.STOPS.name,))
    assert tipped(nothing, Leaning(ODD + 1, STOPS, 0, lambda _: ("y",))) == Reading(
        UNCLEAR, Rule.LEANS, ("y",)
    )
    assert tipped(nothing, Leaning(ODD, HINTS, HELPS + 1, lambda _: ("y",))) == Reading(
        HELP, Rule.LEANS_TO_HELP, ("y",)
    )
    request = Reading(STOP, Rule.REMOVE, ("x",))
    assert tipped(request, Leaning(HARDLY - 1, 0, 0, lambda _: ("y",))) == Reading(
        UNCLEAR, Rule.REMOVE, ("x",)
    )


@pytest.mark.parametrize(
    ("body", "alone", "weighed"),
    [
        ("geen smsjes meer tijdens mijn werk of daarbuiten", UNCLEAR, STOP),
        ("voortaan graag zonder ons", OTHER, STOP),
        ("does the deal end today or tomorrow", UNCLEAR, OTHER),
        ("STOP", STOP, STOP),
        ("Reply STOP to unsubscribe", OTHER, OTHER),
        ("help with these texts", Signal.HELP, Signal.HELP),
        ("I want to unsubscribe, no wait, keep me on please", UNCLEAR, UNCLEAR),
        ("communicatie", OTHER, OTHER),
    ],
)
def test_the_shipped_weights_help_where_no_rule_is_certain(body: str, alone: Signal, weighed: Signal) -> None:
    assert read_with(lexicon_from(language_documents()), body).signal is alone
    assert read_with(shop().lexicon, body).signal is weighed


def test_the_shipped_weights_are_all_of_words_and_classes_that_there_are() -> None:
    weights = shipped_weights()
    assert set(weights.lengths) == set(LENGTHS)
    assert all(isinstance(side, int) for weight in weights.features.values() for side in weight)
    every = [weights.base, *weights.features.values(), *weights.lengths.values()]
    assert all(len(weight) == len(Sum) for weight in every)
