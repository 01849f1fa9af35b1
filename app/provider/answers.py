"""Which messages Twilio answers by itself, for each way an account can be set up."""

from typing import Final

from app.domain.evidence import Channel
from app.domain.who_answers import ProviderAnswers

# Long codes, without Advanced Opt-Out: the whole body is one of these, in any case.
STOPS: Final = frozenset({"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"})
STARTS: Final = frozenset({"start", "yes", "unstop"})
HELPS: Final = frozenset({"help", "info"})
# With Advanced Opt-Out the words are the account's own, but these cannot be taken off its lists.
ALWAYS: Final = frozenset({"stop", "start", "unstop", "help"})


def answered(
    setting: ProviderAnswers, body: str, opt_out_type: str | None, channel: Channel = Channel.SMS
) -> bool:
    """Whether Twilio replied. `opt_out_type` is the webhook's OptOutType, None where there is no webhook.

    OptOutType says by itself that Twilio did, whatever the setting. What Twilio does of its own accord it does for long
    codes and, since 2026-03, for RCS; on WhatsApp it answers only what Advanced Opt-Out was told to.
    """
    if opt_out_type:
        return True
    word = body.strip().casefold()
    match setting:
        case ProviderAnswers.DEFAULT:
            return channel is not Channel.WHATSAPP and word in STOPS | STARTS | HELPS
        case ProviderAnswers.ADVANCED:
            return opt_out_type is None and word in ALWAYS
        case ProviderAnswers.NONE:
            return False
