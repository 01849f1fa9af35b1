"""Reads the program file: the brand's own TOML on top of the language files that come with the package."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.domain.errors import Misconfigured
from app.domain.intent.false_alarms import refuse_false_alarms
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.keywords.brand import with_brand
from app.domain.keywords.parse import SIGN_UP
from app.domain.opt_out_line import can_receive, opt_out_lines_from
from app.domain.price import rates_from
from app.domain.program import Program
from app.domain.quiet_hours import quiet_hours_from
from app.domain.replies import Language, Reply, Texts, fill
from app.domain.sign_up import PARTS, SignUpForm, Wording
from app.language_files import language_documents, ordinary_messages, shipped_weights
from app.rule_files import quiet_hours_document, rates_document
from app.toml_mistakes import read_toml

PAGE: Final = re.compile(r"https://[\w.-]+(:\d+)?(/[!-~]*)?", re.ASCII)
SENDER: Final = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
# Every key as one writes it, for whoever left it out or wrote it wrongly.
EXAMPLES: Final[Mapping[str, str]] = {
    "brand": 'brand = "Klaverblad"',
    "contact": 'contact = "hulp@klaverblad.example"',
    "sender": 'sender = "+31612345678"',
    "default_language": 'default_language = "nl"',
    "default_region": 'default_region = "NL"',
    "frequency": '[frequency] and below it nl = "max. 4 per maand"',
    "words": '[words.nl.keywords] and below it stop = ["weg ermee"]',
    "texts": '[texts.nl] and below it help = "{brand}: bel {contact}"',
    "campaign_senders": '[campaign_senders] and below it "+31612345678" = 10',
    "quiet_hours": '[quiet_hours] and below it hours = ["mon-sat 9:00-20:00"]',
    "rates": '[rates] and below it currency = "EUR"',
    "sign_up": '[sign_up] and below it version = "2026-11"',
    "sign_up.version": 'version = "2026-11"',
    "sign_up.terms": 'terms = "https://klaverblad.example/sms"',
    "sign_up.privacy": 'privacy = "https://klaverblad.example/privacy"',
    "sign_up.wording": '[sign_up.wording.nl] and below it consent = "…"',
}
Said = Annotated[str, Field(min_length=1, max_length=200)]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Worded = Annotated[str, Field(min_length=1, max_length=600)]


def _sender(value: str) -> str:
    if not SENDER.fullmatch(value):
        raise ValueError(
            "must be a number such as +31612345678, a short code, or a name of 11 letters and digits"
        )
    return value


def _kind(sender: str) -> str:
    return "number" if sender.startswith("+") else "short code" if sender.isdigit() else "name"


def _address(value: str) -> str:
    if not PAGE.fullmatch(value):
        raise ValueError("must be the https address of a page")
    return value


PageAddress = Annotated[str, Field(max_length=300), AfterValidator(_address)]


class SignUpTable(BaseModel):
    """The sign-up form: its version, the pages that it points to, and wording instead of the shipped one."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    version: Annotated[str, Field(min_length=1, max_length=40)]
    terms: PageAddress
    privacy: PageAddress
    wording: dict[str, dict[Literal["consent", "details", "age"], Worded]] = {}


