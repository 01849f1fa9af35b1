"""`stopwoord up`: everything on this machine, until Ctrl-C."""

import rich_click


@rich_click.command()
def up() -> None:
    """Run the whole gateway on this machine; stop with Ctrl-C."""
