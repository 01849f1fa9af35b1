"""Recipients in Redis: per partition and campaign three sorted sets, the outcomes, and a hash while one is sent."""

import functools
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

import redis
from redis.client import Pipeline

from app.domain.campaign import Campaign, Cap, campaign_ref
from app.domain.number import Number
from app.domain.partition import partition_of
from app.domain.recipient import Draft, Ending, Reason, RecipientOutcome
from app.domain.replies import Language
from app.services.campaign_ports import Claims, Recipient, RowClaim, RowFate, RowSettlement
from app.services.ports import Settled
from app.store import codec, keys
from app.store.campaign_codec import outcome_text
from app.store.connection import truthful
from app.store.scripts import script

_ENDINGS: Final = {RowFate.SENT: Ending.SENT, RowFate.FAILED: Ending.FAILED}


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
    def postpone(self, campaign: str, whom: Sequence[tuple[Number, datetime]], why: str) -> None:
        pipe = self._client.pipeline(transaction=False)
        for number, when in whom:
            names = keys_of(campaign, partition_of(number))
            pipe.zadd(names.todo, {number.e164: codec.to_ms(when)}, xx=True)
            pipe.hincrby(names.counts, f"waited:{why}", 1)
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
        same = _same_for_all(campaign, caps, now, lease)
        for draft, token in zip(drafts, tokens, strict=True):
            self._claim_one(pipe, campaign, draft, token, same)
        taken, refused = [], []
        for draft, token, answer in zip(drafts, tokens, pipe.execute(), strict=True):
            if isinstance(answer, list):
                attempts, since = answer
                ref = campaign_ref(campaign.id, token)
                taken.append(RowClaim(campaign.id, draft, token, attempts, codec.from_ms(since), ref))
            else:
                refused.append(cast("str", answer))
        return Claims(
            taken,
            skipped=refused.count("skipped"),
            later=refused.count("later"),
            gone=refused.count("gone"),
            stopped="stopped" in refused,
        )

    def _claim_one(
        self, pipe: Pipeline, campaign: Campaign, draft: Draft, token: str, same: tuple[list[Any], list[Any]]
    ) -> None:
        number = draft.number
        mine, names = keys.NumberKeys(number), keys_of(campaign.id, partition_of(number))
        (now, lease), rest = same
        self._claim(
            keys=[
                *(names.run, names.todo, names.claimed, names.row(number.e164), keys.subscribers(mine.tag)),
                *(mine.record, mine.sends, names.outcomes, names.counts),
            ],
            args=[
                *(number.e164, now, lease, token, draft.body, draft.segments),
                *(*rest[:4], draft.sender, *rest[4:]),
            ],
            client=pipe,
        )

    @truthful
    def settle(self, settled: Sequence[tuple[RowClaim, RowSettlement]]) -> Sequence[Settled]:
        pipe = self._client.pipeline(transaction=False)
        for claim, settlement in settled:
            self._settle_one(pipe, claim, settlement)
        answers = [Settled(answer) for answer in cast("list[str]", pipe.execute())]
        return [
            Settled.SAME if answer is Settled.LOST and self._is_sent_as(claim, settlement.message) else answer
            for (claim, settlement), answer in zip(settled, answers, strict=True)
        ]

    def _settle_one(self, pipe: Pipeline, claim: RowClaim, settlement: RowSettlement) -> None:
        number, fate = claim.draft.number, settlement.fate
        mine, names = keys.NumberKeys(number), keys_of(claim.campaign, partition_of(number))
        self._settle(
            keys=[
                *(names.todo, names.claimed, names.unknown, names.row(number.e164)),
                *(names.outcomes, names.counts, mine.sends, keys.seen(mine.tag)),
            ],
            args=[
                *(number.e164, claim.token, fate, codec.to_ms(settlement.when or settlement.at)),
                *(_outcome(claim, settlement), keys.mark(settlement.message), claim.campaign),
                *_counted(claim, settlement),
            ],
            client=pipe,
        )

    def _is_sent_as(self, claim: RowClaim, message: str) -> bool:
        """Whether a status report was quicker than we and has settled the row as this very message."""
        names = keys_of(claim.campaign, partition_of(claim.draft.number))
        found = cast("str | None", self._client.hget(names.outcomes, claim.draft.number.e164))
        return bool(message) and f":{message}:" in (found or "")


def _same_for_all(
    campaign: Campaign, caps: Sequence[Cap], now: datetime, lease: float
) -> tuple[list[Any], list[Any]]:
    """The arguments of a claim that no recipient changes, before and after those that each has."""
    allowed = [value for cap in caps for value in (int(cap.within.total_seconds() * 1000), cap.most)]
    ends = codec.to_ms(campaign.ends_at) if campaign.ends_at else ""
    moments = [codec.to_ms(now), codec.to_ms(now + timedelta(seconds=lease))]
    return moments, [campaign.id, campaign.version, ends, keys.SENDS_SECONDS, *allowed]


def _outcome(claim: RowClaim, settlement: RowSettlement) -> str:
    ending = _ENDINGS.get(settlement.fate)
    if ending is None:
        return ""
    return outcome_text(
        RecipientOutcome(
            ending=ending,
            at=settlement.at,
            reason=settlement.reason,
            segments=claim.draft.segments if ending is Ending.SENT else 0,
            message=settlement.message,
            code=settlement.code,
        )
    )


def _counted(claim: RowClaim, settlement: RowSettlement) -> list[str | int]:
    match settlement.fate:
        case RowFate.SENT:
            return [Ending.SENT, 1, "segments", claim.draft.segments]
        case RowFate.FAILED:
            return [Ending.FAILED, 1, f"{Ending.FAILED}:{settlement.reason}", 1]
        case RowFate.AGAIN | RowFate.UNKNOWN:
            return [settlement.fate, 1]
