"""What is learnt later of a recipient's message: that its sender died, that nobody knows, or the provider's report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast

import redis
import structlog

from app.domain.campaign import CampaignRef, campaign_ref
from app.domain.campaign_counts import failed_with, segments_to
from app.domain.number import Number
from app.domain.partition import PARTITIONS, partition_of
from app.domain.recipient import Draft, Ending, RecipientOutcome
from app.domain.region import region_of
from app.domain.status import StatusReport
from app.services.campaign_ports import RowClaim
from app.store import codec, keys
from app.store.campaign_codec import outcome_from, outcome_text
from app.store.campaign_rows import keys_of
from app.store.connection import truthful
from app.store.scripts import script

# A report is only refused as stale when another one has just been noted.
ROUNDS: Final = 20

log = structlog.get_logger(__name__)


class RedisCampaignFates:
    """The port CampaignFates on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._expire = script(client, "expire_lease", when_full=True)
        self._report = script(client, "campaign_report", when_full=True)

    @truthful
    def expire_leases(self, campaign: str, now: datetime, grace: float) -> int:
        ask_at = codec.to_ms(now + timedelta(seconds=grace))
        pipe = self._client.pipeline(transaction=False)
        for partition, member in self._waiting("claimed", campaign, now, most=1000):
            names = keys_of(campaign, partition)
            self._expire(
                keys=[names.claimed, names.unknown, names.row(member)],
                args=[member, codec.to_ms(now), ask_at],
                client=pipe,
            )
        return sum(cast("list[int]", pipe.execute()))

    def _waiting(self, which: str, campaign: str, now: datetime, most: int) -> list[tuple[int, str]]:
        """Up to `most` numbers of each partition whose time in that set has come."""
        pipe = self._client.pipeline(transaction=False)
        for partition in range(PARTITIONS):
            key = getattr(keys_of(campaign, partition), which)
            pipe.zrangebyscore(key, "-inf", codec.to_ms(now), start=0, num=most)
        found = cast("list[list[str]]", pipe.execute())
        return [(partition, member) for partition, members in enumerate(found) for member in members]

    @truthful
    def unknowns(self, campaign: str, now: datetime, most: int) -> Sequence[RowClaim]:
        waiting = self._waiting("unknown", campaign, now, most)[:most]
        pipe = self._client.pipeline(transaction=False)
        for partition, member in waiting:
            pipe.hgetall(keys_of(campaign, partition).row(member))
        claims = []
        for (_, member), row in zip(waiting, cast("list[dict[str, str]]", pipe.execute()), strict=True):
            try:
                claims.append(_claim(campaign, Number(member), row))
            except (ValueError, KeyError):
                log.error("a recipient's row cannot be read", campaign=campaign)  # noqa: TRY400 - the error quotes it
        return claims

    @truthful
    def report(self, report: StatusReport) -> bool:
        ref, number, rank = report.ref, report.number, report.rank
        if not isinstance(ref, CampaignRef) or number is None or rank is None:
            return False
        names = keys_of(ref.campaign, partition_of(number))
        for _ in range(ROUNDS):
            pipe = self._client.pipeline(transaction=False)
            pipe.hget(names.outcomes, number.e164)
            pipe.hget(names.row(number.e164), "seg")
            read, segments = cast("list[str | None]", pipe.execute())
            before = outcome_from(read) if read else None
            if before is None and segments is None:
                return False
            sent = before or RecipientOutcome(
                Ending.SENT, report.at, segments=int(segments or 0), message=report.message
            )
            after = sent.told(report)
            if after is None:
                return False
            answer = self._note(
                ref.campaign, number, read or "", after, _counted(before, after, number), report
            )
            if answer != "stale":
                return answer == "new"
        raise ValueError("a recipient's outcome kept changing")

    def _note(  # noqa: PLR0913, PLR0917 - what the script asks for
        self,
        campaign: str,
        number: Number,
        before: str,
        after: RecipientOutcome,
        counted: list[str | int],
        report: StatusReport,
    ) -> str:
        mine, names = keys.NumberKeys(number), keys_of(campaign, partition_of(number))
        answer = self._report(
            keys=[
                *(names.todo, names.claimed, names.unknown, names.row(number.e164)),
                *(names.outcomes, names.counts, mine.sends, keys.seen(mine.tag)),
            ],
            args=[
                *(number.e164, before, outcome_text(after), keys.mark(report.message), campaign),
                *(codec.to_ms(report.at), keys.SENDS_SECONDS, *counted),
            ],
        )
        return cast("str", answer)


def _counted(before: RecipientOutcome | None, after: RecipientOutcome, number: Number) -> list[str | int]:
    counted: list[str | int] = []
    if before is None:
        counted += [Ending.SENT, 1, "segments", after.segments]
        counted += [segments_to(region_of(number)), after.segments]
    for was, now in (
        (_delivery(before), _delivery(after)),
        (failed_with(before), failed_with(after)),
    ):
        for name, more in ((now, 1), (was, -1)):
            if name and now != was:
                counted += [name, more]
    return counted


def _delivery(outcome: RecipientOutcome | None) -> str:
    return outcome.counted_as if outcome else ""


def _claim(campaign: str, number: Number, row: dict[str, str]) -> RowClaim:
    """Raises ValueError or KeyError for what no row can be."""
    draft = Draft(number, row["body"], int(row["seg"]), row["from"])
    since, attempts = codec.from_ms(row["since"]), int(row.get("n", 0))
    return RowClaim(campaign, draft, row["token"], attempts, since, campaign_ref(campaign, row["token"]))
