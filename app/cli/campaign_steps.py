"""`stopwoord campaign send`, `schedule`, `pause`, `resume` and `cancel`."""

import sys
from dataclasses import replace
from typing import Final

import click
import rich_click

from app.boundary import OK
from app.cli.campaign_drafts import whom
from app.cli.campaign_expected import plain_expected, tell_expected
from app.cli.campaign_file import MOMENT, fields_of, moment_of
from app.cli.campaign_options import leave_out_option
from app.cli.gateway import me, open_gateway
from app.cli.output import confirm, examples, json_option, say, show, show_json, yes_option
from app.domain.campaign import Action, Campaign, CampaignStatus
from app.domain.errors import BadInput
from app.domain.expected import Expected
from app.domain.profile import said
from app.domain.segments import measure
from app.services.manage_campaigns import ManageCampaigns

SEND: Final = "stopwoord campaign send spring22"
SCHEDULE: Final = "stopwoord campaign schedule spring22 --at '2026-12-01 10:00'"
# Above this the number itself has to be typed: a yes is given too quickly.
TYPED_ABOVE: Final = 1000


@rich_click.command("send", epilog=examples(SEND, f"{SEND} --dry-run", f"{SEND} --yes"))
@rich_click.argument("campaign")
@rich_click.option(
    "--dry-run", is_flag=True, help="Say whom it would reach and what they would get; send nothing."
)
@leave_out_option
@yes_option
@json_option
def send(campaign: str, dry_run: bool, leave_out: tuple[str, ...], yes: bool, as_json: bool) -> int:  # noqa: FBT001 - click passes them by name
    """Send CAMPAIGN to its audience, after asking. Whoever is subscribed now gets it, unless they stop first.

    What it is thought to cost is worked out first, and kept for `campaign report`. It is refused when somebody has
    no value for a field that the text needs, unless --leave-out says so.
    """
    uses = open_gateway().campaigns
    manage = uses.manage
    found, left_out = _leaving_out(manage.change.load(campaign), leave_out)
    found.after(Action.SEND)  # refused here already, before anybody is asked
    manage.render.check(found)
    count = _somebody(manage, found)
    expected = tell_expected(uses.preview, found)
    if dry_run:
        _preview(manage, found, count, expected, as_json=as_json)
        return OK
    _agree(f"send {found.name!r} to {whom(found)}", count, expected, yes=yes)
    manage.send(campaign, expected, left_out)
    if as_json:
        show_json({"id": campaign, "people": count, "expected": plain_expected(expected)})
    say(f"On its way to {_people(count)}. `stopwoord campaign watch {campaign}` shows how far it is.")
    return OK


def _leaving_out(found: Campaign, names: tuple[str, ...]) -> tuple[Campaign, frozenset[str]]:
    """The campaign as it would be sent, and what was given."""
    given = fields_of(names) or frozenset()
    return replace(found, leaves_out=found.leaves_out | given), given


def _preview(
    manage: ManageCampaigns, found: Campaign, count: int, expected: Expected, *, as_json: bool
) -> None:
    texts = {language: manage.render.example(found, language) for language in found.texts}
    if as_json:
        rows = {name: {"text": text, "segments": measure(text).segments} for name, text in texts.items()}
        show_json({"id": found.id, "people": count, "texts": rows, "expected": plain_expected(expected)})
        return
    show(f"{_people(count)} in its audience: {whom(found)}")
    for language, text in texts.items():
        measured = measure(text)
        segments = "1 segment" if measured.segments == 1 else f"{measured.segments} segments"
        show(f"\n{language}, {segments} ({measured.encoding}):\n{text}")
    say("Nothing was sent.")


