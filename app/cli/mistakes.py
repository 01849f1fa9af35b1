"""What is wrong with what was typed, in words for whoever typed it: the option or argument, and what it has to be."""

import re
from collections.abc import Sequence
from typing import Any, Final

import click

# Anything that could be a phone number, in the notations that people write: what cannot be used is repeated.
_NUMBER: Final = re.compile(r"\+?[0-9][0-9() ./\-\u00a0]{5,}[0-9]")


def told(error: click.UsageError, typed: Sequence[str]) -> str:
    """The mistake in one sentence, with where the command is explained."""
    mistake = _NUMBER.sub("[number]", _mistake(error, typed))
    # Whoever is told what was probably meant needs no explanation.
    return (
        f"{mistake}: see `{error.ctx.command_path} --help`" if error.ctx and mistake[-1] != "?" else mistake
    )


def _mistake(error: click.UsageError, typed: Sequence[str]) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return f"{name_of(param)} is missing"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{name_of(param)} {must_be(param.type, error.ctx)}"
        case click.NoSuchOption():
            return _unknown("option", error.option_name, error.possibilities)
        case click.NoSuchCommand():
            return _unknown("command", error.command_name, error.possibilities)
        case click.BadOptionUsage():
            # A value can be lacking only at the end, and be too much only behind an equals sign.
            lacking = typed[-1] == error.option_name
            return f"{error.option_name} {'needs a' if lacking else 'takes no'} value"
        case _:
            return _too_much(error.ctx)


def _unknown(what: str, name: str, alike: Sequence[str] | None) -> str:
    return f"there is no {what} {name}" + (f": did you mean {' or '.join(alike)}?" if alike else "")


def _too_much(context: click.Context | None) -> str:
    """All that is left of click's complaints: it has words to spare when it has read what the command takes."""
    known = context.command.params if context else ()
    arguments = " ".join(name_of(param) for param in known if isinstance(param, click.Argument))
    if not arguments:
        return "this takes options only, and no word without dashes"
    return f"this takes {arguments} and no more: put what has spaces between quotes"


def name_of(param: click.Parameter) -> str:
    """A parameter as it is typed: --most, or CAMPAIGN."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def must_be(kind: click.ParamType[Any], context: click.Context | None) -> str:
    """What a value of that kind has to be."""
    match kind:
        case click.IntRange(min=int(least), max=None):
            return f"must be a whole number, {least} or more"
        case click.IntRange(min=int(least), max=int(most)):
            return f"must be a whole number from {least} to {most}"
        case click.Choice():
            *others, last = [kind.normalize_choice(choice, context) for choice in kind.choices]
            return f"must be {', '.join(others)} or {last}" if others else f"must be {last}"
        case click.Path():
            return "must be a file that can be read, and no directory"
        case _:
            return "cannot be used as it is"
