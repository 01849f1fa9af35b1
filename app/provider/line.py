"""Messages out: one connection to the provider, through the twilio library's async client."""

import importlib
import json
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from app.domain.campaign import CampaignRef
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.provider import errors
from app.provider.account import Account
from app.provider.forms import MESSAGE_SID
from app.services.ports import Accepted, FateUnknown, NotSent, Posted, Refused

STATUS_PATH: Final = "/twilio/status"
# Seconds; Twilio takes no longer validity.
LONGEST_VALIDITY: Final = 36_000
# Most people of a campaign get the same text, from the same sender.
_quoted: Final = lru_cache(512)(quote_plus)


class _LimitedSession:
    """A session whose every request has the time limit: the library passes its own, none, over the session's."""

    def __init__(self, limit: aiohttp.ClientTimeout) -> None:
        self._session, self._limit = aiohttp.ClientSession(), limit

    async def request(self, **options: Any) -> aiohttp.ClientResponse:  # noqa: ANN401 - aiohttp's own
        return await self._session.request(**options | {"timeout": self._limit})

    async def close(self) -> None:
        await self._session.close()


class TimedHttpClient(AsyncTwilioHttpClient):
    """The library's async client, which forgets its own time limit, with the limit."""

    def __init__(self, timeout: float) -> None:
        super().__init__(pool_connections=False)
        limit = aiohttp.ClientTimeout(total=timeout, sock_connect=timeout / 2)
        self.session = _LimitedSession(limit)  # type: ignore[assignment]  # all of it that the library uses


def preload() -> None:
    """Import what the library puts off until its first call: a third of a second, for each child of a worker."""
    importlib.import_module("twilio.rest.api")


class TwilioLine:
    """One batch's connection.

    It asks the library for the request and not for a message resource: making one out of the answer, with all its
    dates, and turning the form into one with a general encoder cost a third of a text's time.
    """

    def __init__(self, client: Client, account: Account) -> None:
        self._client = client
        self._sender = account.sender
        self._messages = f"{client.api.base_url}/2010-04-01/Accounts/{account.sid}/Messages.json"
        self._callback = quote_plus(f"{account.public_url}{STATUS_PATH}?ref=")

    async def post(
        self,
        number: Number,
        body: str,
        ref: RowRef | CampaignRef,
        *,
        sender: str = "",
        valid_for: int | None = None,
    ) -> Posted:
        validity = "" if valid_for is None else f"&ValidityPeriod={min(valid_for, LONGEST_VALIDITY)}"
        form = (
            f"To={quote_plus(number.e164)}&From={_quoted(sender or self._sender)}&Body={_quoted(body)}"
            f"&StatusCallback={self._callback}{quote_plus(ref.text)}{validity}"
        )
        try:
            response = await self._client.request_async("POST", self._messages, data=form.encode())  # type: ignore[arg-type] # passed on
            answer = json.loads(response.text)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return NotSent(after=1)
        except (TimeoutError, aiohttp.ClientError, TwilioException, ValueError, OSError) as error:
            return FateUnknown(type(error).__name__)
        if not isinstance(answer, dict):
            return FateUnknown("an answer that is no message")
        return _accepted(answer) if 200 <= response.status_code < 300 else _refused(response, answer)


def _accepted(answer: dict[str, Any]) -> Posted:
    sid = str(answer.get("sid"))
    return Accepted(sid) if MESSAGE_SID.fullmatch(sid) else FateUnknown("an answer without an id")


def _refused(response: Response, answer: dict[str, Any]) -> Posted:
    """What an error answer says about the message. Its words are not looked at: they have the number in them."""
    status, code = response.status_code, _code(answer.get("code"))
    if status == 429:
        pause = _seconds((response.headers or {}).get("Retry-After", ""))
        return NotSent(after=pause or errors.TOO_MANY_REQUESTS_PAUSE_SECONDS, code=code, too_fast=True)
    if not 400 <= status < 500:
        return FateUnknown(f"HTTP {status}")
    if status in {401, 403} or code in errors.CONFIGURATION:
        return NotSent(errors.CONFIGURATION_PAUSE_SECONDS, code, broken=errors.remedy(status, code))
    return Refused(code=code, blocked=code in errors.BLOCKED, gone=code in errors.GONE)


def _code(said: object) -> int:
    return said if isinstance(said, int) else 0


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