def _somebody(manage: ManageCampaigns, found: Campaign) -> int:
    count = manage.count(found)
    if not count:
        raise BadInput(f"nobody would get it: there is nobody among {whom(found)}")
    return count


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _agree(what: str, count: int, expected: Expected, *, yes: bool) -> None:
    """Ask. Above a thousand the size of the audience is typed, not how many of it would get the text as it is now."""
    question = f"{what}: an audience of {_people(count)}"
    if expected.people != count:
        question += f", of whom {expected.people:,} would get it as it is now"
    if yes or count <= TYPED_ABOVE or not sys.stdin.isatty():
        confirm(f"{question}?", yes=yes)
        return
    typed = click.prompt(f"{question}. Type the size of the audience to confirm", err=True)
    if typed.replace(",", "").replace(".", "").strip() != str(count):
        say(f"That is not the size of the audience ({count:,}): nothing was sent.")
        raise click.exceptions.Exit(1)


@rich_click.command("schedule", epilog=examples(SCHEDULE))
@rich_click.argument("campaign")
@rich_click.option("--at", required=True, help=f"When: {MOMENT}.")
@leave_out_option
@yes_option
def schedule(campaign: str, at: str, leave_out: tuple[str, ...], yes: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Send CAMPAIGN at a later moment: whoever is subscribed then gets it.

    It is refused when somebody has no value for a field that the text needs, unless --leave-out says so.
    """
    uses = open_gateway().campaigns
    manage = uses.manage
    when = moment_of(at)
    found, left_out = _leaving_out(manage.change.load(campaign), leave_out)
    if when is None:
        raise BadInput(f"say when: {MOMENT}")
    found.after(Action.SCHEDULE)
    manage.check_moment(found, when)
    local = when.astimezone()
    count, expected = manage.count(found), tell_expected(uses.preview, replace(found, scheduled_at=when))
    _agree(f"send {found.name!r} on {local:%Y-%m-%d %H:%M %Z} to {whom(found)}", count, expected, yes=yes)
    manage.schedule(campaign, when, expected, left_out)
    say(f"Scheduled for {local:%Y-%m-%d %H:%M %Z}. `stopwoord campaign pause {campaign}` takes it off again.")
    return OK


@rich_click.command("pause", epilog=examples("stopwoord campaign pause spring22 --reason 'wrong price'"))
@rich_click.argument("campaign")
@rich_click.option("--reason", default="paused by hand", help="Why, as others will read it.")
def pause(campaign: str, reason: str) -> int:
    """Pause CAMPAIGN within two seconds. What is at the provider already still arrives."""
    after = open_gateway().campaigns.manage.pause(campaign, _why(reason), actor=me())
    if after.status is CampaignStatus.DRAFT:
        again = (
            f"`stopwoord campaign schedule {campaign} --at MOMENT` or `stopwoord campaign send {campaign}`"
        )
        say(f"Taken off its schedule: it is a draft again, and nobody gets it before {again}.")
        return OK
    say(f"Paused. `stopwoord campaign resume {campaign}` goes on where it stopped.")
    return OK


@rich_click.command("resume", epilog=examples("stopwoord campaign resume spring22"))
@rich_click.argument("campaign")
def resume(campaign: str) -> int:
    """Let a paused CAMPAIGN go on where it stopped: nobody gets it twice."""
    open_gateway().campaigns.manage.resume(campaign)
    say("It goes on.")
    return OK


@rich_click.command("cancel", epilog=examples("stopwoord campaign cancel spring22"))
@rich_click.argument("campaign")
@rich_click.option("--reason", default="cancelled by hand", help="Why, as others will read it.")
@yes_option
def cancel(campaign: str, reason: str, yes: bool) -> int:  # noqa: FBT001 - click passes it by name
    """End CAMPAIGN for good: whoever has not got it does not get it any more."""
    manage, why = open_gateway().campaigns.manage, _why(reason)
    found = manage.change.load(campaign)
    found.after(Action.CANCEL)
    confirm(f"cancel {found.name!r} for good?", yes=yes)
    manage.cancel(campaign, why, actor=me())
    say("Cancelled.")
    return OK


def _why(reason: str) -> str:
    """A reason as others can read it. Raises BadInput."""
    if not (why := said(reason, "--reason")):
        raise BadInput("--reason is empty: say why, or leave it out")
    return why
