"""The command line's front door: the list of commands, and the boundary around them."""

import importlib.metadata
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Final

import click
import rich_click

from app.boundary import EXIT_CODES, guarded
from app.cli.lazy import Lazy, LazyGroup
from app.cli.mistakes import told
from app.domain.errors import BadInput

COMMANDS: Final[Mapping[str, Lazy]] = {
    "campaign": Lazy(
        "app.cli.campaign:campaign",
        "Write to everybody who said yes: make, send, watch, pause, report.",
    ),
    "doctor": Lazy("app.cli.doctor:doctor", "Check this installation; each problem with its remedy."),
    "held": Lazy("app.cli.held:held", "Decide about people whose message may have been an opt-out."),
    "keywords": Lazy(
        "app.cli.keywords:keywords",
        "See the words that change a consent, try a text, and measure a file of them.",
    ),
    "staff": Lazy("app.cli.staff:staff", "Say who may sign in to the console, and as what."),
    "subscriber": Lazy(
        "app.cli.subscriber:subscriber",
        "Look up one person, correct or erase them, opt them out, or invite them.",
    ),
    "subscribers": Lazy(
        "app.cli.subscribers:subscribers", "Import, count, list and export the people who may be texted."
    ),
    "token": Lazy("app.cli.token:token", "Let a shop's systems call the API, and stop them."),
    "up": Lazy("app.cli.up:up", "Run the whole gateway on this machine; stop with Ctrl-C."),
    "webhook": Lazy("app.cli.webhook:webhook", "Tell other systems of every change of consent."),
}

EPILOG: Final = "\n\n".join(
    ["Exit codes:", *(f"{code}  {meaning}" for code, meaning in EXIT_CODES.items())],
)


def _print_version(context: rich_click.Context, _: rich_click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    if wanted:
        rich_click.echo(f"stopwoord {importlib.metadata.version('stopwoord')}")
        context.exit()


@rich_click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@rich_click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Stopwoord: an SMS consent gateway. Settings are read from STOPWOORD_* and from .env."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character gets its code, and never a UnicodeEncodeError.
            stream.reconfigure(errors="backslashreplace")
    raise SystemExit(guarded(_run))


def _run() -> object:
    # Bytes that are no text arrive as lone surrogates, which neither the store nor a fingerprint can take.
    if not all(map(_is_text, sys.argv)):
        raise BadInput("an argument is not UTF-8; check the encoding of the terminal or of the script")
    try:
        return cli.main(prog_name="stopwoord", standalone_mode=False)
    except click.UsageError as error:
        raise BadInput(told(error, sys.argv)) from None
    except SystemExit as ended:
        # Of a reader that has seen enough click makes a failure; the boundary knows better.
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        raise


def _is_text(argument: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in argument)