class ProgramFile(BaseModel):
    """The file's own form; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    brand: Said
    contact: Said
    sender: Annotated[str, AfterValidator(_sender)]
    default_language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    default_region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    frequency: dict[str, Said]
    words: dict[str, dict[str, Any]] = {}
    texts: dict[str, dict[Reply, Said]] = {}
    campaign_senders: dict[Annotated[str, AfterValidator(_sender)], Rate] = {}
    quiet_hours: dict[str, Any] = {}
    rates: dict[str, Any] = {}
    sign_up: SignUpTable | None = None


def example_program() -> Path:
    """The program file that comes with the package, for development."""
    return Path(str(resources.files("app").joinpath("program.example.toml")))


def read_program(path: Path) -> Program:
    """The program in the file at `path`. Raises Misconfigured with every mistake in one sentence."""
    file = read_toml(ProgramFile, path, f"the program file {path}", EXAMPLES, Misconfigured)
    documents = language_documents()
    if unknown := sorted((file.frequency.keys() | file.texts.keys()) - documents.keys()):
        raise Misconfigured(f"the program file {path}: there is no language file {unknown[0]}.toml")
    if silent := sorted(file.texts.keys() - file.frequency.keys()):
        raise Misconfigured(f"the program file {path}: there are texts, but no frequency, in {silent[0]!r}")
    _refuse_mixed(file, path)
    sign_up = _named(path, lambda: _sign_up(file, documents))
    lexicon, default = _lexicon(file, documents), Language(file.default_language)
    return Program(
        brand=file.brand,
        contact=file.contact,
        sender=file.sender,
        default_language=default,
        default_region=file.default_region,
        lexicon=lexicon,
        texts=Texts(
            by_language={
                language: _texts(file, language, document)
                for language, document in documents.items()
                if language in file.frequency
            },
            default=default,
        ),
        quiet_hours=_named(path, lambda: quiet_hours_from(quiet_hours_document(), file.quiet_hours)),
        rates=_named(path, lambda: rates_from(file.rates or rates_document())),
        campaign_senders=file.campaign_senders,
        opt_out=opt_out_lines_from(documents, lexicon, default),
        sign_up=sign_up,
    )


T = TypeVar("T")


def _refuse_mixed(file: ProgramFile, path: Path) -> None:
    if len({_kind(sender) for sender in (file.sender, *file.campaign_senders)}) > 1:
        raise Misconfigured(
            f"the program file {path}: sender and campaign_senders must be of one kind, all numbers, all short "
            "codes or all names: what Twilio answers by itself and how people can opt out depends on it"
        )


def _named(path: Path, build: Callable[[], T]) -> T:
    """What a table of the file makes; what is wrong in it is said with the file's name."""
    try:
        return build()
    except Misconfigured as wrong:
        raise Misconfigured(f"the program file {path}: {wrong}") from None


@cache
def _shipped_lexicon() -> Lexicon:
    """The words without the program's own, which most programs do without."""
    return lexicon_from(language_documents(), weights=shipped_weights())


def _lexicon(file: ProgramFile, documents: Mapping[Language, Mapping[str, object]]) -> Lexicon:
    """All words. One that only one of the program's own languages has is that language's, whoever else has it."""
    added = {Language(name): words for name, words in file.words.items()}
    lexicon = lexicon_from(documents, added, shipped_weights()) if added else _shipped_lexicon()
    refuse_false_alarms(lexicon, added, ordinary_messages(), _shipped_lexicon)
    keywords = {
        text: replace(word, languages=own)
        if (own := tuple(language for language in word.languages if language in file.frequency))
        else word
        for text, word in lexicon.keywords.items()
    }
    return with_brand(replace(lexicon, keywords=keywords), file.brand)


def _texts(file: ProgramFile, language: Language, document: Mapping[str, object]) -> dict[Reply, str]:
    """The finished replies in one language: the file's own, else the shipped ones."""
    shipped = document.get("replies", {})
    templates = {**(shipped if isinstance(shipped, Mapping) else {}), **file.texts.get(language, {})}
    values = _values(file, language)
    return {
        reply: fill(str(templates[reply]), values, f"{language}, {reply}")
        for reply in Reply
        if reply in templates
    }


def _values(file: ProgramFile, language: Language) -> dict[str, str]:
    return {"brand": file.brand, "contact": file.contact, "frequency": file.frequency[language]}


def _sign_up(file: ProgramFile, documents: Mapping[Language, Mapping[str, object]]) -> SignUpForm | None:
    """The form in every language of the program that has its wording; None when the file has no such table."""
    table = file.sign_up
    if table is None:
        return None
    if not can_receive(file.sender):
        raise Misconfigured(
            "sign_up: nobody can answer to a name, so that nobody could confirm; leave it out"
        )
    if unknown := sorted(table.wording.keys() - file.frequency.keys()):
        raise Misconfigured(f"sign_up: there is wording, but no frequency, in {unknown[0]!r}")
    spoken = [Language(name) for name in documents if name in file.frequency]
    found = {language: _wording(file, table, language, documents[language]) for language in spoken}
    by_language = {language: wording for language, wording in found.items() if wording}
    if not by_language:
        raise Misconfigured("sign_up: there is wording in none of the program's languages")
    return SignUpForm(table.version, table.terms, table.privacy, by_language)


def _wording(
    file: ProgramFile, table: SignUpTable, language: Language, document: Mapping[str, object]
) -> Wording | None:
    shipped = document.get(SIGN_UP, {})
    texts = {**(shipped if isinstance(shipped, Mapping) else {}), **table.wording.get(language, {})}
    if missing := [part for part in PARTS if part not in texts]:
        if texts:
            raise Misconfigured(f"sign_up: the wording in {language!r} has no {missing[0]}")
        return None
    values = _values(file, language)
    return Wording(**{part: fill(str(texts[part]), values, f"sign_up, {language}, {part}") for part in PARTS})
