"""`stopwoord up`: everything on this machine, until Ctrl-C."""

import os
from pathlib import Path
from typing import Final

import rich_click
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from app.bootstrap import Gateway, build
from app.cli.output import examples, say, talk
from app.domain.errors import StoreUnavailable
from app.domain.staff import Role
from app.launcher.development import FOLDER, SANDBOX_PORT, STORE_PORT, WEB_PORT, Plan, Ports, plan, run
from app.launcher.given import read_given
from app.settings import read_settings, unknown_names

# A colleague of the support desk: an admin needs an authenticator app, on a developer's machine as well.
DEVELOPER: Final = "dev"
PORT = rich_click.IntRange(1, 65535)


@rich_click.command(epilog=examples("stopwoord up", "stopwoord up --port 8001"))
@rich_click.option("--port", type=PORT, help=f"The web server's port (STOPWOORD_PORT, otherwise {WEB_PORT}).")
@rich_click.option(
    "--sandbox-port", type=PORT, default=SANDBOX_PORT, help="The sandbox's port.", show_default=True
)
@rich_click.option("--store-port", type=PORT, default=STORE_PORT, help="The store's port.", show_default=True)
def up(port: int | None, sandbox_port: int, store_port: int) -> None:
    """Run the whole gateway on this machine; stop with Ctrl-C.

    Store, sandbox, web server, workers and clock, in this order. What they keep is in .stopwoord/ in this
    directory, and is still there the next time. The texts come from program.toml in this directory, otherwise
    from an example.

    With STOPWOORD_REDIS_URL it uses that store and starts none. With STOPWOORD_TWILIO_ACCOUNT_SID,
    STOPWOORD_TWILIO_AUTH_TOKEN and STOPWOORD_PUBLIC_URL it uses the real Twilio instead of the sandbox.
    """
    given = read_given()
    ports = Ports(web=port or given.port or WEB_PORT, sandbox=sandbox_port, store=store_port)
    made = plan(Path.cwd(), given, ports)
    os.environ.update(made.environment)
    settings = read_settings()
    gateway = build(settings)  # every slip is told before anything has started
    if not made.store:
        gateway.readiness.store.durability()  # only asked so that a store that is away is told as early
    if settings.queue_url and not (made.store and made.store.is_at(settings.queue_url)):
        _ask_queue(gateway)
    for name, resembles in unknown_names().items():
        say(f"{name} means nothing here; " + (f"did you mean {resembles}?" if resembles else "remove it."))
    run(made, lambda: _announce(made))


def _ask_queue(gateway: Gateway) -> None:
    """Only asked so that a queue that is away is told as early. Raises StoreUnavailable."""
    try:
        gateway.readiness.queue.workers()
    except StoreUnavailable as error:
        raise StoreUnavailable(f"{error}; start it, or correct STOPWOORD_QUEUE_URL") from None


def _announce(made: Plan) -> None:
    rows = Table.grid(padding=(0, 2))
    if made.phone_url:
        rows.add_row("Phone", Text(f"{made.phone_url}  (text STOP from here)", style="bold"))
    else:
        rows.add_row("Twilio", f"posts to {made.given.public_url}")
    rows.add_row("Web", made.web_url)
    if made.store and made.secret_key:
        rows.add_row("Console", Text(f"{made.web_url}/  ({_way_in()})"))
    rows.add_row("Store", made.store.url if made.store else "the one of STOPWOORD_REDIS_URL")
    rows.add_row("Program", str(made.program))
    rows.add_row("Data", f"{FOLDER}/ in this directory; it stays when you stop")
    rows.add_row("Stop", "Ctrl-C")
    talk().print(Panel.fit(rows, title="Stopwoord is up", border_style="green"))


def _way_in() -> str:
    """How to sign in to the console of this machine's own store; the password is made, and shown, once."""
    accounts = build(read_settings()).staff.accounts
    if accounts.every():
        return f"sign in as {DEVELOPER}; `stopwoord staff reset {DEVELOPER}` gives a new password"
    made = accounts.add(DEVELOPER, Role.SUPPORT, password="", generate=True, codes=False, actor="up")
    return f"sign in as {DEVELOPER} with {made.password}, which is shown this once"
