"""`stopwoord campaign new`, `edit`, `list` and `show`."""

from pathlib import Path
from typing import Any, Final

import click
import rich_click

from app.boundary import OK
from app.cli.campaign_expected import tell_expected
from app.cli.campaign_file import audience_of, moment_of, read_file, texts_of
from app.cli.campaign_why import reasons
from app.cli.gateway import me, open_gateway
from app.cli.output import examples, json_option, say, show, show_json, show_table
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.errors import BadInput
from app.domain.program import Program
from app.services.manage_campaigns import Plan, Progress

NEW: Final = "stopwoord campaign new Spring --text 'Lente! 10% korting tot zondag'"
FROM_FILE: Final = "stopwoord campaign new --file spring.toml"
EDIT: Final = "stopwoord campaign edit spring22 --text 'Lente! 15% korting' --tag vip"
SHOW: Final = "stopwoord campaign show spring22"


def plan_options(command: Any) -> Any:  # noqa: ANN401 - a command, before and after
    """The options that say what is sent and to whom."""
    for option in (
        rich_click.option("--ends", help="When it ends: nobody gets it later, such as '2026-12-01 18:00'."),
        rich_click.option("--since", help="Only people who subscribed at that moment or later."),
        rich_click.option("--language", "languages", multiple=True, help="Only people of that language."),
        rich_click.option("--tag", "tags", multiple=True, help="Only people with that tag; several: all."),
        rich_click.option(
            "--file",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="A TOML file with name, [texts], tags, languages, since and ends_at.",
        ),
        rich_click.option("--text-en", help="The text in English."),
        rich_click.option("--text-nl", help="The text in Dutch."),
        rich_click.option("--text", help="The text in the program's default language."),
    ):
        command = option(command)
    return command


def _plan(program: Program, name: str | None, given: dict[str, Any]) -> Plan:
    """What the options and the file say; the options win."""
    file = read_file(given["file"], program) if given["file"] else Plan()
    texts = texts_of({"": given["text"], "nl": given["text_nl"], "en": given["text_en"]}, program)
    since = moment_of(given["since"])
    audience = None
    if given["tags"] or given["languages"] or since:
        audience = audience_of(given["tags"], given["languages"], since, program)
    return Plan(
        name=name or file.name,
        texts=texts or file.texts,
        audience=audience or file.audience,
        ends_at=moment_of(given["ends"]) or file.ends_at,
    )


@rich_click.command("new", epilog=examples(NEW, FROM_FILE))
@rich_click.argument("name", required=False)
@plan_options
@json_option
def new(name: str | None, as_json: bool, **given: Any) -> int:  # noqa: ANN401, FBT001 - click passes them by name
    """Make a draft called NAME. Nothing is sent before `campaign send`."""
    gateway = open_gateway()
    plan = _plan(gateway.program, name, given)
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
def edit(campaign: str, name: str | None, **given: Any) -> int:  # noqa: ANN401 - click passes them by name
    """Change CAMPAIGN before it begins. What is not given stays; texts and audience are replaced whole."""
    gateway = open_gateway()
    uses = gateway.campaigns
    changed = uses.manage.edit(campaign, _plan(gateway.program, name, given))
    if changed.scheduled_at:
        uses.manage.schedule(campaign, changed.scheduled_at, tell_expected(uses.preview, changed))
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
    by = f" by {found.halted_by}" if found.halted_by else ""
    reason = f"{by}: {found.reason}" if found.reason else ""
    show(f"{found.name} ({found.id}): {found.status}{reason}")
    if found.status is not CampaignStatus.PAUSED:
        for why in reasons(progress):
            show(why)
    for language, text in found.texts.items():
        show(f"text in {language}: {text}")
    show(f"to {whom(found)}")
    for name, moment in moments(found).items():
        show(f"{name}: {moment:%Y-%m-%d %H:%M:%S} UTC")
    show_table(("", "people"), [(name, value) for name, value in numbers(progress).items() if value])


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
        "created_by": campaign.created_by,
        **{name.replace(" ", "_"): moment for name, moment in moments(campaign).items()},
    }
