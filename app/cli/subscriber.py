"""`stopwoord subscriber`: why somebody is or is not subscribed, opting out, inviting."""

from typing import Final

import rich_click

from app.boundary import FAILED, OK
from app.cli.campaign_report import in_words
from app.cli.gateway import me, new_number_of, number_of, open_gateway
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.cli.personal_data import edit, erase, plain_profile, show_profile
from app.domain.consent import State, Told
from app.domain.evidence import Evidence
from app.domain.opt_out_link import HELD_DAYS
from app.services.subscriber_care import Subscriber

IN_WORDS: Final = {
    State.UNKNOWN: "not known: nothing marketing is sent",
    State.PENDING: "asked to confirm, no answer yet: nothing marketing is sent",
    State.SUBSCRIBED: "subscribed",
    State.HELD: "held until a person decides: nothing marketing is sent",
    State.OPTED_OUT: "opted out: nothing marketing is sent; only their own START changes that",
}
GONE: Final = "number gone: no text reaches it any more; only their own START changes that"
ERASED: Final = "erased at their request: nothing marketing is sent; only their own START changes that"
SHOW: Final = "stopwoord subscriber show 06-12345678"
OPT_OUT: Final = "stopwoord subscriber opt-out 06-12345678 --reason 'called us'"
OPT_OUT_LINK: Final = "stopwoord subscriber opt-out-link 06-12345678"
INVITE: Final = "stopwoord subscriber invite 06-12345678 --source till --wording 'Text me'"


@rich_click.group(epilog=examples(SHOW, OPT_OUT, INVITE))
def subscriber() -> None:
    """Look up one person, correct or erase them, opt them out, or invite them."""


subscriber.add_command(edit)
subscriber.add_command(erase)


@subscriber.command("show", epilog=examples(SHOW, f"{SHOW} --json"))
@rich_click.argument("number")
@json_option
def show_subscriber(number: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Say whether NUMBER (in any notation) is subscribed, since when and why, with all evidence and campaigns.

    With --json there are number, state, since, channel, language, erased, profile, campaigns and evidence. The
    profile has first_name, last_name, zone, postcode, state, tags and fields. Every piece of evidence has at, signal,
    channel, actor, words, wording, before, after, message, rule, reply, note, stated and row.
    """
    gateway = open_gateway()
    found = gateway.subscriber_care.show(number_of(gateway, number))
    erased = gateway.erase_subscriber.erased(found.number)
    manage = gateway.campaigns.manage
    campaigns = [
        (each.id, each.name, in_words(outcome))
        for each, outcome in manage.of_person(found.number, manage.begun())
    ]
    if as_json:
        names = ("id", "name", "outcome")
        got = [dict(zip(names, row, strict=True)) for row in campaigns]
        show_json(_plain(found, erased=erased) | {"campaigns": got})
        return
    if erased:
        show(f"{found.number.e164}: {ERASED}")
    since = f", since {found.record.since:%Y-%m-%d %H:%M:%S} UTC" if found.record.since else ""
    if found.evidence or not erased:
        said = GONE if found.record.gone else IN_WORDS[found.record.state]
        show(f"{found.number.e164}: {said}{since}")
    show_profile(found.profile)
    if not found.evidence and not erased:
        say("There is no evidence of this number. They can join by texting START.")
        return
    if not found.evidence:
        return
    columns = ("when (UTC)", "what", "how", "by", "words", "state", "reply", "message", "remark")
    show_table(columns, [_row(entry) for entry in found.evidence])
    if campaigns:
        show_table(("campaign", "name", "what they got"), campaigns)


def _row(entry: Evidence) -> tuple[str, ...]:
    change = entry.after if entry.before == entry.after else f"{entry.before} → {entry.after}"
    words = f"{entry.words} (version {entry.wording})" if entry.wording else entry.words
    when = f"{entry.at:%Y-%m-%d %H:%M:%S}.{entry.at.microsecond // 1000:03d}"
    return (
        *(when, entry.signal, entry.channel, entry.actor, words, change, entry.reply),
        *(entry.message, entry.note or entry.rule),
    )


def _plain(found: Subscriber, *, erased: bool) -> dict[str, object]:
    record = found.record
    return {
        "number": found.number.e164,
        "state": record.state,
        "since": record.since,
        "channel": record.source,
        "language": record.language,
        "erased": erased,
        "profile": plain_profile(found.profile),
        "evidence": found.evidence,
    }


@subscriber.command("opt-out", epilog=examples(OPT_OUT))
@rich_click.argument("number")
@rich_click.option("--reason", required=True, help="Why, as it will stand in the evidence.")
def opt_out(number: str, reason: str) -> int:
    """Opt NUMBER out: they asked for it by another way than a text. One confirmation is sent to them."""
    gateway = open_gateway()
    told = gateway.subscriber_care.opt_out(number_of(gateway, number), reason=reason, actor=me())
    say("They had opted out already." if told is Told.ALREADY else "Opted out; a confirmation is on its way.")
    return OK


@subscriber.command("opt-out-link", epilog=examples(OPT_OUT_LINK))
@rich_click.argument("number")
def opt_out_link(number: str) -> int:
    """Print the link by which NUMBER can opt out without texting. Opening it changes nothing yet."""
    gateway = open_gateway()
    found = number_of(gateway, number)
    if gateway.erase_subscriber.erased(found):
        say(
            "They were erased at their request: nothing marketing is sent, and there is nothing to opt out of."
        )
        return FAILED
    show(gateway.pages.links.of(found))
    known = gateway.subscriber_care.consents.load(found).version > 0
    held = f"{HELD_DAYS} days" if known else "an hour, for nothing is known of this number"
    say(f"It holds for {held}; give it to nobody else. Whoever has it can opt them out.")
    return OK


@subscriber.command("invite", epilog=examples(INVITE))
@rich_click.argument("number")
@rich_click.option("--source", required=True, help="Where they signed up: a form, a page, a shop.")
@rich_click.option("--wording", required=True, help="The words that they agreed to.")
@rich_click.option(
    "--wording-version", default="", help="Their version; a fingerprint of them when left out."
)
@rich_click.option("--language", help="In which language to ask, such as nl.")
def invite(number: str, source: str, wording: str, wording_version: str, language: str | None) -> int:
    """Ask NUMBER to confirm a sign-up that happened elsewhere. Nobody is subscribed by this alone."""
    gateway = open_gateway()
    told = gateway.subscriber_care.invite(
        new_number_of(gateway, number),
        source=source,
        wording=wording,
        version=wording_version,
        language=gateway.program.texts.spoken(language) if language else None,
        actor=me(),
    )
    match told:
        case Told.DONE:
            say("Their state is pending; they are asked to confirm, at most once in 24 hours.")
        case Told.ERASED:
            say("They were erased at their request. Only they can undo that, by texting START.")
            return FAILED
        case Told.MUST_TEXT_START:
            say("They have opted out. Only they can undo that, by texting START.")
            return FAILED
        case _:
            say("Nothing to ask: they are subscribed or held already. The sign-up is kept as evidence.")
    return OK
