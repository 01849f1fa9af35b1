"""Start the sandbox: `python -m app.sandbox --port 8900 --webhook http://127.0.0.1:8000/twilio/sms`."""

import argparse
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.sandbox.exchange import Exchange, assemble
from app.sandbox.server import Server
from app.sandbox.settings import Account, OptOut, Settings
from app.sandbox.web import create_app

# Nothing secret: they open a service that only this machine can reach.
DEVELOPMENT_SID: Final = "AC" + "5a" * 16
DEVELOPMENT_TOKEN: Final = "sandbox-auth-token"  # noqa: S105 - see above


def parser() -> argparse.ArgumentParser:
    """The arguments, each with a default from STOPWOORD_SANDBOX_<NAME> or for development."""
    made = argparse.ArgumentParser(prog="python -m app.sandbox", description="A stand-in for Twilio.")
    add = made.add_argument
    add("--port", type=_port, default=_default("port", "8900"), help="where to listen, on 127.0.0.1")
    add("--webhook", default=_default("webhook", "http://127.0.0.1:8000/twilio/sms"))
    add("--sender", action="append", help="a number that may send; repeat it for several")
    add("--account-sid", default=_default("account_sid", DEVELOPMENT_SID))
    add("--auth-token", default=_default("auth_token", DEVELOPMENT_TOKEN))
    add("--data", default=_default("data", ""), help="a directory to keep everything in")
    # By type and not by choices: argparse does not hold a default against the choices.
    add("--optout", type=OptOut, default=_default("optout", OptOut.OFF), help="off, default or advanced")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; the exit code."""
    given = parser().parse_args(arguments)
    senders = given.sender or _default("sender", "+3197010200000").split(",")
    directory = Path(given.data) if given.data else None
    account = Account(given.account_sid, given.auth_token, tuple(senders))
    try:
        exchange = assemble(account, Settings(given.webhook, given.optout), directory)
    except (OSError, sqlite3.Error) as error:
        return _failed(f"cannot keep its data in {directory} ({error}): choose another --data.")
    try:
        server = Server(given.port, create_app(exchange))
    except OSError as error:
        return _failed(
            f"cannot listen on 127.0.0.1:{given.port} ({error.strerror}): "
            "stop what listens there, or choose another --port."
        )
    _serve(server, exchange)
    return 0


def _failed(why: str) -> int:
    print(f"The sandbox {why}", file=sys.stderr)  # noqa: T201 - a program's last words
    return 1


def _serve(server: Server, exchange: Exchange) -> None:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    # Before the first call is served, or it would take a message just accepted for an unfinished one.
    exchange.resume()
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    print(f"The sandbox is at http://127.0.0.1:{server.server_port}/", flush=True)  # noqa: T201 - for the starter
    stopping.wait()
    server.stopping.set()
    server.shutdown()
    server.server_close()
    exchange.store.close()


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _default(name: str, otherwise: str) -> str:
    return os.environ.get(f"STOPWOORD_SANDBOX_{name.upper()}", otherwise)


if __name__ == "__main__":
    sys.exit(main())
