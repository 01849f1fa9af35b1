"""`stopwoord keywords`: the words, what they mean, who answers them; and what a text would do."""

import rich_click

from app.cli.output import examples, json_option, show, show_json, show_table
from app.domain.consent import RULES, State
from app.domain.intent import read
from app.domain.program import Program
from app.domain.who_answers import ProviderAnswers
from app.program_file import read_program
from app.provider.answers import answered
from app.settings import words_settings


@rich_click.group(epilog=examples("stopwoord keywords list", "stopwoord keywords try 'STOP please'"))
def keywords() -> None:
    """See the words that change a consent, and try a text."""


def _program() -> tuple[Program, ProviderAnswers]:
    settings = words_settings()
    return read_program(settings.program), settings.provider_answers


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


@keywords.command("try", epilog=examples("stopwoord keywords try 'STOP please'"))
@rich_click.argument("text")
@json_option
def try_text(text: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Explain what TEXT would be taken for, and what it would do in each state. Nothing is sent or kept.

    With --json there are reading (signal, rule, words and language) and answered_by.
    """
    program, answers = _program()
    reading = read(text, program)
    effects = {state: RULES[state, reading.signal] for state in State}
    if as_json:
        show_json({"reading": reading, "answered_by": who(answers, text)})
        return
    words = ", ".join(f"“{word}”" for word in reading.words) or "nothing in particular"
    show(f"{reading.signal}, by the rule “{reading.rule}”, on {words}")
    show(f"language: {reading.language or 'any, so the reply is in that of the subscriber'}")
    if any(rule.reply for rule in effects.values()):
        show(f"answered by {who(answers, text)}")
    show_table(
        ("state", "becomes", "reply"),
        [
            (state, rule.then or state, f"{rule.reply} ({rule.answer})" if rule.reply else "none")
            for state, rule in effects.items()
        ],
    )
