"""`stopwoord token`: the keys with which a shop's systems may call the API."""

from datetime import datetime
from typing import Final

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import me, open_gateway
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.domain.token import Scope, Token

ADD: Final = "stopwoord token add webshop --scope read --scope write"
LIST: Final = "stopwoord token list"
REVOKE: Final = "stopwoord token revoke webshop"


@rich_click.group(epilog=examples(ADD, LIST, REVOKE))
def token() -> None:
    """Let a shop's systems call the API, and stop them."""


@token.command("add", epilog=examples(ADD))
@rich_click.argument("name")
@rich_click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=rich_click.Choice([scope.value for scope in Scope]),
    help="What it may do: read looks people and campaigns up, write hands in sign-ups and opt-outs.",
)
def add(name: str, scopes: tuple[str, ...]) -> None:
    """Make a token and print it, once: only its fingerprint is kept."""
    secret = open_gateway().shop.tokens.add(name, map(Scope, scopes), actor=me())
    show(secret)
    say("Give it to the system that needs it; it cannot be shown again.")


@token.command("list", epilog=examples(LIST, f"{LIST} --json"))
@json_option
def list_tokens(as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """List every token with what it may do and when it was last used (to the minute)."""
    tokens = open_gateway().shop.tokens.every()
    if as_json:
        show_json([_plain(each) for each in tokens])
        return
    columns = ("name", "may", "made (UTC)", "by", "last used (UTC)")
    show_table(columns, [_row(each) for each in tokens])


def _plain(each: Token) -> dict[str, object]:
    return {
        "name": each.name,
        "scopes": sorted(each.scopes),
        "made": each.made,
        "made_by": each.made_by,
        "last_used": each.last_used,
    }


def _row(each: Token) -> tuple[str, ...]:
    return (each.name, ", ".join(sorted(each.scopes)), _when(each.made), each.made_by, _when(each.last_used))


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


@token.command("revoke", epilog=examples(REVOKE))
@rich_click.argument("name")
def revoke(name: str) -> int:
    """Take a token back: from this moment it opens nothing."""
    if not open_gateway().shop.tokens.revoke(name, actor=me()):
        say("There is no token of that name: nothing was changed.")
        return FAILED
    say("Revoked.")
    return OK
