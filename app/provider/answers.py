"""Which messages Twilio answers by itself, for each way an account can be set up."""

from typing import Final

from app.domain.who_answers import ProviderAnswers

# Long codes, without Advanced Opt-Out: the whole body is one of these, in any case.
STOPS: Final = frozenset({"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"})
STARTS: Final = frozenset({"start", "yes", "unstop"})
HELPS: Final = frozenset({"help", "info"})
# With Advanced Opt-Out the words are the account's own, but these cannot be taken off its lists.
ALWAYS: Final = frozenset({"stop", "start", "unstop", "help"})


def answered(setting: ProviderAnswers, body: str, opt_out_type: str | None) -> bool:
    """Whether Twilio replied. `opt_out_type` is the webhook's OptOutType, None where there is no webhook.

    OptOutType says by itself that Twilio did, whatever the setting.
    """
    if opt_out_type:
        return True
    word = body.strip().casefold()
    match setting:
        case ProviderAnswers.DEFAULT:
            return word in STOPS | STARTS | HELPS
        case ProviderAnswers.ADVANCED:
            return opt_out_type is None and word in ALWAYS
        case ProviderAnswers.NONE:
            return False
