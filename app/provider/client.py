"""The provider through the twilio library: messages out, and the questions that settle what is unknown."""

import importlib
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import aiohttp
import requests
from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from app.domain.campaign import CampaignRef
from app.domain.errors import ProviderUnavailable
from app.domain.inbound import InboundMessage
from app.domain.number import E164, Number
from app.domain.outbox import RowRef
from app.domain.who_answers import ProviderAnswers
from app.provider import errors
from app.provider.answers import answered
from app.provider.forms import MESSAGE_SID, answers_from, sender
from app.services.audience_ports import Forgotten
from app.services.ports import Accepted, FateUnknown, Line, NotSent, Posted, Refused

PAGE: Final = 100
# More messages than this to one number within the time in question: something else is wrong.
MOST_LISTED: Final = 1000
STATUS_PATH: Final = "/twilio/status"
# Seconds; Twilio takes no longer validity.
LONGEST_VALIDITY: Final = 36_000


@dataclass(frozen=True, slots=True)
class Account:
    """Whose messages these are, where the API is, and how long one call may take (seconds)."""

    sid: str
    token: str
    api_url: str
    public_url: str
    sender: str
    timeout: float
    rcs_sender: str = ""
    other_senders: tuple[str, ...] = ()

    @property
    def heard_at(self) -> list[str]:
        """Every address of ours that people can text: the provider lists what reached each apart."""
        own = (self.sender, *self.other_senders)
        whatsapp = [f"whatsapp:{sender}" for sender in own if E164.fullmatch(sender)]
        return [*own, *whatsapp, *([f"rcs:{self.rcs_sender}"] if self.rcs_sender else [])]


# The answer's Retry-After, for the task that made the call: the library's exceptions carry no headers.
_retry_after: ContextVar[float | None] = ContextVar("retry_after", default=None)


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

    async def request(  # type: ignore[override]  # the library's own async client overrides a sync method
        self, method: str, url: str, **options: object
    ) -> Response:
        response: Response = await super().request(method, url, **options)  # type: ignore[arg-type]
        _retry_after.set(_seconds((response.headers or {}).get("Retry-After", "")))
        return response


def preload() -> None:
    """Import what the library puts off until its first call: a third of a second, for each child of a worker."""
    importlib.import_module("twilio.rest.api")


class TwilioLine:
    """One batch's connection."""

    def __init__(self, client: Client, account: Account) -> None:
        self._client = client
        self._account = account

    async def post(
        self,
        number: Number,
        body: str,
        ref: RowRef | CampaignRef,
        *,
        sender: str = "",
        valid_for: int | None = None,
    ) -> Posted:
        _retry_after.set(None)
        callback = f"{self._account.public_url}{STATUS_PATH}?ref={ref.text}"
        try:
            message = await self._client.messages.create_async(
                to=number.e164,
                from_=sender or self._account.sender,
                body=body,
                status_callback=callback,
                validity_period=values.unset if valid_for is None else min(valid_for, LONGEST_VALIDITY),
            )
        except TwilioRestException as error:
            return _classify(error.status, error.code)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return NotSent(after=1)
        except (TimeoutError, aiohttp.ClientError, TwilioException, ValueError, KeyError, OSError) as error:
            return FateUnknown(type(error).__name__)
        sid = message.sid or ""
        return Accepted(sid) if MESSAGE_SID.fullmatch(sid) else FateUnknown("an answer without an id")


def _classify(status: int, code: int | None) -> Posted:
    """What an error answer says about the message. No text of the error is looked at: it has the number in it."""
    code = code or 0
    if status == 429:
        pause = _retry_after.get() or errors.TOO_MANY_REQUESTS_PAUSE_SECONDS
        return NotSent(after=pause, code=code, too_fast=True)
    if not 400 <= status < 500:
        return FateUnknown(f"HTTP {status}")
    if status in {401, 403} or code in errors.CONFIGURATION:
        return NotSent(errors.CONFIGURATION_PAUSE_SECONDS, code, broken=errors.remedy(status, code))
    return Refused(code=code, blocked=code in errors.BLOCKED, gone=code in errors.GONE)


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None


