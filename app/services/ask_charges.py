"""Ask the provider what it charged for a campaign: its list of messages is read by the page, and sums are kept."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from app.domain.charged import Charged, Price
from app.domain.errors import BadInput
from app.services.campaign_changes import ChangeCampaign
from app.services.campaign_ports import CampaignResults
from app.services.ports import Now

# A message may wait at the provider for ten hours, and is in its list by the time at which it went out.
LATEST = timedelta(hours=11)


class PriceList(Protocol):
    """The provider's own list of what was sent. Raises ProviderUnavailable."""

    def prices(self, sender: str, since: datetime, until: datetime) -> Iterator[Sequence[Price]]:
        """The prices of the messages that went out from `sender` in that time, a page at a time."""


@dataclass(frozen=True, slots=True)
class AskCharges:
    """The sums stay with a campaign that is over; of one that runs they are only told. `senders`: the program's."""

    change: ChangeCampaign
    results: CampaignResults
    prices: PriceList
    senders: Sequence[str]
    now: Now

    def __call__(self, campaign: str, tell: Callable[[int], None] = lambda _: None) -> Charged:
        """What was charged so far; `tell` hears of every page how many messages it had."""
        found, now = self.change.load(campaign), self.now()
        if found.started_at is None:
            raise BadInput(f"campaign {found.id} has not begun, so nothing was charged for it")
        totals, priced = defaultdict[str, Decimal](Decimal), 0
        until = found.finished_at + LATEST if found.finished_at else now
        for sender in dict.fromkeys((*(found.senders or ()), *self.senders)):
            for page in self.prices.prices(sender, found.started_at, until):
                ours = self.results.messages(campaign, [price.number for price in page])
                for price, message in zip(page, ours, strict=True):
                    # The list has everybody's replies and other campaigns as well.
                    if price.message == message:
                        totals[price.currency] += price.amount
                        priced += 1
                tell(len(page))
        sent = self.results.counts(campaign).get("sent", 0)
        charged = Charged(now.replace(microsecond=0), dict(totals), priced, max(0, sent - priced))
        if found.finished_at:
            # Nothing else changes it any more; should it have, then the next time keeps the sums.
            self.change.campaigns.save(replace(found, charged=charged, version=found.version + 1), rests=True)
        return charged
