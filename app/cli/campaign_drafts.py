"""`stopwoord campaign new`, `edit`, `list` and `show`."""

from typing import Any, Final

import rich_click

from app.boundary import OK
from app.cli.campaign_expected import tell_expected
from app.cli.campaign_options import plan_of, plan_options, undo_options
from app.cli.campaign_why import reasons
from app.cli.gateway import me, open_gateway
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.errors import BadInput
from app.services.manage_campaigns import Progress

NEW: Final = "stopwoord campaign new Spring --text 'Lente! 10% korting tot zondag'"
FROM_FILE: Final = "stopwoord campaign new --file spring.toml"
EDIT: Final = "stopwoord campaign edit spring22 --text 'Lente! 15% korting' --tag vip"
SHOW: Final = "stopwoord campaign show spring22"


@rich_click.command("new", epilog=examples(NEW, FROM_FILE))
@rich_click.argument("name", required=False)
@plan_options
@json_option
def new(name: str | None, as_json: bool, **given: Any) -> int:  # noqa: ANN401, FBT001 - click passes them by name
    """Make a draft called NAME. Nothing is sent before `campaign send`."""
    gateway = open_gateway()
    plan = plan_of(gateway.program, name, given)
    if not plan.name:
        raise BadInput(f"a campaign needs a name, for example: {NEW}")
    made = gateway.campaigns.manage.create(plan, actor=me())
    if as_json:
        show_json(plain(made))
        return OK
    show(made.id)
    say(f"A draft, {made.id}. `stopwoord campaign send {made.id} --dry-run` says whom it would reach.")
    return OK


@rich_click.command("edit", epilog=examples(EDIT))
@rich_click.argument("campaign")
@rich_click.option("--name", help="Another name.")
@plan_options
@undo_options
def edit(campaign: str, name: str | None, **given: Any) -> int:  # noqa: ANN401 - click passes them by name
    """Change CAMPAIGN before it begins. What is not given stays; texts and audience are replaced whole."""
    gateway = open_gateway()
    uses = gateway.campaigns
    plan = plan_of(gateway.program, name, given)
    after = uses.manage.would_be(campaign, plan)
    # A draft is worked out when it is sent.
    expected = tell_expected(uses.preview, after) if after.scheduled_at else None
    uses.manage.edit(campaign, plan, expected)
    say("Changed.")
    return OK


@rich_click.command("list", epilog=examples("stopwoord campaign list"))
@json_option
def list_campaigns(as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """List all campaigns, the newest first."""
    found = open_gateway().campaigns.manage.every()
    if as_json:
        show_json([plain(each) for each in found])
        return
    rows = [
        (each.id, each.name, each.status, f"{each.created:%Y-%m-%d %H:%M}", each.reason) for each in found
    ]
    show_table(("id", "name", "status", "made (UTC)", "reason"), rows)
    if not found:
        say(f"There are no campaigns yet. The first one: {NEW}")


@rich_click.command("show", epilog=examples(SHOW, f"{SHOW} --json"))
@rich_click.argument("campaign")
@json_option
def show_campaign(campaign: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Show CAMPAIGN: its texts, its audience, and how far it is."""
    progress = open_gateway().campaigns.manage.progress(campaign)
    if as_json:
        show_json(plain(progress.campaign) | numbers(progress))
        return
    found = progress.campaign
    show(f"{found.name} ({found.id}): {found.status}{_because(found)}")
    if found.status is not CampaignStatus.PAUSED:
        for why in reasons(progress):
            show(why)
    for language, text in found.texts.items():
        show(f"text in {language}: {text}")
    show(f"to {whom(found)}")
    for line in terms(found):
        show(line)
    for name, moment in moments(found).items():
        show(f"{name}: {moment:%Y-%m-%d %H:%M:%S} UTC")
    if people := [(name, value) for name, value in numbers(progress).items() if value]:
        show_table(("", "people"), people)


def _because(campaign: Campaign) -> str:
    """By whom and why it is halted; "" where it is not."""
    if not campaign.reason:
        return ""
    # A draft cannot have been paused while it ran.
    halted = ", taken off its schedule" if campaign.status is CampaignStatus.DRAFT else ""
    by = f" by {campaign.halted_by}" if campaign.halted_by else ""
    return f"{halted}{by}: {campaign.reason}"


def whom(campaign: Campaign) -> str:
    """The audience in words."""
    audience = campaign.audience
    parts = ["everybody who is subscribed"]
    if audience.tags:
        parts.append(f"tagged {' and '.join(sorted(audience.tags))}")
    if audience.languages:
        parts.append(f"whose language is {' or '.join(sorted(audience.languages))}")
    if audience.since:
        parts.append(f"who joined since {audience.since:%Y-%m-%d %H:%M} UTC")
    return ", ".join(parts)


def terms(campaign: Campaign) -> list[str]:
    """What was chosen for it beside text and audience, in sentences."""
    found = [f"It goes out from {' and '.join(campaign.senders)} only."] if campaign.senders else []
    if campaign.leaves_out:
        fields = " or ".join(sorted(campaign.leaves_out))
        found.append(f"Left out on purpose: whoever has no value for {fields}.")
    return found


def moments(campaign: Campaign) -> dict[str, Any]:
    """What has a time, by name."""
    every = {
        "made": campaign.created,
        "scheduled for": campaign.scheduled_at,
        "begun": campaign.started_at,
        "ends": campaign.ends_at,
        "finished": campaign.finished_at,
    }
    return {name: moment for name, moment in every.items() if moment}


def numbers(progress: Progress) -> dict[str, int]:
    """How many people are how far."""
    counts, left = progress.counts, progress.left
    return {
        "total": counts.get("frozen", 0),
        "sent": counts.get("sent", 0),
        "delivered": counts.get("delivered", 0),
        "undelivered": counts.get("undelivered", 0),
        "skipped": counts.get("skipped", 0),
        "failed": counts.get("failed", 0),
        "waiting": left.todo,
        "being_sent": left.claimed,
        "unknown": left.unknown,
        "opted_out": counts.get("opted_out", 0),
        "segments": counts.get("segments", 0),
    }


def plain(campaign: Campaign) -> dict[str, Any]:
    """The campaign as JSON has it."""
    return {
        "id": campaign.id,
        "name": campaign.name,
        "status": campaign.status,
        "reason": campaign.reason,
        "halted_by": campaign.halted_by,
        "texts": dict(campaign.texts),
        "audience": campaign.audience,
        "senders": campaign.senders,
        "leaves_out": campaign.leaves_out,
        "created_by": campaign.created_by,
        **{name.replace(" ", "_"): moment for name, moment in moments(campaign).items()},
    }
