"""`stopwoord keywords`: the words, what they mean, who answers them; and what a text would do."""

from pathlib import Path

import rich_click

from app.boundary import FAILED, OK
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.domain.consent import RULES, State
from app.domain.errors import BadInput
from app.domain.intent import read
from app.domain.intent.phrase import LABELS, Phrase, phrases_from
from app.domain.program import Program
from app.domain.who_answers import ProviderAnswers, in_force
from app.program_file import read_program
from app.provider.answers import answered
from app.services.check_words import Measured, check_words, explain
from app.settings import words_settings

program_option = rich_click.option(
    "--program",
    "path",
    type=rich_click.Path(path_type=Path),
    help="Another program file than the one in use, such as one with changed words.",
)


@rich_click.group(
    epilog=examples(
        "stopwoord keywords list",
        "stopwoord keywords try 'STOP please'",
        "stopwoord keywords check phrases.jsonl --program changed.toml",
    )
)
def keywords() -> None:
    """See the words that change a consent, try a text, and measure a file of them."""


def _program(path: Path | None = None) -> tuple[Program, ProviderAnswers]:
    settings = words_settings(path)
    program = read_program(settings.program)
    return program, in_force(settings.provider_answers, program.sender)


def who(answers: ProviderAnswers, text: str) -> str:
    """Who answers this text, as things are set up."""
    return "Twilio" if answered(answers, text, None) else "Stopwoord"


@keywords.command("list", epilog=examples("stopwoord keywords list --json"))
@json_option
def list_keywords(as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """List every word with its language, its meaning and who answers it.

    With --json every word has word, languages, signal and answered_by.
    """
    program, answers = _program()
    rows = [
        {
            "word": word.text,
            "languages": list(word.languages),
            "signal": word.signal,
            "answered_by": who(answers, word.text),
        }
        for word in sorted(program.lexicon.keywords.values(), key=lambda word: (word.signal, word.text))
    ]
    if as_json:
        show_json(rows)
        return
    show_table(
        ("word", "language", "meaning", "answered by"),
        [(r["word"], ", ".join(r["languages"]), r["signal"], r["answered_by"]) for r in rows],
    )


@keywords.command(
    "try",
    epilog=examples(
        "stopwoord keywords try 'STOP please'", "stopwoord keywords try 'Laat me met rust' --json"
    ),
)
@rich_click.argument("text")
@program_option
@json_option
def try_text(text: str, path: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Explain what TEXT would be taken for, and what it would do in each state. Nothing is sent or kept.

    With --json there are reading (signal, rule, words and language), explanation and answered_by.
    """
    program, answers = _program(path)
    reading = read(text, program)
    effects = {state: RULES[state, reading.signal] for state in State}
    if as_json:
        show_json({"reading": reading, "explanation": explain(reading), "answered_by": who(answers, text)})
        return
    show(explain(reading))
    show(f"The reply is in {reading.language or 'the language of the subscriber'}.")
    if any(rule.reply for rule in effects.values()):
        show(f"Answered by {who(answers, text)}.")
    show_table(
        ("state", "becomes", "reply"),
        [
            (state, rule.then or state, f"{rule.reply} ({rule.answer})" if rule.reply else "none")
            for state, rule in effects.items()
        ],
    )


@keywords.command("check", epilog=examples("stopwoord keywords check phrases.jsonl --program changed.toml"))
@rich_click.argument("file", type=rich_click.Path(path_type=Path))
@program_option
@json_option
def check(file: Path, path: Path | None, as_json: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Measure the words with FILE: which messages are read as they should be. Nothing is sent or kept.

    Every line of FILE is JSON with "text" and "signal": stop, unclear, start, confirm, help or other. What is
    misread is listed, and then the exit code is 1. A doubt that is read as STOP, and an ordinary message that is
    read as a yes nobody asked for, stand in the table only. With --json there are phrases, table (by signal, then
    by what it was read as) and misses.
    """
    measured = check_words(_phrases(file), _program(path)[0])
    if as_json:
        show_json(_data(measured))
    else:
        _show_measured(measured)
    return FAILED if measured.misses else OK


def _show_measured(measured: Measured) -> None:
    heads, *rows = measured.rows()
    show_table(("should be", *heads[1:]), rows)
    if measured.misses:
        show("")
        show_table(
            ("should be", "is read as", "by the rule", "on the words", "message"),
            [
                (m.phrase.signal, m.reading.signal, m.reading.rule, ", ".join(m.reading.words), m.phrase.text)
                for m in measured.misses
            ],
        )
    say(f"{len(measured.misses)} of {measured.table.total()} are misread.")


def _data(measured: Measured) -> dict[str, object]:
    return {
        "phrases": measured.table.total(),
        "table": {
            wanted.value: {found.value: measured.table[wanted, found] for found in LABELS}
            for wanted in LABELS
        },
        "misses": [
            {"text": miss.phrase.text, "signal": miss.phrase.signal, "reading": miss.reading}
            for miss in measured.misses
        ],
    }


def _phrases(file: Path) -> list[Phrase]:
    """The phrases in a file. Raises BadInput with the number of the line that is none."""
    try:
        phrases = list(phrases_from(file.read_text(encoding="utf-8-sig").split("\n"), str(file)))
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{file} is not UTF-8: save it as that") from None
    if not phrases:
        raise BadInput(
            f'{file} has no phrases: give every message a line such as {{"text": "…", "signal": "stop"}}'
        )
    return phrases
