"""`stopwoord staff`: who may sign in to the console. There is no account until one is made here."""

import sys
from typing import Final

import click
import rich_click

from app.cli.gateway import me, open_gateway
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.domain.errors import BadInput
from app.domain.staff import Role
from app.services.staff_accounts import Handed

ADD: Final = "stopwoord staff add anna --role support"
RESET: Final = "stopwoord staff reset anna"
LIST: Final = "stopwoord staff list"

generate_option = rich_click.option(
    "--generate", is_flag=True, help="Make a password and show it once, instead of asking for one."
)
codes_option = rich_click.option(
    "--codes", is_flag=True, help="Ask for a code of an authenticator app as well; an admin always has that."
)


@rich_click.group(epilog=examples(ADD, LIST, RESET))
def staff() -> None:
    """Say who may sign in to the console, and as what."""


@staff.command("add", epilog=examples(ADD, "stopwoord staff add boss --role admin --generate"))
@rich_click.argument("name")
@rich_click.option(
    "--role", required=True, type=rich_click.Choice([role.value for role in Role]), help="What they may do."
)
@generate_option
@codes_option
def add(*, name: str, role: str, generate: bool, codes: bool) -> None:
    """Let NAME in. A viewer sees, support decides about people, a marketer about campaigns, an admin does all.

    The password has 15 characters or more and is no common one; it is typed twice, or made with --generate.
    """
    accounts = open_gateway().staff.accounts
    password = "" if generate else _typed_twice()
    _hand_over(accounts.add(name, Role(role), password=password, generate=generate, codes=codes, actor=me()))


@staff.command("reset", epilog=examples(RESET, f"{RESET} --generate"))
@rich_click.argument("name")
@generate_option
@codes_option
def reset(*, name: str, generate: bool, codes: bool) -> None:
    """Give NAME a new password, and new codes if they had any. They are signed out everywhere."""
    accounts = open_gateway().staff.accounts
    password = "" if generate else _typed_twice()
    _hand_over(accounts.reset(name, password=password, generate=generate, codes=codes, actor=me()))


@staff.command("list", epilog=examples(LIST, f"{LIST} --json"))
@json_option
def list_staff(*, as_json: bool) -> None:
    """List every account with its role."""
    rows = [
        {
            "name": account.name,
            "role": account.role,
            "codes": bool(account.secret),
            "disabled": account.disabled,
            "made": account.made,
        }
        for account in open_gateway().staff.accounts.every()
    ]
    if as_json:
        show_json(rows)
        return
    show_table(
        ("name", "role", "second factor", "state", "made (UTC)"),
        [
            (
                *(row["name"], row["role"], "codes" if row["codes"] else "none"),
                *("disabled" if row["disabled"] else "active", f"{row['made']:%Y-%m-%d %H:%M}"),
            )
            for row in rows
        ],
    )
    if not rows:
        say(f"Nobody can sign in yet: {ADD}")


@staff.command("disable", epilog=examples("stopwoord staff disable anna"))
@rich_click.argument("name")
def disable(name: str) -> None:
    """Let NAME in no more; they are signed out at once."""
    open_gateway().staff.accounts.disable(name, actor=me())
    say(f"{name} cannot sign in any more.")


@staff.command("enable", epilog=examples("stopwoord staff enable anna"))
@rich_click.argument("name")
def enable(name: str) -> None:
    """Let NAME in again, with the password that they had."""
    open_gateway().staff.accounts.enable(name, actor=me())
    say(f"{name} can sign in again.")


def _typed_twice() -> str:
    if not sys.stdin.isatty():
        raise BadInput("there is nobody to type a password: add --generate, and one is made and shown once")
    return str(
        click.prompt("Password (15 characters or more)", hide_input=True, confirmation_prompt=True, err=True)
    )


def _hand_over(handed: Handed) -> None:
    """What is shown this once goes to stdout, so that a script can pass it on."""
    show(f"name: {handed.account.name}")
    show(f"role: {handed.account.role}")
    if handed.password:
        show(f"password: {handed.password}")
    if handed.secret:
        show(f"codes: {handed.secret}")
        show(f"for the app: {handed.address}")
    if handed.password or handed.secret:
        say("This is shown once. Hand it over by a way that others cannot read.")
