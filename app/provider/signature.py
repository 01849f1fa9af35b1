"""Twilio's signature over a webhook: the configured public URL, the raw query string, every form field.

The request's own idea of its URL is never used: behind a proxy its scheme and host are the proxy's, and Werkzeug
turns percent-encoded letters into the letters themselves.
"""

from collections.abc import Sequence

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

HEADER = "X-Twilio-Signature"


class Signatures:
    """Checks signatures made with any of `tokens`: during a rotation there are two."""

    def __init__(self, tokens: Sequence[str], public_url: str) -> None:
        self._validators = [RequestValidator(token) for token in tokens]
        self._public_url = public_url

    def valid(self, path: str, query: bytes, form: MultiDict[str, str], signature: str | None) -> bool:
        """Whether one of the tokens signed this. `query` is the raw query string without its question mark."""
        if not signature:
            return False
        url = self.url(path, query)
        return any(validator.validate(url, form, signature) for validator in self._validators)

    def sign(self, path: str, query: bytes, form: MultiDict[str, str]) -> str:
        """What Twilio would sign this with: for the self-test."""
        return str(self._validators[0].compute_signature(self.url(path, query), form))

    def url(self, path: str, query: bytes = b"") -> str:
        return f"{self._public_url}{path}" + (f"?{query.decode('latin-1')}" if query else "")
