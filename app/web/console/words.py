"""What the console calls things, in the reader's language: states, signals, channels, acts, outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.domain.audit import Act
from app.domain.campaign import CampaignStatus
from app.domain.consent import Record, State
from app.domain.evidence import Channel
from app.domain.recipient import Reason
from app.domain.signal import Signal
from app.domain.staff import Role
from app.services.care_ports import Care


@dataclass(frozen=True, slots=True)
class Look:
    """How something is shown: its words, an icon of Bootstrap's, and a tone of the style sheet's."""

    words: LazyString
    icon: str
    tone: str
    more: LazyString | str = ""


STATES: Final[Mapping[State, Look]] = {
    State.UNKNOWN: Look(
        _("Not known"), "question-circle", "plain", _("Nothing marketing is sent to this number.")
    ),
    State.PENDING: Look(
        _("Asked to confirm"), "hourglass-split", "wait", _("No answer yet, so nothing marketing is sent.")
    ),
    State.SUBSCRIBED: Look(_("Subscribed"), "check-circle-fill", "good", _("They get campaigns.")),
    State.HELD: Look(
        _("Held for a decision"),
        "pause-circle-fill",
        "wait",
        _("Their message may have been an opt-out. Nothing marketing is sent until somebody decides."),
    ),
    State.OPTED_OUT: Look(
        _("Opted out"),
        "x-octagon-fill",
        "stop",
        _("Nothing marketing is sent. Only their own START changes that."),
    ),
}
NUMBER_GONE: Final = Look(
    _("Number gone"),
    "telephone-x",
    "stop",
    _("No text reaches it any more, so nothing marketing is sent. Only their own START changes that."),
)
SIGNALS: Final[Mapping[str, Look]] = {
    Signal.STOP: Look(_("Texted a stop word"), "x-octagon", "stop"),
    Signal.START: Look(_("Texted a start word"), "check-circle", "good"),
    Signal.CONFIRM: Look(_("Confirmed the sign-up"), "check2-circle", "good"),
    Signal.HELP: Look(_("Asked for help"), "info-circle", "plain"),
    Signal.UNCLEAR: Look(_("Texted what may be an opt-out"), "question-octagon", "wait"),
    Signal.OTHER: Look(_("Texted an ordinary message"), "chat", "plain"),
    Signal.PROVIDER_STOP: Look(_("Stopped at the provider"), "x-octagon", "stop"),
    Signal.NUMBER_GONE: Look(_("The number exists no more"), "telephone-x", "stop"),
    Signal.WEB_OPT_IN: Look(_("Signed up elsewhere"), "globe", "plain"),
    Signal.IMPORT: Look(_("Imported with proof"), "file-earmark-arrow-up", "plain"),
    Signal.STAFF_OPT_OUT: Look(_("Opted out by staff"), "person-x", "stop"),
    Signal.STAFF_CLEARS_HOLD: Look(_("Hold cleared by staff"), "person-check", "good"),
    Signal.EXPIRE: Look(_("Did not confirm in time"), "hourglass-bottom", "plain"),
    "reply_sent": Look(_("Our reply was sent"), "reply", "plain"),
    "reply_failed": Look(_("Our reply could not be sent"), "exclamation-triangle", "stop"),
    "reply_dropped": Look(_("Our reply was not needed any more"), "slash-circle", "plain"),
    Care.NOTED: Look(_("Note"), "pencil", "plain"),
    Care.REVEALED: Look(_("The number was shown"), "eye", "plain"),
}
OPTED_OUT_ELSEWHERE: Final = Look(_("Opted out, and not by a text"), "person-x", "stop")
UNNAMED: Final = Look(_("Something else"), "dot", "plain")
CHANNELS: Final[Mapping[str, LazyString]] = {
    Channel.SMS: _("by text"),
    Channel.WHATSAPP: _("by WhatsApp"),
    Channel.RCS: _("by RCS"),
    Channel.WEB: _("on a web form"),
    Channel.API: _("by the shop's system"),
    Channel.IMPORT: _("by an import"),
    Channel.STAFF: _("by staff"),
    Channel.PROVIDER: _("by the provider"),
    Channel.CLOCK: _("by itself, in time"),
}
REPLIES: Final[Mapping[str, LazyString]] = {
    "welcome": _("welcome"),
    "goodbye": _("goodbye"),
    "help": _("help"),
    "already": _("you are already subscribed"),
    "clarify": _("question what was meant"),
    "ask_to_confirm": _("question to confirm"),
    "test": _("a campaign's text, for a look"),
}
ROLES: Final[Mapping[Role, LazyString]] = {
    Role.VIEWER: _("viewer"),
    Role.SUPPORT: _("support"),
    Role.MARKETER: _("marketer"),
    Role.ADMIN: _("admin"),
}
ACTS: Final[Mapping[Act, Look]] = {
    Act.SIGNED_IN: Look(_("signed in"), "box-arrow-in-right", "plain"),
    Act.SIGN_IN_REFUSED: Look(_("was refused at sign-in"), "shield-x", "stop"),
    Act.SIGN_IN_SLOWED: Look(_("tried to sign in too often"), "shield-exclamation", "stop"),
    Act.SIGNED_OUT: Look(_("signed out"), "box-arrow-right", "plain"),
    Act.NOT_ALLOWED: Look(_("asked for a page that is not theirs"), "shield-x", "wait"),
    Act.REVEALED: Look(_("had a number shown"), "eye", "wait"),
    Act.OPTED_OUT: Look(_("opted somebody out"), "person-x", "plain"),
    Act.HOLD_CLEARED: Look(_("cleared a hold"), "person-check", "plain"),
    Act.NOTED: Look(_("left a note"), "pencil", "plain"),
    Act.CAMPAIGN_PAUSED: Look(_("paused a campaign"), "pause", "plain"),
    Act.CAMPAIGN_RESUMED: Look(_("resumed a campaign"), "play", "plain"),
    Act.CAMPAIGN_CANCELLED: Look(_("cancelled a campaign"), "stop", "wait"),
    Act.EXPORTED: Look(_("exported the audit trail"), "download", "wait"),
    Act.ACCOUNT_ADDED: Look(_("added an account"), "person-plus", "wait"),
    Act.ACCOUNT_DISABLED: Look(_("disabled an account"), "person-dash", "wait"),
    Act.ACCOUNT_ENABLED: Look(_("enabled an account"), "person-check", "wait"),
    Act.ACCOUNT_RESET: Look(_("reset an account"), "key", "wait"),
}
CAMPAIGN_STATUSES: Final[Mapping[CampaignStatus, Look]] = {
    CampaignStatus.DRAFT: Look(_("Draft"), "pencil-square", "plain"),
    CampaignStatus.SCHEDULED: Look(_("Scheduled"), "calendar-event", "plain"),
    CampaignStatus.FREEZING: Look(_("Writing down who gets it"), "people", "wait"),
    CampaignStatus.RUNNING: Look(_("Running"), "play-circle-fill", "good"),
    CampaignStatus.PAUSED: Look(_("Paused"), "pause-circle-fill", "wait"),
    CampaignStatus.FINISHED: Look(_("Finished"), "check-circle", "plain"),
    CampaignStatus.CANCELLED: Look(_("Cancelled"), "x-circle", "stop"),
}
ENDINGS: Final[Mapping[str, Look]] = {
    "delivered": Look(_("Got the campaign"), "send-check", "plain"),
    "sent": Look(_("Was sent the campaign"), "send", "plain"),
    "undelivered": Look(_("The campaign did not arrive"), "exclamation-triangle", "wait"),
    "skipped": Look(_("Did not get the campaign"), "skip-forward", "plain"),
    "failed": Look(_("The campaign could not reach them"), "exclamation-triangle", "wait"),
    "waiting": Look(_("Waits for the campaign"), "hourglass-split", "plain"),
    "being sent": Look(_("Is being sent the campaign"), "send", "plain"),
    "unknown": Look(_("Asking the provider whether the campaign arrived"), "question-circle", "wait"),
}
REASONS: Final[Mapping[str, LazyString]] = {
    Reason.OPTED_OUT: _("opted out before their turn came"),
    Reason.HELD: _("held until a person decides about their message"),
    Reason.PENDING: _("has not confirmed the sign-up"),
    Reason.UNKNOWN: _("not subscribed any more"),
    Reason.ERASED: _("erased"),
    Reason.UNREADABLE: _("their record cannot be read, which is no consent"),
    Reason.CAPPED: _("has had the most texts that one person gets in that time"),
    Reason.TOO_LATE: _("the campaign's end came first"),
    Reason.CANCELLED: _("the campaign was cancelled first"),
    Reason.NO_HOURS: _("too little is known of where they are to text them at a lawful hour"),
    Reason.VALUE_MISSING: _("nothing is known of them for a field that the text needs"),
    Reason.NO_TEXT: _("no text could be made for this person"),
    Reason.BLOCKED: _("has stopped us at the provider"),
    Reason.GONE: _("the number is not reached any more"),
    Reason.REFUSED: _("the provider refused the message"),
    Reason.UNDELIVERABLE: _("could not be handed to the provider for 24 hours"),
}
STATUSES: Final[Mapping[str, LazyString]] = {
    "accepted": _("accepted by the provider"),
    "queued": _("queued at the provider"),
    "sending": _("being sent"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "read": _("read"),
    "undelivered": _("not delivered"),
    "failed": _("failed"),
    "canceled": _("cancelled at the provider"),
}


def state_of(record: Record) -> Look:
    """The state that a record is in, and of an opt-out whether it was anybody's own."""
    return NUMBER_GONE if record.gone else STATES[record.state]
