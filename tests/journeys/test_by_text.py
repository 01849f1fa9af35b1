"""What people text, and what they get back, over the whole running gateway."""

import threading

import pytest

from app.domain.consent import State
from app.domain.number import Number
from app.domain.replies import Reply
from tests.stack import Stack, eventually
from tests.stack.people import EN, NL, text


def says(stack: Stack, number: str, body: str) -> None:
    """Text, and wait until it is answered if it ever will be."""
    assert stack.sandbox.text(number, body)["webhook"]["status"] == 200
    stack.at_rest()


def test_people_join_stop_and_start_by_words(stack: Stack) -> None:
    for word, language in (("JOIN", EN), ("AANMELDEN", NL), ("Start!", NL)):
        number = stack.new_number()
        says(stack, number, word)
        assert stack.state(number) == "subscribed"
        assert stack.sandbox.got(number) == [text(Reply.WELCOME, language)]


def test_joining_twice_says_so(stack: Stack) -> None:
    number = stack.new_number()
    for _ in range(2):
        says(stack, number, "aanmelden")
    assert stack.sandbox.got(number) == [text(Reply.WELCOME), text(Reply.ALREADY)]


def test_help_is_given_in_every_state_and_changes_none(stack: Stack) -> None:
    pending = stack.new_number()
    stack.gateway.subscriber_care.invite(
        Number(pending), source="checkout", wording="Ja", version="1", language=NL, actor="shop"
    )
    subscribed, held, opted_out = stack.new_number(), stack.new_number(), stack.new_number()
    for number in (subscribed, held):
        says(stack, number, "aanmelden")
    says(stack, held, "verkeerd nummer")
    says(stack, opted_out, "stop")
    states = (State.PENDING, State.SUBSCRIBED, State.HELD, State.OPTED_OUT, State.UNKNOWN)
    assert set(states) == set(State)
    numbers = (pending, subscribed, held, opted_out, stack.new_number())
    for number, state in zip(numbers, states, strict=True):
        assert stack.state(number) == state
        says(stack, number, "hulp")
        assert stack.state(number) == state
        assert stack.sandbox.got(number)[-1] == text(Reply.HELP, NL)


def test_an_ordinary_message_is_neither_answered_nor_kept(stack: Stack) -> None:
    number = stack.new_number()
    says(stack, number, "Mag ik de gele doos ruilen voor een blauwe?")
    assert stack.sandbox.got(number) == []
    assert not stack.show(number).evidence


def test_a_repeated_webhook_is_answered_once(stack: Stack) -> None:
    number = stack.new_number()
    stack.sandbox.fault("webhook_repeated", number=number, count=1)
    says(stack, number, "stop")
    assert stack.sandbox.got(number) == [text(Reply.GOODBYE)]
    assert [entry.signal for entry in stack.show(number).evidence].count("stop") == 1


def test_one_stop_texted_ten_times_at_once_says_goodbye_once(stack: Stack) -> None:
    number = stack.new_number()
    crowd = [threading.Thread(target=stack.sandbox.text, args=(number, "stop")) for _ in range(10)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    stack.at_rest()
    assert stack.sandbox.got(number) == [text(Reply.GOODBYE)]
    assert stack.state(number) == "opted_out"


def test_stop_by_whatsapp_ends_the_texts_too(stack: Stack) -> None:
    number = stack.new_number()
    says(stack, number, "aanmelden")
    says(stack, f"whatsapp:{number}", "STOP")
    assert stack.state(number) == "opted_out"
    assert stack.sandbox.got(number) == [text(Reply.WELCOME), text(Reply.GOODBYE)]
    says(stack, f"whatsapp:{number}", "START")
    assert stack.state(number) == "opted_out", "a yes counts only in the channel it is about"


@pytest.mark.parametrize("answer", ["HELP", "START", "STOP"])
def test_a_machine_that_answers_every_text_does_not_get_one_for_each(stack: Stack, answer: str) -> None:
    number = stack.new_number()
    says(stack, number, answer)
    for turn in range(1, 12):
        if len(stack.sandbox.got(number)) < turn:
            break
        says(stack, number, answer)
    assert len(stack.sandbox.got(number)) == (1 if answer == "STOP" else 6)
    says(stack, number, "STOP")
    assert stack.state(number) == "opted_out", "the guard withholds answers, never consent"


def test_an_opt_out_at_the_provider_is_heeded(stack: Stack) -> None:
    number = stack.new_number()
    stack.sandbox.fault("opted_out", number=number, count=1)
    says(stack, number, "aanmelden")
    assert stack.sandbox.got(number) == []
    eventually(lambda: stack.state(number) == "opted_out")
    assert [entry.signal for entry in stack.show(number).evidence] == [
        "start",
        "provider_stop",
        "reply_failed",
    ]


@pytest.mark.parametrize(("fault", "posted"), [("callbacks_repeated", 4), ("callbacks_reversed", 2)])
def test_statuses_only_go_forward(stack: Stack, fault: str, posted: int) -> None:
    number = stack.new_number()
    stack.sandbox.fault(fault, number=number, count=1)
    says(stack, number, "hulp")
    sent = stack.sandbox.conversation(number)[-1]
    eventually(lambda: len(stack.sandbox.message(sent["sid"])["callbacks"]) == posted)
    assert {callback["answer"] for callback in stack.sandbox.message(sent["sid"])["callbacks"]} == {204}
    assert stack.status_of(number) == "delivered"


@pytest.mark.parametrize("code", [30005, 30006])
def test_a_number_that_is_gone_gets_no_more_texts(stack: Stack, code: int) -> None:
    number = stack.new_number()
    stack.sandbox.fault("undelivered", number=number, count=1, error_code=code)
    says(stack, number, "aanmelden")
    eventually(lambda: stack.state(number) == "opted_out")
