"""A provider in memory: it keeps what it was given, lists it, and can be told to fail the next post."""

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.campaign import CampaignRef
from app.domain.charged import Price
from app.domain.errors import ProviderUnavailable
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.services.audience_ports import Archive, Forgotten
from app.services.ports import Accepted, FateUnknown, InboundSource, Line, Now, Posted, Provider
from tests.stories import sid

SENDER = "+3197010200000"
LOST_ANSWER = FateUnknown("the answer was lost on its way")


@dataclass(frozen=True)
class Sent:
    """One message that the provider took."""

    message: str
    number: Number
    body: str
    ref: RowRef | CampaignRef
    at: datetime
    sender: str = ""


class MemoryProvider(Provider, InboundSource, Archive, Line):
    """The ports Provider, Line, InboundSource and Archive.

    `next`: what the next posts come to instead of Accepted. After LOST_ANSWER the message was taken all the same.
    `prices_of`: what was charged for messages, by their ids.
    """

    def __init__(self, now: Now) -> None:
        self._now = now
        self.sent: list[Sent] = []
        self.received: list[InboundMessage] = []
        self.next: deque[Posted] = deque()
        self.silent = False
        self.prices_of: dict[str, Decimal] = {}

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        yield self

    async def post(
        self,
        number: Number,
        body: str,
        ref: RowRef | CampaignRef,
        *,
        sender: str = "",
        valid_for: int | None = None,  # noqa: ARG002 - the port's
    ) -> Posted:
        fate = self.next.popleft() if self.next else None
        if fate is not None and fate is not LOST_ANSWER:
            return fate
        taken = Sent(sid(5000 + len(self.sent)), number, body, ref, self._now(), sender)
        self.sent.append(taken)
        return fate or Accepted(taken.message)

    def find_sent(self, number: Number, body: str, since: datetime) -> list[str]:
        self._answer()
        return [
            one.message
            for one in self.sent
            if (one.number, one.body) == (number, body) and one.at >= since.replace(microsecond=0)
        ]

    def received_since(self, moment: datetime) -> Iterable[InboundMessage]:
        self._answer()
        return [one for one in reversed(self.received) if one.at >= moment.replace(microsecond=0)]

    def forget(self, number: Number) -> Forgotten:
        self._answer()
        before = len(self.sent) + len(self.received)
        self.sent = [one for one in self.sent if one.number != number]
        self.received = [one for one in self.received if one.number != number]
        return Forgotten(before - len(self.sent) - len(self.received), 0)

    def prices(self, sender: str, since: datetime, until: datetime) -> Iterator[Sequence[Price]]:
        self._answer()
        listed = [
            one
            for one in self.sent
            if (one.sender or SENDER) == sender and since <= one.at.replace(microsecond=0) <= until
        ]
        for one in listed:
            amount = self.prices_of.get(one.message)
            yield [] if amount is None else [Price(one.message, one.number, "USD", amount)]

    def _answer(self) -> None:
        if self.silent:
            raise ProviderUnavailable("the provider did not list messages: Silent")
