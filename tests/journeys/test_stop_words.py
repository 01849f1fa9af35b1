"""Every stop word of every language: in by the web, confirmed, out by the word, and in again."""

from app.domain.keywords.lexicon import Keyword
from app.domain.number import Number
from app.domain.replies import Reply
from app.domain.signal import Signal
from tests.stack import Stack
from tests.stack.people import EN, NL, all_at_once, text, words

WORDING = "Ja, ik wil aanbiedingen per sms."


def invite(stack: Stack, number: str, word: Keyword) -> None:
    stack.gateway.subscriber_care.invite(
        Number(number),
        source="checkout",
        wording=WORDING,
        version="3",
        language=word.language or NL,
        actor="shop",
    )


def test_every_stop_word_says_goodbye_once_in_its_language(stack: Stack) -> None:
    people = {stack.new_number(): word for word in words(Signal.STOP)}
    assert {word.language for word in people.values()} > {NL, EN, None}

    def everybody_texts(body_for: dict[str, str]) -> None:
        # Nobody waits for an answer less than everybody: the texts of one step come before those of the next.
        stack.at_rest()
        answers = all_at_once(lambda number: stack.sandbox.text(number, body_for[number]), people)
        assert {answer["webhook"]["status"] for answer in answers} == {200}

    all_at_once(lambda number: invite(stack, number, people[number]), people)
    assert {stack.state(number) for number in people} == {"pending"}
    everybody_texts({number: "OK" if word.language == EN else "Ja!" for number, word in people.items()})
    assert {stack.state(number) for number in people} == {"subscribed"}
    everybody_texts({number: word.text for number, word in people.items()})
    assert {word.text for number, word in people.items() if stack.state(number) != "opted_out"} == set()
    everybody_texts({number: word.text.upper() for number, word in people.items()})
    everybody_texts(dict.fromkeys(people, "START"))
    stack.at_rest()

    # A word of a language in which the program has no texts is understood, and answered in the default one.
    steps = (Reply.ASK_TO_CONFIRM, Reply.WELCOME, Reply.GOODBYE, Reply.WELCOME)
    for number, word in people.items():
        expected = [text(reply, EN if word.language == EN else NL) for reply in steps]
        assert stack.sandbox.got(number) == expected, word.text
