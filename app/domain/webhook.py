"""Changes of consent that others are told of: to whom, in what words, signed how, and how often it is tried."""

import base64
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from app.domain.errors import BadInput
from app.domain.number import Number

LONGEST_URL: Final = 500
TYPE: Final = "consent.changed"
ERASED_TYPE: Final = "subscriber.erased"
# By its signal a change is known to be an erasure.
ERASED: Final = "erased"
# The schedule that Standard Webhooks recommends: a little over three days in all.
PAUSES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
# Also for calls that waited behind others which failed.
GIVE_UP_AFTER: Final = sum(PAUSES, timedelta())
_ENDPOINT: Final = re.compile(r"wh_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Somebody who is told. `private`: it may be on a network of our own, and without TLS."""

    id: str
    url: str
    with_number: bool
    private: bool
    added: datetime
    added_by: str

    def __post_init__(self) -> None:
        _check(self.url, private=self.private)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened. `id` is the same however often it is told, so that the receiver can leave out the second."""

    id: str
    ref: str
    before: str
    after: str
    at: datetime
    signal: str
    channel: str


@dataclass(frozen=True, slots=True)
class Call:
    """One change, to be told to one endpoint; tried so many times since that moment."""

    endpoint: str
    change: Change
    since: datetime
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """A call that was given up. `why` says what the last try met."""

    call: Call
    at: datetime
    why: str


def endpoint_id(text: str) -> str:
    """Raises BadInput for what no endpoint's id can be."""
    if not _ENDPOINT.fullmatch(text):
        raise BadInput(
            "an endpoint is named by its id, such as wh_0123456789ab; `stopwoord webhook list` shows it"
        )
    return text


def _check(url: str, *, private: bool) -> None:
    try:
        parts = urlsplit(url)
        fit = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise BadInput("the address of an endpoint cannot be read") from None
    if not fit or not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST_URL:
        raise BadInput(f"an endpoint is an https address of at most {LONGEST_URL} characters")
    if parts.username is not None or parts.password is not None or "#" in url:
        raise BadInput(
            "the address of an endpoint has no name, password or # in it: the signature is the proof"
        )
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise BadInput("an endpoint has to have an https address (http only with --allow-private)")


def next_try(call: Call, now: datetime) -> datetime | None:
    """When to try again a call that has failed once more; None when it is given up."""
    if call.tried >= len(PAUSES) or now - call.since > GIVE_UP_AFTER:
        return None
    return now + PAUSES[call.tried]


def body(change: Change, number: Number | None) -> bytes:
    """What is told, as JSON; never what anybody wrote, and the number only where one is given."""
    if change.signal == ERASED:
        # Nothing else is left to be said of them, and the receiver is to forget as well (GDPR 19).
        gone = {"ref": change.ref, "since": _moment(change.at)}
        return json.dumps({"type": ERASED_TYPE, "timestamp": _moment(change.at), "data": gone}).encode()
    data = {
        "ref": change.ref,
        "state": change.after,
        "before": change.before,
        "since": _moment(change.at),
        "signal": change.signal,
        "channel": change.channel,
    }
    if number is not None:
        data["number"] = number.e164
    return json.dumps({"type": TYPE, "timestamp": _moment(change.at), "data": data}).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def secret_of(endpoint: str, key: bytes) -> bytes:
    """The secret that an endpoint's calls are signed with, made from the installation's key: it is kept nowhere."""
    return hmac.digest(key, f"webhook {endpoint}".encode(), "sha256")


def written(secret: bytes) -> str:
    """The secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signed(change: str, said: bytes, secret: bytes, now: datetime) -> dict[str, str]:
    """The headers by which the receiver knows who says it, and when (Standard Webhooks, v1)."""
    moment = str(int(now.timestamp()))
    proof = hmac.digest(secret, f"{change}.{moment}.".encode() + said, "sha256")
    return {
        "webhook-id": change,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(proof).decode()}",
    }
