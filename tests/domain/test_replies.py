"""The texts: what the law and the carriers want in them, what they cost, and templates that cannot be right."""

import pytest

from app.domain.errors import Misconfigured
from app.domain.program import Program
from app.domain.replies import Language, Reply, Texts, fill
from app.domain.segments import Encoding, measure
from app.program_file import example_program, read_program
from tests.stories import EN, NL

VALUES = {"brand": "Klaverblad", "contact": "hulp@example.org", "frequency": "max. 4 per maand"}
# CTIA's handbook 5.1.2.1 (opt-in confirmation of a recurring program) and its rules for STOP and HELP.
RECURRING, RATES, COMEBACK = (
    {NL: "terugkerende", EN: "recurring"},
    {NL: "Sms-kosten", EN: "Msg & data rates may apply"},
    {NL: "START", EN: "START"},
)
NO_MORE = {NL: "geen sms'jes meer", EN: "no more texts"}
OFTEN = {NL: "max. 4 per maand", EN: "up to 4 a month"}
CONTACT = "hulp@klaverblad.example"


@pytest.fixture(scope="module")
def program() -> Program:
    return read_program(example_program())


def demanded(reply: Reply, language: Language) -> list[str]:
    often, rates, recurring = OFTEN[language], RATES[language], RECURRING[language]
    return {
        Reply.WELCOME: [recurring, often, rates, "HELP", "STOP"],
        Reply.GOODBYE: [NO_MORE[language], COMEBACK[language]],
        Reply.HELP: [CONTACT, recurring, often, rates, "STOP"],
        Reply.ALREADY: [often, "HELP", "STOP"],
        Reply.CLARIFY: ["STOP", "START", CONTACT],
        Reply.ASK_TO_CONFIRM: [recurring, often, rates, "HELP", "STOP"],
    }[reply]


@pytest.mark.parametrize("language", [NL, EN])
@pytest.mark.parametrize("reply", Reply)
def test_a_shipped_text_says_what_it_must(program: Program, reply: Reply, language: Language) -> None:
    text = program.texts.text(reply, language)
    assert text.startswith("Klaverblad: ")
    assert [piece for piece in demanded(reply, language) if piece.casefold() not in text.casefold()] == []


@pytest.mark.parametrize("language", [NL, EN])
@pytest.mark.parametrize("reply", Reply)
def test_a_shipped_text_is_one_segment_of_plain_letters(
    program: Program, reply: Reply, language: Language
) -> None:
    cost = measure(program.texts.text(reply, language))
    assert cost.offending == (), f"{language}, {reply}: {cost.offending} make it cost more than double"
    assert cost.encoding is Encoding.GSM_7
    assert cost.segments == 1, f"{language}, {reply}: {cost.units} septets"


@pytest.mark.parametrize("language", [NL, EN])
def test_a_goodbye_says_nothing_more_than_it_may(program: Program, language: Language) -> None:
    text = program.texts.text(Reply.GOODBYE, language)
    for more in ("http", CONTACT, OFTEN[language], RATES[language], "HELP", "!"):
        assert more not in text


def test_the_question_asks_for_a_word_that_confirms_and_that_the_provider_leaves_alone(
    program: Program,
) -> None:
    for language, word in ((NL, "JA"), (EN, "OK")):
        assert f" {word}." in program.texts.text(Reply.ASK_TO_CONFIRM, language)
        assert program.lexicon.keywords[word.lower()].signal == "confirm"


def test_a_language_that_the_program_does_not_speak_gets_the_default_one(program: Program) -> None:
    german = program.texts.text(Reply.HELP, Language("de"))
    assert german == program.texts.text(Reply.HELP, NL)


def test_texts_without_their_default_language_are_refused() -> None:
    with pytest.raises(Misconfigured, match="default language is 'nl', but there are texts only for en"):
        Texts({EN: dict.fromkeys(Reply, "text")}, default=NL)


@pytest.mark.parametrize("empty", ["", None])
def test_a_missing_text_is_named(empty: str | None) -> None:
    texts = dict.fromkeys(Reply, "text") | {Reply.HELP: empty}
    with pytest.raises(Misconfigured, match="'nl' has no text for help"):
        Texts({NL: texts}, default=NL)  # type: ignore[dict-item]


def test_a_template_is_filled_with_the_programs_values() -> None:
    assert fill("{brand} {contact} {frequency}", VALUES, "nl, help") == " ".join(VALUES.values())
    assert fill("{{brand}}", VALUES, "nl, help") == "{brand}"


def test_braces_in_a_value_are_only_braces() -> None:
    assert fill("{brand}", VALUES | {"brand": "{contact}"}, "nl, help") == "{contact}"


@pytest.mark.parametrize(
    "template",
    ["{name}", "{}", "{0}", "{brand", "brand}", "{brand.upper}", "{brand[0]}", "{brand!r}", "{brand:>99}", "{brand.x}",
     "{}{brand}", "{brand.__class__}"],
)  # fmt: skip
def test_a_field_that_does_not_exist_is_refused_by_place(template: str) -> None:
    with pytest.raises(Misconfigured, match=r"nl, help: the text has a field that is not one of \{brand\}"):
        fill(template, VALUES, "nl, help")
