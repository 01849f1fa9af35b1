"""Tests of the installation as the provider would see it: over the public address, signed as it signs."""

import secrets
from typing import Final

import requests
from werkzeug.datastructures import MultiDict

from app.provider.signature import HEADER, Signatures

WEBHOOK_PATH: Final = "/twilio/sms"
# Twilio's own retries only follow failed connections; these make it try again on 5xx and slow answers as well,
# all within the 15 s that a webhook has.
RETRIES: Final = "#rc=3&rp=ct,rt,5xx&ct=2000&rt=4000"
SECONDS: Final = 5


def webhook_address(signatures: Signatures) -> str:
    """What to enter at Twilio as the address for incoming messages."""
    return signatures.url(WEBHOOK_PATH) + RETRIES


def signature_problem(signatures: Signatures) -> str:
    """Why the check of signatures cannot be trusted; "" when a right one passes and a wrong one does not."""
    form = MultiDict({"Body": "Stóp 🛑", "ToCity": ""})
    query = b"q=caf%C3%A9"
    signed = signatures.sign(WEBHOOK_PATH, query, form)
    if not signatures.valid(WEBHOOK_PATH, query, form, signed):
        return "a right signature is refused"
    if signatures.valid(WEBHOOK_PATH, query, MultiDict({"Body": "START"}), signed):
        return "a wrong signature is accepted"
    return ""


def webhook_problem(signatures: Signatures, account_sid: str) -> str:
    """What is wrong with the webhook at its public address; "" when it takes a signed request and refuses others.

    The message comes from a short code, which nobody can answer: it changes nothing.
    """
    form = {
        "MessageSid": f"SM{secrets.token_hex(16)}",
        "AccountSid": account_sid,
        "From": "12345",
        "Body": "",
    }
    signed = signatures.sign(WEBHOOK_PATH, b"", MultiDict(form))
    address = signatures.url(WEBHOOK_PATH)
    try:
        refused = requests.post(address, data=form, timeout=SECONDS)
        taken = requests.post(address, data=form, headers={HEADER: signed}, timeout=SECONDS)
    except requests.RequestException as error:
        return f"no answer at {address} ({type(error).__name__})"
    if taken.status_code == 403:
        return "a rightly signed request is refused: the web process has another public URL or token"
    if taken.status_code != 200 or refused.status_code != 403:
        return f"it answers {taken.status_code} to a signed and {refused.status_code} to an unsigned request"
    return ""
