"""`stopwoord held`: people whose message nobody could read for certain, and the two decisions about them."""

from typing import Final

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import me, number_of, open_gateway
from app.cli.output import examples, json_option, say, show_json, show_table
from app.domain.consent import State, Told

LIST: Final = "stopwoord held list"
CLEAR: Final = "stopwoord held clear 06-12345678 --reason 'asked about an order'"
OPT_OUT: Final = "stopwoord held opt-out 06-12345678 --reason 'meant to stop'"


@rich_click.group(epilog=examples(LIST, CLEAR, OPT_OUT))
def held() -> None:
    """Decide about people whose message may have been an opt-out."""


@held.command("list", epilog=examples(LIST, f"{LIST} --json"))
@json_option
def list_held(as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """List everybody who waits for a decision, the longest waiting first, with what they wrote."""
    waiting = open_gateway().subscriber_care.held()
    rows = [
        {
            "number": one.number.e164,
            "since": one.since,
            "words": one.because.words if one.because else "",
            "rule": one.because.rule if one.because else "",
        }
        for one in waiting
    ]
    if as_json:
        show_json(rows)
        return
    show_table(
        ("number", "since (UTC)", "words", "rule"),
        [(r["number"], f"{r['since']:%Y-%m-%d %H:%M:%S}", r["words"], r["rule"]) for r in rows],
    )
    say(f"{len(rows)} {'person waits' if len(rows) == 1 else 'people wait'}; nothing marketing goes to them.")


@held.command("clear", epilog=examples(CLEAR))
@rich_click.argument("number")
@rich_click.option("--reason", required=True, help="Why, as it will stand in the evidence.")
def clear(number: str, reason: str) -> int:
    """Subscribe NUMBER again: their message was no opt-out."""
    gateway = open_gateway()
    told = gateway.subscriber_care.clear_hold(number_of(gateway, number), reason=reason, actor=me())
    if told is Told.NOT_HELD:
        say("They are not held: nothing was changed.")
        return FAILED
    say("Subscribed again.")
    return OK


@held.command("opt-out", epilog=examples(OPT_OUT))
@rich_click.argument("number")
@rich_click.option("--reason", required=True, help="Why, as it will stand in the evidence.")
def opt_out(number: str, reason: str) -> int:
    """Opt NUMBER out: their message meant it. One confirmation is sent to them."""
    gateway = open_gateway()
    care, found = gateway.subscriber_care, number_of(gateway, number)
    if care.show(found).record.state is not State.HELD:
        say("They are not held: nothing was changed. `stopwoord subscriber opt-out` opts anybody out.")
        return FAILED
    care.opt_out(found, reason=reason, actor=me())
    say("Opted out; a confirmation is on its way.")
    return OK
