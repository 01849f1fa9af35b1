"""The README's generated blocks: each is printed from what the program itself goes by."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import click
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from app.boundary import EXIT_CODES
from app.cli.lazy import load
from app.cli.main import COMMANDS
from app.domain.consent import RULES, Answer, Rule, State, Told
from app.domain.keywords import lexicon_from
from app.domain.keywords.parse import SIGNALS
from app.domain.signal import Signal
from app.domain.who_answers import ProviderAnswers
from app.language_files import language_documents
from app.program_file import example_program
from app.provider.answers import answered
from app.provider.self_test import RETRIES, WEBHOOK_PATH
from app.services.readiness import NEEDED
from app.settings import Settings
from app.settings.sources import PREFIX
from tests.readme.document import ROOT

MEANINGS: Final[Mapping[Signal, str]] = {
    Signal.STOP: "one of their stop words",
    Signal.START: "one of their start words",
    Signal.CONFIRM: "JA, OK, YES …",
    Signal.HELP: "HELP, HULP, INFO …",
    Signal.UNCLEAR: "perhaps a stop",
    Signal.OTHER: "an ordinary message",
    Signal.PROVIDER_STOP: "blocked or stopped at Twilio",
    Signal.NUMBER_GONE: "the number exists no more",
    Signal.WEB_OPT_IN: "a sign-up elsewhere",
    Signal.IMPORT: "imported with proof",
    Signal.STAFF_OPT_OUT: "staff opt them out",
    Signal.STAFF_CLEARS_HOLD: "staff clear a hold",
    Signal.EXPIRE: "not confirmed in time",
}


def blocks() -> dict[str, str]:
    """Every generated block by its name."""
    return {
        "consent": consent(),
        "keywords": keywords(),
        "settings": settings(),
        "commands": commands(),
        "exit-codes": table(("code", "meaning"), EXIT_CODES.items()),
        "program": f"```toml\n{example_program().read_text().strip()}\n```",
        "webhook": f"```text\nhttps://sms.example.org{WEBHOOK_PATH}{RETRIES}\n```",
        "store-settings": store_settings(),
        "processes": f"```text\n{(ROOT / 'Procfile').read_text().strip()}\n```",
        "layers": layers(),
    }


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def consent() -> str:
    rows = [
        (f"**{signal}**: {MEANINGS[signal]}", *(_cell(RULES[state, signal]) for state in State))
        for signal in Signal
    ]
    return table(("signal", *State), rows)


def _cell(rule: Rule) -> str:
    if not rule.recorded:
        return "·"
    text: str = rule.then or "same"
    if rule.reply:
        text += f" + {rule.reply.replace('_', ' ')}"
    if rule.answer is Answer.DAILY:
        text += " (daily)"
    if rule.told is Told.MUST_TEXT_START:
        text += f"; told “{rule.told}”"
    return text


def keywords() -> str:
    """One row for each meaning and language: who answers which of its words under `default`."""
    words = lexicon_from(language_documents()).keywords.values()
    rows = []
    for signal in SIGNALS:
        meant = [word for word in words if word.signal is signal]
        for languages in sorted({word.languages for word in meant}, key=lambda each: (-len(each), each)):
            texts = [word.text for word in meant if word.languages == languages]
            theirs = [text for text in texts if answered(ProviderAnswers.DEFAULT, text, None)]
            ours = [text for text in texts if text not in theirs]
            rows.append((signal, ", ".join(languages), _words(ours), _words(theirs)))
    return table(("meaning", "language", "Stopwoord answers", "Twilio answers"), rows)


def _words(texts: Iterable[str]) -> str:
    return ", ".join(sorted(texts)).replace("|", "\\|") or "none"


def settings() -> str:
    return table(
        ("variable", "default", "meaning"),
        [
            (f"`{PREFIX}{name.upper()}`", _default(field), field.description)
            for name, field in Settings.model_fields.items()
        ],
    )


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"`{value}`" if value != "" else "none"


def commands() -> str:
    rows: list[tuple[str, str]] = []
    for name, lazy in COMMANDS.items():
        rows += _explained(f"stopwoord {name}", load(lazy.target))
    return table(("command", "what it does"), rows)


def _explained(path: str, command: click.Command) -> Iterator[tuple[str, str]]:
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _explained(f"{path} {name}", inner)
        return
    said = " ".join((command.help or "").split("\n\n")[0].split())
    yield f"`{' '.join([path, *map(_usage, command.params)])}`", said


def _usage(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.name.upper() if parameter.name else ""
    assert isinstance(parameter, click.Option)
    kind = parameter.type.name.partition(" ")[0].upper()
    text = parameter.opts[0] if parameter.is_flag else f"{parameter.opts[0]} {kind}"
    return text if parameter.required else f"[{text}]"


def store_settings() -> str:
    """What /ready wants the server to say; `last-write` is no setting but its own report."""
    return table(("setting", "value"), [(f"`{n}`", f"`{v}`") for n, v in NEEDED.items() if n != "last-write"])


def layers() -> str:
    """The arrows as the contract in pyproject.toml has them: each line may import only lines below it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (found,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return "```text\n" + "\n   ↓\n".join(found) + "\n```"
