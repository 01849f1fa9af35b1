"""Twilio's signature over a webhook: the configured public URL, the raw query string, every form field.

The request's own idea of its URL is never used: behind a proxy its scheme and host are the proxy's, and Werkzeug
turns percent-encoded letters into the letters themselves.

The library's RequestValidator takes URLs apart and puts them together again, for every request, to try them with
and without the port. Ours does not change, so the two ways to write it are made once; the tests hold the two
implementations against each other.
"""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

HEADER: Final = "X-Twilio-Signature"
DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Signatures:
    """Checks signatures made with any of `tokens`: during a rotation there are two."""

    def __init__(self, tokens: Sequence[str], public_url: str) -> None:
        self._tokens = [token.encode() for token in tokens]
        self._public_url = public_url
        self._written = _ways_to_write(public_url)

    def valid(self, path: str, query: bytes, form: MultiDict[str, str], signature: str | None) -> bool:
        """Whether one of the tokens signed this. `query` is the raw query string without its question mark."""
        if not signature or not signature.isascii():
            return False
        given, fields = signature.encode(), _fields(form)
        signed = (_sign(token, url, path, query, fields) for token in self._tokens for url in self._written)
        return any(hmac.compare_digest(given, each) for each in signed)

    def sign(self, path: str, query: bytes, form: MultiDict[str, str]) -> str:
        """What Twilio would sign this with: for the self-test."""
        return _sign(self._tokens[0], self._public_url, path, query, _fields(form)).decode()

    def url(self, path: str, query: bytes = b"") -> str:
        return _url(self._public_url, path, query).decode("latin-1")


def _ways_to_write(url: str) -> list[str]:
    """The URL as it is, and with its default port left out or put in: Twilio is not consistent in this."""
    parts = urlsplit(url)
    default = DEFAULT_PORTS[parts.scheme]
    if parts.port == default:
        return [url, parts._replace(netloc=parts.netloc.removesuffix(f":{default}")).geturl()]
    return [url] if parts.port else [url, parts._replace(netloc=f"{parts.netloc}:{default}").geturl()]


def _fields(form: MultiDict[str, str]) -> bytes:
    """Every field's name and value, in the order of names; a value that is there twice counts once."""
    return "".join([name + value for name, value in sorted(set(form.items(multi=True)))]).encode()


def _url(base: str, path: str, query: bytes) -> bytes:
    return b"".join([base.encode(), path.encode(), b"?" if query else b"", query])


def _sign(token: bytes, base: str, path: str, query: bytes, fields: bytes) -> bytes:
    return b64encode(hmac.digest(token, _url(base, path, query) + fields, "sha1"))
