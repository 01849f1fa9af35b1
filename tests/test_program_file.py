"""The program file: what it may say, and each mistake in a sentence."""

from pathlib import Path

import pytest

from app.domain.errors import Misconfigured
from app.domain.program import Program
from app.domain.replies import Reply
from app.program_file import example_program, read_program
from tests.stories import EN, NL

EXAMPLE = example_program().read_text(encoding="utf-8")


def read(directory: Path, text: str | bytes) -> Program:
    path = directory / "program.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_program(path)


def changed(old: str, new: str) -> str:
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, 1)


def test_the_example_is_a_program(tmp_path: Path) -> None:
    program = read(tmp_path, EXAMPLE)
    assert (program.brand, program.sender, program.default_language) == ("Klaverblad", "+3197010200000", NL)
    assert set(program.texts.by_language) == {NL, EN}


@pytest.mark.parametrize("sender", ["+31612345678", "12345", "123", "Klaverblad", "Shop 24", "A1234567890"])
def test_a_sender_is_a_number_a_short_code_or_a_name(tmp_path: Path, sender: str) -> None:
    # Nobody could confirm a sign-up by texting to a name.
    text = changed("+3197010200000", sender).partition("[sign_up]")[0]
    assert read(tmp_path, text).sender == sender


@pytest.mark.parametrize(
    "sender",
    ["", "0612345678", "31612345678", "1234567", "12", "+0612345678", "+31 6 12345678", "   ", "Klaverbladen",
     "Café", "shop!", "+31612345678 ", "whatsapp:+31612345678"],
)  # fmt: skip
def test_anything_else_is_no_sender(tmp_path: Path, sender: str) -> None:
    with pytest.raises(Misconfigured, match="sender"):
        read(tmp_path, changed("+3197010200000", sender))


@pytest.mark.parametrize("key", ["brand", "contact", "sender", "default_language", "default_region"])
def test_what_is_missing_is_named(tmp_path: Path, key: str) -> None:
    lines = [line for line in EXAMPLE.splitlines() if not line.startswith(f"{key} =")]
    with pytest.raises(Misconfigured, match=f'{key} is missing: write {key} = "'):
        read(tmp_path, "\n".join(lines))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(tmp_path, 'brandd = "x"\nsender = "!"')
    for said in (
        "there is no key brandd; did you mean brand?",
        "sender must be a number such as +31612345678, a short code",
        "brand is missing: write brand = ",
        "contact is missing",
        "frequency is missing: write [frequency] and below it nl = ",
    ):
        assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (changed("brand =", "colour = 'green'\nbrand ="), "colour"),
        (
            changed('"nl"', '"Dutch"'),
            'default_language is not of the right form: write default_language = "nl"',
        ),
        (changed('"NL"', '"nl"'), "default_region"),
        (changed('"Klaverblad"', "3"), 'brand must be text between quotes: write brand = "Klaverblad"'),
        (changed('"Klaverblad"', '""'), "brand may not be empty"),
        (changed('"Klaverblad"', f'"{"x" * 201}"'), "brand may have 200 characters at most"),
        (EXAMPLE + '\n[campaign_senders]\n"+31612345678" = "ten"', "must be a number, without quotes"),
        (EXAMPLE + '\n[campaign_senders]\n"+31612345678" = 0', "+31612345678 must be more than 0"),
        (
            EXAMPLE + '\n[campaign_senders]\n"+06" = 1',
            "campaign_senders.+06 must be a number such as +31612345678",
        ),
        (changed("[frequency]", "colour = 3\n[frequency]"), "there is no key colour; there are brand, "),
        (changed("[frequency]", "texts = 3\n[frequency]"), "texts must be a table, with a heading"),
        (changed('terms = "https', 'terms = "http'), "sign_up.terms must be the https address of a page"),
        (changed('terms = "', 'term = "'), "there is no key sign_up.term; did you mean sign_up.terms?"),
        (changed('"nl"', '"de"'), "default language is 'de', but there are texts only for en, nl"),
        (changed('nl = "max. 4 per maand"', ""), "default language is 'nl', but there are texts only for en"),
        (changed("[frequency]", '[frequency]\nde = "4 im Monat"'), "de"),
        (EXAMPLE + '\n[texts.de]\nhelp = "{brand}"', "de"),
        (
            EXAMPLE + '\n[texts.nl]\nhelpp = "{brand}"',
            "texts.nl.helpp is no name that is known; there are 'welcome'",
        ),
        (EXAMPLE + '\n[texts.nl]\nhelp = "{name}"', "nl, help"),
        (EXAMPLE + '\n[texts.nl]\nhelp = ""', "texts.nl.help"),
        (EXAMPLE + '\n[words.nl.keyword]\nstop = ["weg"]', "keyword"),
        ("brand = ", "is not TOML"),
        (b'brand = "Caf\xe9"', "is not text in UTF-8: save it as that"),
    ],
)
def test_a_mistake_is_told_with_the_files_name(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(tmp_path, text)
    assert sentence in str(refused.value)
    if isinstance(text, bytes) or "words" not in text:
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_program(tmp_path / name)


def test_own_texts_go_before_the_shipped_ones(tmp_path: Path) -> None:
    own = '\n[texts.nl]\nhelp = "{brand}: bel {contact}. STOP stopt."'
    program = read(tmp_path, EXAMPLE + own)
    assert program.texts.text(Reply.HELP, NL) == "Klaverblad: bel hulp@klaverblad.example. STOP stopt."
    assert "afgemeld" in program.texts.text(Reply.GOODBYE, NL)


def test_hours_and_prices_of_ones_own_are_read(tmp_path: Path) -> None:
    own = (
        EXAMPLE
        + """
[quiet_hours]
hours = ["mon-fri 9:00-18:00"]
cap = 1
[rates]
currency = "USD"
as_of = 2026-11-22
per_segment = { NL = 0.08 }
"""
    )
    program = read(tmp_path, own)
    assert (program.quiet_hours.caps.per_24_hours, program.rates.currency) == (1, "USD")
    assert read(tmp_path, EXAMPLE).rates.example


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ('[quiet_hours]\nhours = ["all day"]', "'all day' is not written as in"),
        ("[quiet_hours]\nnight = 1", "there is no 'night'; there are hours"),
        ("[quiet_hours]\ncap = 0", "cap must be a whole number from 1"),
        ('[rates]\ncurrency = "euro"', "currency must be three letters"),
        ('[rates]\ncurrency = "EUR"\nas_of = 2026-11-22\nper_segment = { NL = -1 }', "NL must be 0 or more"),
    ],
)
def test_wrong_hours_and_prices_are_a_sentence_with_the_file(
    tmp_path: Path, table: str, sentence: str
) -> None:
    with pytest.raises(Misconfigured, match=r"the program file .*program.toml: ") as refused:
        read(tmp_path, f"{EXAMPLE}\n{table}\n")
    assert sentence in str(refused.value)


def test_campaigns_have_senders_of_their_own_each_with_its_rate(tmp_path: Path) -> None:
    own = f'{EXAMPLE}\n[campaign_senders]\n"+3197010200001" = 3\n"+3197010200000" = 10\n'
    program = read(tmp_path, own)
    assert program.senders(7).rates == {"+3197010200001": 3, "+3197010200000": 10}
    assert program.own_senders == ("+3197010200000", "+3197010200001")
    assert read(tmp_path, EXAMPLE).senders(7).rates == {"+3197010200000": 7}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('"Klaver" = 3', "sender and campaign_senders must be of one kind"),
        ('"12345" = 3', "sender and campaign_senders must be of one kind"),
        ('"0612345678" = 0', "must be a number such as"),
        ('"+3197010200001" = 0', "must be more than 0"),
        ('"+3197010200001" = inf', "must be a number, without quotes"),
    ],
)
def test_senders_that_cannot_be_are_refused_in_a_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=r"the program file .*program.toml: ") as refused:
        read(tmp_path, f"{EXAMPLE}\n[campaign_senders]\n{line}\n")
    assert sentence in str(refused.value)


def test_the_sign_up_form_says_what_the_program_is(tmp_path: Path) -> None:
    form = read(tmp_path, EXAMPLE).sign_up
    assert form is not None
    assert set(form.by_language) == {NL, EN}
    for wording in form.by_language.values():
        assert "Klaverblad" in wording.consent
        assert "a month" in wording.consent or "per maand" in wording.consent
        for must in ("STOP", "HELP", "hulp@klaverblad.example"):
            assert must in wording.details
        assert "18" in wording.age


def test_without_its_table_there_is_no_sign_up_form(tmp_path: Path) -> None:
    assert read(tmp_path, EXAMPLE.partition("[sign_up]")[0]).sign_up is None


def test_the_form_may_be_worded_otherwise(tmp_path: Path) -> None:
    own = '[sign_up.wording.nl]\nage = "Ik ben volwassen, zegt {brand}."\n'
    form = read(tmp_path, EXAMPLE + own).sign_up
    assert form is not None
    assert form.by_language[NL].age == "Ik ben volwassen, zegt Klaverblad."
    assert form.by_language[NL].consent.startswith("Ja, Klaverblad")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"https://klaverblad.example/sms"', '"javascript:alert(1)"', "sign_up.terms"),
        ('"https://klaverblad.example/privacy"', '"/privacy"', "sign_up.privacy"),
        ('version = "2026-11"', 'version = ""', "sign_up.version"),
        ("[sign_up]", "[sign_up.wording.de]\nage = 'x'\n[sign_up]", "no frequency, in 'de'"),
        ("[sign_up]", "[sign_up.wording.nl]\nage = '{sender}'\n[sign_up]", "sign_up, nl, age"),
        ("[sign_up]", "[sign_up.wording.nl]\nname = 'x'\n[sign_up]", "sign_up.wording.nl"),
        ('sender = "+3197010200000"', 'sender = "Klaverblad"', "nobody can answer to a name"),
    ],
)
def test_a_mistake_in_the_sign_up_form_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        read(tmp_path, changed(old, new))
