"""`stopwoord campaign`: from a draft to the report."""

import rich_click

from app.cli.campaign_drafts import edit, list_campaigns, new, show_campaign
from app.cli.campaign_preview import preview
from app.cli.campaign_report import report
from app.cli.campaign_steps import cancel, pause, resume, schedule, send
from app.cli.campaign_trial import send_test
from app.cli.campaign_watch import watch
from app.cli.output import examples

NEW: str = "stopwoord campaign new Spring --text 'Lente! 10% korting tot zondag'"
SEND: str = "stopwoord campaign send spring22"
WATCH: str = "stopwoord campaign watch spring22"


@rich_click.group(epilog=examples(NEW, SEND, WATCH))
def campaign() -> None:
    """Write to everybody who said yes: make, send, watch, pause, report."""


for command in (
    new,
    edit,
    list_campaigns,
    show_campaign,
    preview,
    send_test,
    send,
    schedule,
    pause,
    resume,
    cancel,
    watch,
    report,
):
    campaign.add_command(command)
