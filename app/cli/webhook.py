"""`stopwoord webhook`: whom to tell of changes of consent, and what could not be told."""

from typing import Final

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import me, open_gateway
from app.cli.output import confirm, examples, json_option, say, show, show_json, show_table, yes_option
from app.domain.webhook import Missed

ADD: Final = "stopwoord webhook add https://shop.example/consent"
LIST: Final = "stopwoord webhook list"
MISSED: Final = "stopwoord webhook failed"
REPLAY: Final = "stopwoord webhook replay"


@rich_click.group(epilog=examples(ADD, LIST, MISSED, REPLAY))
def webhook() -> None:
    """Tell other systems of every change of consent."""


@webhook.command("add", epilog=examples(ADD))
@rich_click.argument("url")
@rich_click.option("--with-number", is_flag=True, help="Tell the phone number too, not only the reference.")
@rich_click.option(
    "--allow-private", is_flag=True, help="The address may be on our own network, and without https."
)
def add(*, url: str, with_number: bool, allow_private: bool) -> None:
    """Tell every change from now on to URL, signed as Standard Webhooks has it; print the secret, once."""
    made = open_gateway().shop.webhooks.add(url, with_number=with_number, private=allow_private, actor=me())
    show(f"{made.endpoint.id} {made.secret}")
    say("Every change from now on is told. The receiver checks the signatures with the secret.")


@webhook.command("list", epilog=examples(LIST, f"{LIST} --json"))
@json_option
def list_endpoints(*, as_json: bool) -> None:
    """List every address that is told."""
    found = open_gateway().shop.webhooks.every()
    if as_json:
        show_json(found)
        return
    columns = ("id", "address", "with number", "private", "added (UTC)", "by")
    rows = [
        (e.id, e.url, str(e.with_number), str(e.private), f"{e.added:%Y-%m-%d %H:%M}", e.added_by)
        for e in found
    ]
    show_table(columns, rows)


@webhook.command("remove", epilog=examples("stopwoord webhook remove wh_0123456789ab"))
@rich_click.argument("endpoint")
@yes_option
def remove(*, endpoint: str, yes: bool) -> int:
    """Tell ENDPOINT (its id) nothing more; what it has not been told yet is dropped."""
    confirm("stop telling it? What it has not been told yet is dropped", yes=yes)
    if not open_gateway().shop.webhooks.remove(endpoint, actor=me()):
        say("There is no endpoint of that id: nothing was changed.")
        return FAILED
    say("Removed.")
    return OK


@webhook.command("failed", epilog=examples(MISSED, f"{MISSED} --json"))
@json_option
def failed(*, as_json: bool) -> None:
    """List what could not be told for three days."""
    missed = open_gateway().shop.webhooks.missed()
    if as_json:
        show_json(missed)
        return
    columns = ("change", "endpoint", "state", "given up (UTC)", "tries", "why")
    show_table(columns, [_row(each) for each in missed])
    say(f"{len(missed)} given up; `stopwoord webhook replay` tries them again.")


def _row(each: Missed) -> tuple[object, ...]:
    call = each.call
    when = f"{each.at:%Y-%m-%d %H:%M}"
    return (call.change.id, call.endpoint, call.change.after, when, call.tried, each.why)


@webhook.command("replay", epilog=examples(REPLAY, "stopwoord webhook replay --change ch_0123"))
@rich_click.option("--change", help="Only this change, as `failed` names it.")
def replay(*, change: str | None) -> int:
    """Try what could not be told again, from the beginning."""
    count = open_gateway().shop.webhooks.replay(change)
    say(f"{count} will be tried again.")
    return OK if count or change is None else FAILED
