"""`stopwoord doctor`: what is wrong with this installation, and how to mend it."""

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import open_gateway
from app.cli.output import examples, json_option, say, show_json, show_table


@rich_click.command(epilog=examples("stopwoord doctor", "stopwoord doctor --release --json"))
@rich_click.option(
    "--release", is_flag=True, help="Only what can be checked before the processes run, for a release phase."
)
@json_option
def doctor(release: bool, as_json: bool) -> int:  # noqa: FBT001 - click passes them by name
    """Check this installation; each problem with its remedy.

    Settings, store, queue, clock, workers, provider and webhook are looked at. With --json every check has name,
    ok, found and fix.
    """
    checks = open_gateway().doctor(running=not release)
    broken = [check for check in checks if not check.ok]
    if as_json:
        show_json(checks)
    else:
        show_table(
            ("", "check", "found", "what to do"),
            [("✓" if c.ok else "✗", str(c.name), str(c.found), "" if c.ok else str(c.fix)) for c in checks],
        )
        say(f"{len(broken)} of {len(checks)} checks failed." if broken else "Everything is as it should be.")
    return FAILED if broken else OK
