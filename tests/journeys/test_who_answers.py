"""Where the provider answers some words itself, the person gets one answer, whoever gives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.replies import Reply
from app.sandbox.optout import ANSWERS, OptOutType
from tests.stack import Stack, eventually
from tests.stack.people import EN, NL, all_at_once, text
from tests.stack.privacy import leaks

THEIRS = {
    OptOutType.STOP: ("STOP", "unsubscribe", "End", "quit", "stopall", "revoke", "optout", "cancel"),
    OptOutType.START: ("START", "unstop"),
    OptOutType.HELP: ("HELP", "info"),
}
OURS = {
    "stoppen": text(Reply.GOODBYE, NL),
    "Stop!": text(Reply.GOODBYE),
    "opt me out": text(Reply.GOODBYE, EN),
    "join": text(Reply.WELCOME, EN),
    "hulp": text(Reply.HELP, NL),
}
MEANT = {OptOutType.STOP: "opted_out", OptOutType.START: "subscribed", OptOutType.HELP: "unknown"}


@pytest.fixture(scope="module", params=["default", "advanced"])
def answering(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """A gateway whose provider answers in that way, as both know; missed messages are asked for every second."""
    mode = request.param
    directory = tmp_path_factory.mktemp(mode)
    with Stack(directory, optout=mode, provider_answers=mode, read_back_seconds=1) as stack:
        yield stack
        stack.at_rest()
        assert leaks(stack) == []


def test_words_that_the_provider_answers_get_no_second_answer(answering: Stack) -> None:
    stack = answering
    theirs = {stack.new_number(): (kind, word) for kind, words in THEIRS.items() for word in words}
    ours = {stack.new_number(): word for word in OURS}
    words = ours | {number: word for number, (_, word) in theirs.items()}
    answers = all_at_once(lambda number: stack.sandbox.text(number, words[number]), words)
    assert {answer["webhook"]["status"] for answer in answers} == {200}
    stack.at_rest()
    for number, (kind, word) in theirs.items():
        assert stack.sandbox.got(number) == [ANSWERS[kind]], word
        assert stack.state(number) == MEANT[kind], word
    for number, word in ours.items():
        assert stack.sandbox.got(number) == [OURS[word]], word


@pytest.mark.parametrize("answering", ["default"], indirect=True)
def test_a_stop_by_whatsapp_is_confirmed_where_the_provider_answers_texts_only(answering: Stack) -> None:
    number = answering.new_number()
    answering.sandbox.text(f"whatsapp:{number}", "STOP")
    eventually(lambda: answering.state(number) == "opted_out")
    answering.at_rest()
    assert answering.sandbox.got(number) == [text(Reply.GOODBYE)]


def test_a_word_that_was_read_back_is_not_answered_a_second_time(answering: Stack) -> None:
    number = answering.new_number()
    answering.sandbox.fault("webhook_lost", number=number, count=1)
    answering.sandbox.text(number, "STOP")
    eventually(lambda: answering.state(number) == "opted_out")
    answering.at_rest()
    assert answering.sandbox.got(number) == [ANSWERS[OptOutType.STOP]]


def test_a_provider_that_answers_unexpectedly_still_leaves_one_answer(directory: Path) -> None:
    """Its block makes it refuse ours: the setting says none, the account has Twilio's own handling on."""
    with Stack(directory, optout="default", provider_answers="none") as stack:
        number = stack.new_number()
        stack.sandbox.text(number, "STOP")
        stack.at_rest()
        assert stack.sandbox.got(number) == [ANSWERS[OptOutType.STOP]]
        assert stack.state(number) == "opted_out"
