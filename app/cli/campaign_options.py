"""The options that say what a campaign sends, to whom, from whom and until when."""

from pathlib import Path
from typing import Any, Final

import click
import rich_click

from app.cli.campaign_file import audience_of, fields_of, moment_of, read_file, texts_of
from app.domain.campaign import Audience
from app.domain.errors import BadInput
from app.domain.program import Program
from app.services.campaign_plan import Clear, Plan

leave_out_option: Final = rich_click.option(
    "--leave-out",
    "leave_out",
    metavar="FIELD",
    multiple=True,
    help="Leave out whoever has no value for FIELD, which the text needs.",
)


def plan_options(command: Any) -> Any:  # noqa: ANN401 - a command, before and after
    """The options of a campaign that is made or edited."""
    for option in (
        leave_out_option,
        rich_click.option(
            "--sender",
            "senders",
            multiple=True,
            help="From this one of the program's senders; several: each.",
        ),
        rich_click.option("--ends", help="When it ends: nobody gets it later, such as '2026-12-01 18:00'."),
        rich_click.option("--since", help="Only people who subscribed at that moment or later."),
        rich_click.option("--language", "languages", multiple=True, help="Only people of that language."),
        rich_click.option("--tag", "tags", multiple=True, help="Only people with that tag; several: all."),
        rich_click.option(
            "--file",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="A TOML file with name, [texts], tags, languages, since, ends_at, senders and leave_out.",
        ),
        rich_click.option("--text-en", help="The text in English."),
        rich_click.option("--text-nl", help="The text in Dutch."),
        rich_click.option("--text", help="The text in the program's default language."),
    ):
        command = option(command)
    return command


def undo_options(command: Any) -> Any:  # noqa: ANN401 - likewise
    """The options that take away again what a campaign has."""
    for option in (
        rich_click.option(
            "--leave-nobody-out", "nobody_out", is_flag=True, help="Take back every --leave-out."
        ),
        rich_click.option("--all-senders", is_flag=True, help="From the program's senders again."),
        rich_click.option("--no-end", is_flag=True, help="Without an end again."),
        rich_click.option("--everybody", is_flag=True, help="To everybody who is subscribed again."),
    ):
        command = option(command)
    return command


def plan_of(program: Program, name: str | None, given: dict[str, Any]) -> Plan:
    """What the options and the file say; the options win. Raises BadInput."""
    _refuse_both(given)
    file = read_file(given["file"], program) if given["file"] else Plan()
    texts = texts_of({"": given["text"], "nl": given["text_nl"], "en": given["text_en"]}, program)
    clears = {Clear.END: given.get("no_end"), Clear.SENDERS: given.get("all_senders")}
    leaves_out = frozenset[str]() if given.get("nobody_out") else fields_of(given["leave_out"])
    return Plan(
        name=name or file.name,
        texts=texts or file.texts,
        audience=_audience(program, given) or file.audience,
        ends_at=moment_of(given["ends"]) or file.ends_at,
        senders=tuple(dict.fromkeys(given["senders"])) or file.senders,
        leaves_out=file.leaves_out if leaves_out is None else leaves_out,
        clears=frozenset(what for what, wanted in clears.items() if wanted),
    )


def _audience(program: Program, given: dict[str, Any]) -> Audience | None:
    """None where the options do not speak of it."""
    if given.get("everybody"):
        return Audience()
    since = moment_of(given["since"])
    if given["tags"] or given["languages"] or since:
        return audience_of(given["tags"], given["languages"], since, program)
    return None


def _refuse_both(given: dict[str, Any]) -> None:
    """Refuse to be told to set something and to take it away."""
    for undo, flag, sets in (
        ("no_end", "--no-end", {"ends": "--ends"}),
        ("all_senders", "--all-senders", {"senders": "--sender"}),
        ("nobody_out", "--leave-nobody-out", {"leave_out": "--leave-out"}),
        ("everybody", "--everybody", {"tags": "--tag", "languages": "--language", "since": "--since"}),
    ):
        for name, option in sets.items():
            if given.get(undo) and given[name]:
                raise BadInput(f"{flag} and {option} contradict each other: give one of them")
