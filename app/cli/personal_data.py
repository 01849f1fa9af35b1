"""`stopwoord subscriber edit` and `erase`: a person's right to have it put right, and to be forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from zoneinfo import available_timezones

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import me, number_of, open_gateway
from app.cli.output import confirm, examples, say, show, yes_option
from app.domain.errors import BadInput
from app.domain.profile import Profile, field_name, said, tag_of
from app.services.audience_ports import Saved

EDIT: Final = "stopwoord subscriber edit 06-12345678 --first-name Anna"
ERASE: Final = "stopwoord subscriber erase 06-12345678 --reason 'wrote to us'"


def show_profile(profile: Profile) -> None:
    """What is known of a person, a line each; nothing where nothing is known."""
    known = plain_profile(profile)
    own = known.pop("fields")
    assert isinstance(own, dict)  # noqa: S101 - it is made below
    for name, value in (known | own).items():
        if value:
            text = ", ".join(value) if isinstance(value, list) else value
            show(f"  {name}: {text}")


def plain_profile(profile: Profile) -> dict[str, object]:
    return {
        "first_name": profile.first_name,
        "last_name": profile.last_name,
        "zone": profile.zone,
        "postcode": profile.postcode,
        "state": profile.state,
        "tags": sorted(profile.tags),
        "fields": dict(profile.fields),
    }


@rich_click.command(
    "edit", epilog=examples(EDIT, "stopwoord subscriber edit 06-12345678 --tag vip --field shop=")
)
@rich_click.argument("number")
@rich_click.option("--first-name", help="Their first name.")
@rich_click.option("--last-name", help="Their last name.")
@rich_click.option("--zone", help="Their time zone, such as Europe/Amsterdam.")
@rich_click.option("--postcode", help="Their postcode.")
@rich_click.option("--state", help="Their state or province.")
@rich_click.option("--tag", "tags", multiple=True, help="A tag to add; may be repeated.")
@rich_click.option("--untag", "untags", multiple=True, help="A tag to take away; may be repeated.")
@rich_click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A field of your own.")
def edit(
    *,
    number: str,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    fields: tuple[str, ...],
    **values: str | None,
) -> int:
    """Correct what is known of NUMBER besides the consent. An empty value takes the old one away."""
    given = {name: said(value, f"--{name}") for name, value in values.items() if value is not None}
    if given.get("zone") and given["zone"] not in available_timezones():
        raise BadInput("the time zone is none such as Europe/Amsterdam")
    own = dict(_fields(fields))
    added, taken = frozenset(map(tag_of, tags)), frozenset(map(tag_of, untags))
    if not (given or own or added or taken):
        raise BadInput("say what is to be changed: see `stopwoord subscriber edit --help`")

    def change(known: Profile) -> Profile:
        kept = {name: value for name, value in {**known.fields, **own}.items() if value}
        changed = replace(known, **given, tags=(known.tags | added) - taken, fields=kept)  # type: ignore[arg-type]
        return replace(changed, zone=changed.zone or None)

    gateway = open_gateway()
    if gateway.subscriber_care.edit(number_of(gateway, number), change) is Saved.NOBODY:
        say("Nothing is known of that number: nothing was changed.")
        return FAILED
    say("Corrected.")
    return OK


def _fields(pairs: Iterable[str]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise BadInput("a field is given as NAME=VALUE")
        yield field_name(name), said(value, f"the field {name}")


@rich_click.command("erase", epilog=examples(ERASE, f"{ERASE} --yes"))
@rich_click.argument("number")
@rich_click.option("--reason", required=True, help="Why; it is kept, so name nobody in it.")
@yes_option
def erase(*, number: str, reason: str, yes: bool) -> int:
    """Forget NUMBER: only a keyed hash stays, which refuses imports, invitations and texts.

    Their own START lifts it. The messages that the provider keeps are deleted there as well.
    """
    gateway = open_gateway()
    found, work = number_of(gateway, number), gateway.erase_subscriber
    confirm("erase everything that is kept of this person? It cannot be undone", yes=yes)
    known = work.here(found, reason=reason, actor=me())
    say("Erased." if known else "Nothing was kept of that number; from now on it is refused.")
    forgotten = work.at_the_provider(found)
    say(f"The provider deleted {forgotten.deleted} messages.")
    if forgotten.left:
        say(f"It would not delete {forgotten.left}, which are still under way: run this again later.")
        return FAILED
    return OK
