"""Twilio's side of a webhook, written down here a second time: the forms, and the signature over them."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from app.provider.signature import HEADER
from tests.installation import ACCOUNT, PUBLIC_URL, SENDER, TOKEN
from tests.stories import person, sid

FORM_TYPE = "application/x-www-form-urlencoded"


def signature(url: str, form: Mapping[str, str], token: str = TOKEN) -> str:
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def inbound(body: str = "STOP", message: int = 1, **changes: str) -> dict[str, str]:
    return {
        "MessageSid": sid(message),
        "SmsSid": sid(message),
        "SmsMessageSid": sid(message),
        "AccountSid": ACCOUNT,
        "From": person().e164,
        "To": SENDER,
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
        "FromCity": "",
    } | changes


def status(state: str = "delivered", message: int = 900, **changes: str) -> dict[str, str]:
    return {
        "MessageSid": sid(message),
        "AccountSid": ACCOUNT,
        "From": SENDER,
        "To": person().e164,
        "MessageStatus": state,
    } | changes


def signed(path: str, form: Mapping[str, str], token: str = TOKEN) -> dict[str, str]:
    """The headers of a request that Twilio made; `path` with its raw query string."""
    return {HEADER: signature(PUBLIC_URL + path, form, token), "Content-Type": FORM_TYPE}


def encoded(form: Mapping[str, str]) -> bytes:
    return urlencode(form).encode()
