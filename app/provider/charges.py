"""What the provider charged: the prices in its list of messages, which stand there some time after each was sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, Final

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.domain.charged import Price
from app.domain.errors import ProviderUnavailable
from app.domain.number import E164, Number
from app.provider.account import Account

# The most that the provider lists in one answer.
PAGE: Final = 1000


class TwilioPrices:
    """The port PriceList on Twilio, or on whatever answers like it at its address."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def prices(self, sender: str, since: datetime, until: datetime) -> Iterator[Sequence[Price]]:
        account = self._account
        client = Client(account.sid, account.token, http_client=TwilioHttpClient(timeout=account.timeout))
        client.api.base_url = account.api_url
        try:
            listed = client.messages.stream(
                from_=sender, date_sent_after=since, date_sent_before=until, page_size=PAGE
            )
            while page := list(islice(listed, PAGE)):
                yield [price for one in page if (price := _price(one))]
        except (TwilioException, requests.RequestException, ValueError, KeyError, OSError) as error:
            # Of the error only its kind: its text has numbers in it.
            raise ProviderUnavailable(
                f"the provider did not list its prices: {type(error).__name__}"
            ) from None


def _price(one: Any) -> Price | None:  # noqa: ANN401 - the library's own message
    """None where there is none yet. The provider writes what it takes as a negative amount."""
    try:
        amount = -Decimal(one.price)
    except (InvalidOperation, TypeError, ValueError):
        return None
    if not amount.is_finite() or not E164.fullmatch(one.to or ""):
        return None
    return Price(one.sid or "", Number(one.to), (one.price_unit or "").upper(), amount)
