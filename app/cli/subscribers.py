"""`stopwoord subscribers`: the audience as a whole."""

import rich_click

from app.cli.import_subscribers import IMPORT, import_file
from app.cli.output import examples


@rich_click.group(epilog=examples(f"{IMPORT} --dry-run"))
def subscribers() -> None:
    """Import, count, list and export the people who may be texted."""


subscribers.add_command(import_file)
