"""A group of commands that imports a command only when it is run, so that the command line starts quickly."""

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import click
import rich_click


class Lazy(NamedTuple):
    """Where a command is, as "module:attribute", and the line that stands for it in the list."""

    target: str
    summary: str


class LazyGroup(rich_click.RichGroup):
    """Lists stand-ins that know only name and summary; the command itself is loaded when it is called."""

    def __init__(self, *, lazy: Mapping[str, Lazy], **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(**options)
        for name, (_, summary) in lazy.items():
            self.add_command(rich_click.RichCommand(name=name, help=summary))
        self._targets = {name: target for name, (target, _) in lazy.items()}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(self._targets[name]) if name else command, rest


def load(target: str) -> click.Command:
    """The command that `target` ("module:attribute") names."""
    module, attribute = target.split(":")
    command = getattr(importlib.import_module(module), attribute)
    assert isinstance(command, click.Command)  # noqa: S101 - a slip in our own table
    return command
