"""Posting a signed form to the gateway, as Twilio does, and telling what came of it.

Every post has a connection of its own: a kept one can die between two posts, and then nobody could say
whether the gateway had seen the second.
"""

import http.client
import ipaddress
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from app.sandbox.overrides import Failure, Overrides, split
from app.sandbox.signature import sign

_LONGEST_ANSWER: Final = 65_536
_REFUSED: Final = "the sandbox posts to this machine only, over http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one webhook: `status` of the last answer (None: none came), tries, and Twilio's code."""

    status: int | None = None
    attempts: int = 0
    took_ms: int = 0
    error_code: int | None = None
    reason: str = ""
    content_type: str = ""
    body: bytes = b""

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class _Try:
    """One try: an answer, or why there was none."""

    failure: Failure | None
    status: int | None = None
    content_type: str = ""
    body: bytes = b""
    reason: str = ""


def post(address: str, form: Mapping[str, str], token: str) -> Outcome:
    """Post a form until it is answered or Twilio would give up; `address` may carry connection overrides."""
    url, overrides = split(address)
    if not _is_ours(url):
        return Outcome(error_code=11205, reason=_REFUSED)
    started = time.monotonic()
    tries = list(_tries(url, _headers(url, form, token), urlencode(form), overrides))
    last = tries[-1] if tries else _Try(Failure.READ, reason="no time was left to try")
    return Outcome(
        status=last.status,
        attempts=len(tries),
        took_ms=round((time.monotonic() - started) * 1000),
        error_code=_code(last),
        reason=last.reason,
        content_type=last.content_type,
        body=last.body,
    )


def _code(last: _Try) -> int | None:
    if last.failure is Failure.CONNECT:
        return 11205
    succeeded = last.status is not None and 200 <= last.status < 300
    return None if succeeded else 11200


def _headers(url: str, form: Mapping[str, str], token: str) -> dict[str, str]:
    return {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "X-Twilio-Signature": sign(url, form, token),
        "I-Twilio-Idempotency-Token": secrets.token_hex(16),
        "Connection": "close",
    }


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _tries(url: str, headers: dict[str, str], body: str, overrides: Overrides) -> Iterator[_Try]:
    """Each try that the overrides allow, until one is not to be tried again."""
    end = time.monotonic() + overrides.total
    for _ in range(1 + overrides.retries):
        left = end - time.monotonic()
        if left <= 0:
            return
        made = _try(url, headers, body.encode(), (min(overrides.connect, left), min(overrides.read, left)))
        yield made
        if made.failure not in overrides.retried:
            return


def _try(url: str, headers: dict[str, str], body: bytes, seconds: tuple[float, float]) -> _Try:
    parts = urlsplit(url)
    to_connect, to_read = seconds
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=to_connect)
    try:
        connection.connect()
    except OSError as error:
        return _Try(Failure.CONNECT, reason=f"connecting failed: {error}")
    try:
        connection.sock.settimeout(to_read)
        connection.request("POST", url[url.index(parts.netloc) + len(parts.netloc) :] or "/", body, headers)
        answer = connection.getresponse()
        content = answer.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        return _Try(Failure.READ, reason=f"no whole answer came: {type(error).__name__} {error}")
    finally:
        connection.close()
    return _Try(_blame(answer.status), answer.status, answer.getheader("Content-Type", ""), content)


def _blame(status: int) -> Failure | None:
    if status >= 500:
        return Failure.SERVER_ERROR
    return Failure.CLIENT_ERROR if status >= 400 else None
