"""`stopwoord campaign test`: a campaign's text to a colleague's phone."""

from typing import Final, assert_never

import rich_click

from app.boundary import FAILED, OK
from app.cli.gateway import number_of, open_gateway
from app.cli.output import examples, say
from app.services.ports import Accepted, FateUnknown, NotSent, Refused

TEST: Final = "stopwoord campaign test spring22 --to 06-12345678"


@rich_click.command("test", epilog=examples(TEST))
@rich_click.argument("campaign")
@rich_click.option(
    "--to", "number", required=True, help="Whose phone: subscribed, or in STOPWOORD_TEST_NUMBERS."
)
def send_test(campaign: str, number: str) -> int:
    """Send CAMPAIGN's text to one phone, marked as a test. The campaign itself stays as it is."""
    gateway = open_gateway()
    found = gateway.campaigns.manage.change.load(campaign)
    match gateway.campaigns.trial(found, number_of(gateway, number)):
        case Accepted():
            say("Sent. It begins with TEST, which the campaign's own texts do not.")
            return OK
        case Refused(code):
            say(f"The provider refused it (error {code}); it was not sent.")
        case NotSent(code=code, broken=broken):
            why = (
                f"the provider does not take it now (error {code})"
                if code
                else "the provider was not reached"
            )
            say(f"It was not sent: {broken or f'{why}; try again later'}.")
        case FateUnknown():
            say(
                "Nobody knows whether it was sent. The provider is asked in some minutes, and until then no other "
                "test goes to this number; `stopwoord subscriber show` says what became of it."
            )
        case posted:
            assert_never(posted)
    return FAILED
