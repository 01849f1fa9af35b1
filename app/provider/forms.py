"""The forms that Twilio posts, checked strictly: known fields once, identifiers of the right form, our account."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import structlog
from werkzeug.datastructures import MultiDict

from app.domain.campaign import CampaignRef
from app.domain.errors import BadInput
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import E164, Number
from app.domain.outbox import RowRef
from app.domain.status import StatusReport
from app.domain.who_answers import ProviderAnswers
from app.provider.answers import answered
from app.provider.errors import BLOCKED, GONE

MESSAGE_SID: Final = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
ERROR_CODE: Final = re.compile(r"[0-9]{1,6}")
# Short codes, names, and agents of RCS: nobody can be answered there, and nobody need be told.
UNANSWERABLE: Final = re.compile(r"[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 .&_-]{1,11}|rcs:[A-Za-z0-9_.-]+")
OWN_NUMBER: Final = re.compile(rf"{E164.pattern}|[0-9]{{3,8}}")
LONGEST_BODY: Final = 1600
KNOWN: Final = frozenset(
    {
        *("MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "MessagingServiceSid", "From", "To", "Body"),
        *("NumMedia", "NumSegments", "OptOutType", "MessageStatus", "SmsStatus", "ErrorCode"),
    }
)
CHANNELS: Final[Mapping[str, Channel]] = {
    "": Channel.SMS,
    "whatsapp": Channel.WHATSAPP,
    "rcs": Channel.RCS,
}

log = structlog.get_logger(__name__)


class ForeignAccount(BadInput):
    """The request is signed but names another account."""


def inbound_message(
    form: MultiDict[str, str], *, account_sid: str, answers: ProviderAnswers, at: datetime
) -> InboundMessage:
    """The message in a signed inbound webhook. Raises BadInput, or ForeignAccount."""
    message = _checked(form, account_sid)
    address = _required(form, "From")
    channel, number = sender(address)
    if number is None and not UNANSWERABLE.fullmatch(address):
        log.warning("a sender in a form that nobody foresaw; the message has no effect", message=message)
    body = form.get("Body", "")
    opt_out_type = form.get("OptOutType", "").upper()
    return InboundMessage(
        message=message,
        number=number,
        channel=channel,
        body=body[:LONGEST_BODY],
        at=at,
        provider_answered=answered(answers, body, opt_out_type, channel),
        provider_stopped=opt_out_type == "STOP",
        to=answers_from(channel, form.get("To", "")),
    )


def message_status(
    form: MultiDict[str, str], *, account_sid: str, ref: str | None, at: datetime
) -> StatusReport:
    """The report in a signed status callback. Raises BadInput, or ForeignAccount."""
    message = _checked(form, account_sid)
    code_text = form.get("ErrorCode", "") or "0"
    if not ERROR_CODE.fullmatch(code_text):
        raise BadInput("ErrorCode is not a number of at most six digits")
    code = int(code_text)
    return StatusReport(
        ref=_reference(ref) if ref else None,
        number=sender(_required(form, "To"))[1],
        message=message,
        status=_required(form, "MessageStatus").lower(),
        code=code,
        blocked=code in BLOCKED,
        gone=code in GONE,
        at=at,
    )


def _reference(text: str) -> RowRef | CampaignRef:
    return CampaignRef(text) if text.startswith("c-") else RowRef(text)


def sender(address: str) -> tuple[Channel, Number | None]:
    """The channel and number of an address as Twilio writes it; no number for short codes and names.

    The prefix is taken off first: libphonenumber would read a number out of `whatsapp:+31…` as well.
    Whether the number can exist is not asked: a STOP from a range newer than our tables counts.
    """
    prefix, colon, rest = address.rpartition(":")
    channel = CHANNELS.get(prefix.lower() if colon else "")
    if channel is None or not E164.fullmatch(rest):
        return channel or Channel.PROVIDER, None
    return channel, Number(rest)


def answers_from(channel: Channel, texted: str) -> str:
    """The number of ours that somebody is answered from: the one that they texted, if it can send texts."""
    return texted if channel is Channel.SMS and OWN_NUMBER.fullmatch(texted) else ""


def _checked(form: MultiDict[str, str], account_sid: str) -> str:
    """The message's identifier, after the checks that every form goes through."""
    for name, values in form.lists():
        if len(values) > 1 and name in KNOWN:
            raise BadInput(f"the field {name} is there more than once")
    if _required(form, "AccountSid") != account_sid:
        raise ForeignAccount("the request is for another account")
    message = _required(form, "MessageSid")
    if not MESSAGE_SID.fullmatch(message):
        raise BadInput("MessageSid does not have the form of one")
    return message


def _required(form: MultiDict[str, str], name: str) -> str:
    value = form.get(name, "")
    if not value:
        raise BadInput(f"the field {name} is missing")
    return value
