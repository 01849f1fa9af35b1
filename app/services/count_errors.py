"""What the provider complains of is counted, so that somebody sees what has to be mended."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from app.domain.campaign import CampaignRef
from app.domain.errors import StoreUnavailable
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.services.care_ports import ProviderErrors
from app.services.ports import Line, Now, Posted, Provider


@dataclass(frozen=True, slots=True)
class CountErrors:
    """Count one error. What became of a message is noted all the same when that is not possible."""

    errors: ProviderErrors

    def __call__(self, code: int, at: datetime) -> None:
        """Code 0 is none."""
        if code:
            with suppress(StoreUnavailable):
                self.errors.count(code, at)


@dataclass(frozen=True, slots=True)
class CountedLine:
    """The port Line on another one, whose refusals are counted."""

    other: Line
    count: CountErrors
    now: Now

    async def post(
        self,
        number: Number,
        body: str,
        ref: RowRef | CampaignRef,
        *,
        sender: str = "",
        valid_for: int | None = None,
    ) -> Posted:
        posted = await self.other.post(number, body, ref, sender=sender, valid_for=valid_for)
        self.count(getattr(posted, "code", 0), self.now())
        return posted


@dataclass(frozen=True, slots=True)
class CountedProvider:
    """The port Provider likewise."""

    other: Provider
    count: CountErrors
    now: Now

    def line(self) -> AbstractAsyncContextManager[Line]:
        return self._line()

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[Line]:
        async with self.other.line() as line:
            yield CountedLine(line, self.count, self.now)

    def find_sent(self, number: Number, body: str, since: datetime) -> list[str]:
        return self.other.find_sent(number, body, since)
