"""The provider through the twilio library: the questions that settle what is unknown, and the lines out."""

import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import import_module
from typing import Any, Final

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.domain.errors import ProviderUnavailable
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.who_answers import ProviderAnswers
from app.provider.account import Account
from app.provider.answers import answered
from app.provider.forms import MESSAGE_SID, answers_from, sender
from app.services.audience_ports import Forgotten
from app.services.ports import Line

PAGE: Final = 100
# More messages than this to one number within the time in question: something else is wrong.
MOST_LISTED: Final = 1000


class TwilioProvider:
    """The ports Provider, InboundSource and Archive on Twilio, or on whatever answers like it at its address."""

    def __init__(self, account: Account, answers: ProviderAnswers) -> None:
        self.account = self._account = account
        self._answers = answers

    def _client(self, http: HttpClient) -> Client:
        client = Client(self._account.sid, self._account.token, http_client=http)
        client.api.base_url = self._account.api_url
        return client

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        # Only a worker sends, and aiohttp costs whoever imports it a third of a second: a command, the web, the clock.
        line = import_module("app.provider.line")
        # The HTTP client belongs to the event loop that it is made in.
        async with line.TimedHttpClient(self._account.timeout) as http:
            yield line.TwilioLine(self._client(http), self._account)

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
                provider_answered=answered(self._answers, one.body or "", None, channel),
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
