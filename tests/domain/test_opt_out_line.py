"""Every campaign's text names a way out, once."""

import pytest

from app.domain.errors import Misconfigured
from app.domain.keywords import lexicon_from
from app.domain.opt_out_line import NoWayOut, can_receive, opt_out_lines_from, with_opt_out, with_way_out
from app.domain.replies import Language
from app.domain.segments import Encoding, measure
from app.language_files import language_documents

NL, EN, DE, FR = map(Language, ("nl", "en", "de", "fr"))
DOCUMENTS = language_documents()
LINES = opt_out_lines_from(DOCUMENTS, lexicon_from(DOCUMENTS), NL)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (NL, "Stop? Sms STOP"),
        (EN, "Stop? Text STOP"),
        (DE, "Stopp? SMS mit STOP"),
        (FR, "Stop ? SMS STOP"),
        (Language("es"), "Stop? Sms STOP"),
    ],
)
def test_the_line_comes_at_the_end_in_the_language_of_the_text(language: Language, line: str) -> None:
    assert with_opt_out("Nieuw! ", language, LINES) == f"Nieuw! {line}"
    assert measure(line).encoding is Encoding.GSM_7


@pytest.mark.parametrize("language", LINES.by_language)
def test_a_text_that_has_the_line_does_not_get_it_again(language: Language) -> None:
    once = with_opt_out("Nieuw!", language, LINES)
    assert with_opt_out(once, language, LINES) == once


@pytest.mark.parametrize(
    "text",
    [
        "Stuur STOP om te stoppen.",
        "Afmelden? sms het woord 'stop'",
        "Antwoord met: STOP",
        "Sms AFMELDEN naar dit nummer",
        "STOP om je af te melden",
        "Reply STOP to opt out",
        "Reply with “stop” to end",
        "STOP to end",
        "Text UNSUBSCRIBE to leave",
        "STOP=stop, txt QUIT",
        "Antworten Sie mit STOPP",
        "STOP zum Abmelden",
        "Envoyez ARRÊT au 36000",
        "Répondez STOP",
        "STOP pour ne plus recevoir de SMS",
        "BEËINDIG om te stoppen",
    ],
)
def test_a_way_out_that_is_there_is_recognised(text: str) -> None:
    assert with_opt_out(f"Nieuw! {text}", NL, LINES) == f"Nieuw! {text}"


@pytest.mark.parametrize(
    "text",
    [
        "STOP met zoeken, de sale is er!",
        "Het einde van de sale: kom uit je stoel",
        "Sms uit het buitenland? Gratis tot het einde van de maand.",
        "Reageer snel! EINDE actie zondag",
        "Sms JA en win",
        "Text HELP for help",
        "De bus stopt bij STOPERA. Stuur je foto's!",
        "Reply YES before the END of the month",
        "Stop",
    ],
)
def test_a_word_that_is_no_instruction_is_no_way_out(text: str) -> None:
    assert with_opt_out(text, NL, LINES) == f"{text} Stop? Sms STOP"


def test_people_can_text_back_to_numbers_only() -> None:
    senders = ("+3197010200000", "3010", "Klaverblad", "Shop24")
    assert [can_receive(sender) for sender in senders] == [True, True, False, False]


def test_from_a_number_the_line_is_added() -> None:
    assert with_way_out("Nieuw!", NL, LINES, sender="3010", region="NL") == "Nieuw! Stop? Sms STOP"


@pytest.mark.parametrize(
    "text",
    [
        "Afmelden: https://voorbeeld.example/stop",
        "Stop? voorbeeld.example/s",
        "Uitschrijven via hulp@voorbeeld.example",
        "Afmelden? Bel 020 794 1234",
        "Stop? Bel +31 20 794 1234",
    ],
)
def test_from_a_name_a_text_with_another_way_out_may_be_sent(text: str) -> None:
    assert with_way_out(text, NL, LINES, sender="Klaverblad", region="NL") == text


@pytest.mark.parametrize(
    "text",
    [
        "Nieuw!",
        "Sms STOP",
        "Shop op https://voorbeeld.example",
        "Bel 020 794 1234",
        "Afmelden? 2026-11-22, € 49,95",
    ],
)
def test_from_a_name_a_text_without_a_way_out_is_refused(text: str) -> None:
    refusal = with_way_out(text, NL, LINES, sender="Klaverblad", region="NL")
    assert isinstance(refusal, NoWayOut)
    assert refusal.sentence.startswith("people cannot text back to Klaverblad: say in the text where")


@pytest.mark.parametrize("part", ["line", "verbs", "between", "purposes"])
def test_a_language_file_that_lacks_a_part_is_named(part: str) -> None:
    table = {"line": "Stop?", "verbs": ["sms"], "between": ["met"], "purposes": ["om"]}
    lexicon = lexicon_from(DOCUMENTS)
    with pytest.raises(Misconfigured, match=rf"^nl\.toml: \[opt_out\] has no {part}"):
        opt_out_lines_from({NL: {"opt_out": {**table, part: []}}}, lexicon, NL)
    with pytest.raises(Misconfigured, match="no table"):
        opt_out_lines_from({NL: {}}, lexicon, NL)
    with pytest.raises(Misconfigured, match=r"no language file xx\.toml"):
        opt_out_lines_from({NL: {"opt_out": table}}, lexicon, Language("xx"))
