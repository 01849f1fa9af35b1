"""One text message, as it is stored and as it is shown: Twilio's resource and the control API's view."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import format_datetime
from enum import StrEnum
from typing import Any, Final

from app.sandbox.errors import ERRORS

API_VERSION: Final = "2010-04-01"

# In USD, whatever the country.
PRICE_OF_A_SEGMENT: Final = Decimal("0.0850")

Json = dict[str, Any]


class Direction(StrEnum):
    """Who caused a message: a person, a REST call, or an answer to a person's message."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_REPLY = "outbound-reply"


class Status(StrEnum):
    """The statuses that the sandbox uses, of those that Twilio has."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    RECEIVED = "received"

    @property
    def on_its_way(self) -> bool:
        return self in {Status.QUEUED, Status.SENDING, Status.SENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message's row. Times are milliseconds since 1970 (UTC); `sent` is None until it has been sent.

    `fate`, `fate_error` and `callback_fault` were decided when it was accepted: how it will end and what
    happens to its status callbacks. `webhook` is the outcome of an inbound message's webhook, as JSON.
    """

    sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    status: Status
    created: int
    updated: int
    segments: int
    encoding: str
    sent: int | None = None
    media: int = 0
    error_code: int | None = None
    service: str | None = None
    callback_url: str = ""
    fate: str = Status.DELIVERED
    fate_error: int | None = None
    callback_fault: str = ""
    webhook: str = ""
    deleted: int = 0


def new_sid(*, media: int = 0) -> str:
    """A fresh SID: SM, or MM with media, and 32 hexadecimal digits."""
    return ("MM" if media else "SM") + secrets.token_hex(16)


def resource(message: Message, account: str) -> Json:
    """A message as Twilio's REST API shows it."""
    uri = f"/{API_VERSION}/Accounts/{account}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _rfc_2822(message.created),
        "date_sent": _rfc_2822(message.sent),
        "date_updated": _rfc_2822(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": ERRORS[message.error_code].text if message.error_code else None,
        "from": message.sender,
        "messaging_service_sid": message.service,
        "num_media": str(message.media),
        "num_segments": str(message.segments),
        "price": _price(message),
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def _price(message: Message) -> str | None:
    """What the message cost; like Twilio, as a negative amount, and not before it has been sent."""
    if message.sent is None or message.direction is Direction.INBOUND:
        return None
    return f"-{PRICE_OF_A_SEGMENT * message.segments:.5f}"


def _rfc_2822(moment: int | None) -> str | None:
    return None if moment is None else format_datetime(datetime.fromtimestamp(moment // 1000, UTC))


def iso_8601(moment: int) -> str:
    """Milliseconds since 1970 as UTC with milliseconds, as the control API shows times."""
    return (
        datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )
