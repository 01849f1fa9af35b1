"""Recipients in Redis: per partition and campaign three sorted sets, the outcomes, and a hash while one is sent."""

import functools
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

import redis
from redis.client import Pipeline

from app.domain.campaign import Campaign, Cap, campaign_ref
from app.domain.campaign_counts import failed_with, segments_to
from app.domain.number import Number
from app.domain.outbox import Fate
from app.domain.partition import partition_of
from app.domain.quiet_hours import WaitUntil
from app.domain.recipient import Draft, Ending, Reason, RecipientOutcome
from app.domain.region import region_of
from app.domain.replies import Language
from app.domain.waiting import waiting
from app.services.campaign_ports import (
    Claims,
    Recipient,
    RowClaim,
    RowSettlement,
)
from app.services.ports import Settled
from app.store import codec, keys
from app.store.campaign_codec import outcome_text
from app.store.connection import truthful
from app.store.scripts import script

HANDFUL: Final = 25
_ENDINGS: Final = {Fate.SENT: Ending.SENT, Fate.FAILED: Ending.FAILED}


@functools.lru_cache(maxsize=1024)
def keys_of(campaign: str, partition: int) -> keys.CampaignKeys:
    return keys.CampaignKeys(keys.tag(partition), campaign)


class RedisCampaignRows:
    """The part of the port CampaignRows that sends: peek, claim, settle."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        # What is owed to nobody need not be sent while the memory is full; what was sent has to be written down.
        self._claim = script(client, "campaign_claim", when_full=False)
        self._settle = script(client, "campaign_settle", when_full=True)
        self._postpone = script(client, "campaign_postpone", when_full=True)
        self._skip = script(client, "campaign_skip", when_full=True)

    @truthful
    def peek(self, campaign: str, partitions: Sequence[int], now: datetime, most: int) -> Sequence[Recipient]:
        pipe = self._client.pipeline(transaction=False)
        for partition in partitions:
            names = keys_of(campaign, partition)
            pipe.zrangebyscore(names.todo, "-inf", codec.to_ms(now), start=0, num=most)
        found = cast("list[list[str]]", pipe.execute())
        members = [(p, member) for p, each in zip(partitions, found, strict=True) for member in each]
        for partition, member in members:
            pipe.hget(keys.record(keys.tag(partition), member), "lang")
        languages = cast("list[str | None]", pipe.execute())
        return [
            Recipient(Number(member), Language(language) if language else None)
            for (_, member), language in zip(members, languages, strict=True)
        ]

    @truthful
    def postpone(self, campaign: str, whom: Sequence[tuple[Number, WaitUntil]]) -> None:
        pipe = self._client.pipeline(transaction=False)
        for number, hours in whom:
            names, when = keys_of(campaign, partition_of(number)), codec.to_ms(hours.when)
            counted = ["waited:hours", waiting(hours)]
            self._postpone(keys=[names.todo, names.counts], args=[number.e164, when, *counted], client=pipe)
        pipe.execute()

    @truthful
    def skip(self, campaign: str, whom: Sequence[Number], reason: Reason, now: datetime) -> int:
        text = outcome_text(RecipientOutcome(Ending.SKIPPED, now, reason))
        pipe = self._client.pipeline(transaction=False)
        for number in whom:
            names = keys_of(campaign, partition_of(number))
            self._skip(
                keys=[names.todo, names.row(number.e164), names.outcomes, names.counts],
                args=[number.e164, text, Ending.SKIPPED, f"{Ending.SKIPPED}:{reason}"],
                client=pipe,
            )
        return sum(cast("list[int]", pipe.execute()))

    @truthful
    def claim(
        self, campaign: Campaign, drafts: Sequence[Draft], caps: Sequence[Cap], now: datetime, lease: float
    ) -> Claims:
        pipe = self._client.pipeline(transaction=False)
        tokens = [secrets.token_hex(8) for _ in drafts]
        places = _by_partition([draft.number for draft in drafts], [draft.caps for draft in drafts])
        for partition, mine in places:
            names = keys_of(campaign.id, partition)
            same = _same_for_all(campaign, (*caps, *drafts[mine[0]].caps), now, lease)
            own: list[str] = []
            told: list[Any] = []
            for place in mine:
                draft, number = drafts[place], keys.NumberKeys(drafts[place].number, partition)
                own += [names.row(draft.number.e164), number.record, number.sends]
                told += [draft.number.e164, tokens[place], draft.body, draft.segments, draft.sender]
            shared = [names.run, names.todo, names.claimed, keys.subscribers(names.tag)]
            self._claim([*shared, names.outcomes, names.counts, *own], [*same, *told], client=pipe)
        return _claims(campaign.id, drafts, tokens, _in_order(places, pipe.execute()))

    @truthful
    def settle(self, settled: Sequence[tuple[RowClaim, RowSettlement]]) -> Sequence[Settled]:
        pipe = self._client.pipeline(transaction=False)
        parts: dict[str, list[int]] = {}
        for place, (claim, _) in enumerate(settled):
            parts.setdefault(claim.campaign, []).append(place)
        places = [
            (campaign, partition, [whole[index] for index in mine])
            for campaign, whole in parts.items()
            for partition, mine in _by_partition([settled[place][0].draft.number for place in whole])
        ]
        for campaign, partition, mine in places:
            self._settle_some(
                pipe, keys_of(campaign, partition), campaign, [settled[place] for place in mine]
            )
        answers = dict(_in_order([(partition, mine) for _, partition, mine in places], pipe.execute()))
        return [self._settled(*settled[place], Settled(answers[place])) for place in range(len(settled))]

    def _settle_some(
        self,
        pipe: Pipeline,
        names: keys.CampaignKeys,
        campaign: str,
        settled: Sequence[tuple[RowClaim, RowSettlement]],
    ) -> None:
        own: list[str] = []
        told: list[Any] = []
        for claim, settlement in settled:
            number = claim.draft.number
            own += [names.row(number.e164), keys.sends(names.tag, number.e164)]
            told += [number.e164, claim.token, settlement.fate]
            outcome = _outcome(claim, settlement)
            told += [codec.to_ms(settlement.when or settlement.at), outcome_text(outcome) if outcome else ""]
            told += [keys.mark(settlement.message), settlement.reason or "", claim.draft.segments]
            told += [segments_to(region_of(number)) if settlement.fate is Fate.SENT else failed_with(outcome)]
        shared = [
            names.todo,
            names.claimed,
            names.unknown,
            names.outcomes,
            names.counts,
            keys.seen(names.tag),
        ]
        self._settle([*shared, *own], [campaign, *told], client=pipe)

    def _settled(self, claim: RowClaim, settlement: RowSettlement, answer: Settled) -> Settled:
        quicker = answer is Settled.LOST and self._is_sent_as(claim, settlement.message)
        return Settled.SAME if quicker else answer

    def _is_sent_as(self, claim: RowClaim, message: str) -> bool:
        """Whether a status report was quicker than we and has settled the row as this very message."""
        names = keys_of(claim.campaign, partition_of(claim.draft.number))
        found = cast("str | None", self._client.hget(names.outcomes, claim.draft.number.e164))
        return bool(message) and f":{message}:" in (found or "")


def _by_partition(
    numbers: Sequence[Number], caps: Sequence[tuple[Cap, ...]] = ()
) -> list[tuple[int, list[int]]]:
    """The places of the numbers in each partition, a handful at a time: no script should take long.

    People with other caps are apart, for a script takes one set of caps.
    """
    places: dict[tuple[int, tuple[Cap, ...]], list[int]] = {}
    for place, number in enumerate(numbers):
        places.setdefault((partition_of(number), caps[place] if caps else ()), []).append(place)
    return [
        (partition, mine[first : first + HANDFUL])
        for (partition, _), mine in places.items()
        for first in range(0, len(mine), HANDFUL)
    ]


def _in_order(places: Sequence[tuple[int, Sequence[int]]], answers: Sequence[Any]) -> list[tuple[int, Any]]:
    """Each answer with the place that it belongs to."""
    return [
        (place, answer)
        for (_, mine), some in zip(places, answers, strict=True)
        for place, answer in zip(mine, some, strict=True)
    ]


def _same_for_all(campaign: Campaign, caps: Sequence[Cap], now: datetime, lease: float) -> list[Any]:
    """The arguments of a claim that are the same for every recipient."""
    allowed = [value for cap in caps for value in (int(cap.within.total_seconds() * 1000), cap.most)]
    ends = codec.to_ms(campaign.ends_at) if campaign.ends_at else ""
    until = codec.to_ms(now + timedelta(seconds=lease))
    begin = [codec.to_ms(now), until, campaign.id, campaign.version, ends, keys.SENDS_SECONDS]
    return [*begin, len(caps), *allowed]


def _claims(
    campaign: str, drafts: Sequence[Draft], tokens: Sequence[str], answers: Sequence[tuple[int, Any]]
) -> Claims:
    taken, refused = [], []
    for place, answer in answers:
        if isinstance(answer, list):
            ref, since = campaign_ref(campaign, tokens[place]), codec.from_ms(answer[1])
            taken.append(RowClaim(campaign, drafts[place], tokens[place], answer[0], since, ref))
        else:
            refused.append(answer)
    return Claims(
        taken,
        skipped=refused.count("skipped"),
        later=refused.count("later"),
        gone=refused.count("gone"),
        stopped="stopped" in refused,
    )


def _outcome(claim: RowClaim, settlement: RowSettlement) -> RecipientOutcome | None:
    ending = _ENDINGS.get(settlement.fate)
    if ending is None:
        return None
    return RecipientOutcome(
        ending=ending,
        at=settlement.at,
        reason=settlement.reason,
        segments=claim.draft.segments if ending is Ending.SENT else 0,
        message=settlement.message,
        code=settlement.code,
    )