class TwilioProvider:
    """The ports Provider, InboundSource and Archive on Twilio, or on whatever answers like it at its address."""

    def __init__(self, account: Account, answers: ProviderAnswers) -> None:
        self._account = account
        self._answers = answers

    def _client(self, http: HttpClient) -> Client:
        client = Client(self._account.sid, self._account.token, http_client=http)
        client.api.base_url = self._account.api_url
        return client

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        # The HTTP client belongs to the event loop that it is made in.
        async with TimedHttpClient(self._account.timeout) as http:
            yield TwilioLine(self._client(http), self._account)

    def find_sent(self, number: Number, body: str, since: datetime) -> list[str]:
        # Not by DateSent: a message that is still queued has none.
        listed = list(itertools.islice(self._list_to(number.e164, since), MOST_LISTED))
        if len(listed) == MOST_LISTED:
            raise ProviderUnavailable(f"the provider lists {MOST_LISTED} messages or more to one number")
        found = [one for one in listed if one.body == body and "outbound" in (one.direction or "")]
        # Listed newest first and dated to the second: turned round, those of one second stay in their order.
        found.reverse()
        return [one.sid for one in sorted(found, key=lambda one: one.date_created)]

    def received_since(self, moment: datetime) -> Iterator[InboundMessage]:
        listed = (self._list_to(address, moment) for address in self._account.heard_at)
        for one in itertools.chain.from_iterable(listed):
            if one.direction != "inbound" or not MESSAGE_SID.fullmatch(one.sid or ""):
                continue
            channel, number = sender(one.from_ or "")
            yield InboundMessage(
                message=one.sid,
                number=number,
                channel=channel,
                body=one.body or "",
                at=one.date_created,
                provider_answered=answered(self._answers, one.body or "", None),
                read_back=True,
                to=answers_from(channel, one.to or ""),
            )

    def _list_to(self, address: str, since: datetime) -> Iterator[Any]:
        """Messages to `address` created at or after `since`; the provider lists the newest first."""
        try:
            client = self._client(TwilioHttpClient(timeout=self._account.timeout))
            for one in client.messages.stream(to=address, page_size=PAGE):
                if one.date_created is None or one.date_created < since.replace(microsecond=0):
                    break
                yield one
        except (TwilioException, requests.RequestException, ValueError, KeyError, OSError) as error:
            raise _silent("list messages", error) from None

    def forget(self, number: Number) -> Forgotten:
        """The port Archive: a message that is still under way is refused by the provider, and left."""
        deleted = left = 0
        for message in [*self._sids({"to": number.e164}), *self._sids({"from_": number.e164})]:
            try:
                client = self._client(TwilioHttpClient(timeout=self._account.timeout))
                gone = client.messages(message).delete()
            except TwilioRestException as error:
                if error.status != 404 and not 400 <= error.status < 429:
                    raise _silent("delete a message", error) from None
                gone = error.status == 404
            except (TwilioException, requests.RequestException, ValueError, OSError) as error:
                raise _silent("delete a message", error) from None
            deleted, left = deleted + bool(gone), left + (not gone)
        return Forgotten(deleted, left)

    def _sids(self, whose: Mapping[str, Any]) -> list[str]:
        try:
            client = self._client(TwilioHttpClient(timeout=self._account.timeout))
            return [one.sid or "" for one in client.messages.stream(**whose, page_size=PAGE)]
        except (TwilioException, requests.RequestException, ValueError, KeyError, OSError) as error:
            raise _silent("list messages", error) from None


def _silent(what: str, error: Exception) -> ProviderUnavailable:
    """Of the error only its kind: its text has the number in it."""
    return ProviderUnavailable(f"the provider did not {what}: {type(error).__name__}")
