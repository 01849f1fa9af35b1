"""A clock that lets a recipient come up again as soon as a lease has ended, without asking about the message."""

from datetime import datetime

from app.domain.outbox import Fate
from app.services.campaign_ports import RowSettlement
from app.store.campaign_fates import RedisCampaignFates
from app.store.campaign_rows import RedisCampaignRows
from workers.clock import main

expire = RedisCampaignFates.expire_leases


def requeue(self: RedisCampaignFates, campaign: str, now: datetime, _grace: float) -> int:
    expired = expire(self, campaign, now, 0)
    again = RowSettlement(Fate.AGAIN, now, when=now)
    rows = RedisCampaignRows(self._client)
    rows.settle([(claim, again) for claim in self.unknowns(campaign, now, 1000)])
    return expired


if __name__ == "__main__":
    RedisCampaignFates.expire_leases = requeue  # type: ignore[method-assign]
    raise SystemExit(main())
