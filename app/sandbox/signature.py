"""Twilio's request signature: HMAC-SHA1 with the auth token over the URL and the form's fields by name.

Written from Twilio's description rather than taken from its library, so that the gateway, which verifies
with the library, meets a second opinion.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(url: str, form: Mapping[str, str], token: str) -> str:
    """The value of X-Twilio-Signature for a form posted to `url` (query string kept, without a fragment)."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
