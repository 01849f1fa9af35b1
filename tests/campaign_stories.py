"""What tests about campaigns say again and again: a campaign that runs, people in it, and their drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.campaign import Campaign, CampaignStatus, Cap
from app.domain.number import Number
from app.domain.partition import PARTITIONS
from app.domain.recipient import Draft
from app.domain.signal import Signal
from app.services.campaign_ports import Claims, RowClaim
from tests.contract.campaign_stores import CampaignStore
from tests.stories import NL, NOON, apply, person, texted

LEASE, GRACE = 60.0, 120.0
SENDER = "+3197010200000"
EVERYWHERE = range(PARTITIONS)
DAILY = (Cap(2, timedelta(hours=24)),)


def spring(identifier: str = "spring22", **changes: object) -> Campaign:
    made = Campaign(identifier, "Spring", {NL: "Lente!"}, NOON, "test", version=1)
    return replace(made, **changes)  # type: ignore[arg-type]


def joined(store: CampaignStore, indexes: Iterable[int] = (0,), **circumstances: object) -> None:
    for index in indexes:
        apply(store.consents, person(index), texted(Signal.START, NOON, **circumstances))


def running(store: CampaignStore, campaign: Campaign | None = None, **changes: object) -> Campaign:
    """A campaign with everybody frozen who is subscribed now; it can be claimed from."""
    made = campaign or spring(**changes)
    made = replace(made, status=CampaignStatus.RUNNING)
    assert store.campaigns.save(made, rests=False)
    for partition in EVERYWHERE:
        store.audience.freeze(made, partition, NOON, NL)
    store.audience.arm(made)
    return made


def draft(number: Number, segments: int = 1) -> Draft:
    return Draft(number, "the text", segments, SENDER)


def claim(
    store: CampaignStore,
    campaign: Campaign,
    indexes: Iterable[int] = (0,),
    now: datetime = NOON,
    caps: Sequence[Cap] = (),
) -> Claims:
    return store.rows.claim(campaign, [draft(person(index)) for index in indexes], caps, now, LEASE)


def claimed(store: CampaignStore, campaign: Campaign, index: int = 0, now: datetime = NOON) -> RowClaim:
    (found,) = claim(store, campaign, [index], now).taken
    return found
