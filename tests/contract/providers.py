"""The providers that the contract is put to, each with the hooks by which a test makes things happen there."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.who_answers import ProviderAnswers
from app.provider.account import Account
from app.provider.charges import TwilioPrices
from app.provider.client import TwilioProvider
from app.services.ask_charges import PriceList
from app.services.ports import NotSent, Posted, Refused
from tests.fakes.memory_provider import LOST_ANSWER, MemoryProvider
from tests.fakes.small_ports import SetTime
from tests.installation import PUBLIC_URL
from tests.sandbox.running import ACCOUNT, SENDER, TOKEN, Sandbox
from tests.stories import sid

TOO_MANY, STOPPED = NotSent(after=1), Refused(21610, blocked=True, gone=False)


class Subject(Protocol):
    """A provider and its hooks. `began`: nothing of this test happened before."""

    provider: MemoryProvider | TwilioProvider
    price_list: PriceList
    began: datetime

    def comes_to(self, fate: Posted) -> None:
        """The next post comes to this: TOO_MANY, STOPPED or LOST_ANSWER."""

    def hears(self, number: Number, body: str) -> None:
        """A person texts, at least a second after the one before."""

    def prices(self, message: str) -> None:
        """The message gets its price, sooner or later."""

    def falls_silent(self) -> None:
        """Questions are not answered any more."""


class InMemory(Subject):
    """The fake that the use cases are tested with."""

    def __init__(self) -> None:
        self.time = SetTime()
        self.provider: MemoryProvider = MemoryProvider(self.time)
        self.price_list: PriceList = self.provider
        self.began = self.time()

    def comes_to(self, fate: Posted) -> None:
        self.provider.next.append(fate)

    def hears(self, number: Number, body: str) -> None:
        self.time.goes_on(1)
        message = sid(len(self.provider.received) + 1)
        self.provider.received.append(
            InboundMessage(message, number, Channel.SMS, body, self.time(), read_back=True)
        )

    def prices(self, message: str) -> None:
        self.provider.prices_of[message] = Decimal("0.085")

    def falls_silent(self) -> None:
        self.provider.silent = True


@dataclass
class OverHttp(Subject):
    """The real adapter, with the sandbox at the other end; its faults make the fates."""

    sandbox: Sandbox

    def __post_init__(self) -> None:
        account = Account(ACCOUNT, TOKEN, self.sandbox.url, PUBLIC_URL, SENDER, timeout=5)
        self.provider: TwilioProvider = TwilioProvider(account, ProviderAnswers.NONE)
        self.price_list: PriceList = TwilioPrices(account)
        self.began = datetime.now(UTC) - timedelta(seconds=1)

    def comes_to(self, fate: Posted) -> None:
        fault = {TOO_MANY: "rate_limit", STOPPED: "opted_out", LOST_ANSWER: "reset_after"}[fate]
        self.sandbox.fault(fault)

    def hears(self, number: Number, body: str) -> None:
        time.sleep(1.05)  # the provider dates to the second
        self.sandbox.text(body, number.e164, wait=0)

    def falls_silent(self) -> None:
        self.sandbox.fault("error_before", on="read", count=None)
