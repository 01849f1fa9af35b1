"""The outbox in Redis: per partition three sorted sets (due, claimed, unknown) and a hash per row."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast

import redis
import structlog

from app.domain.consent import State
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.outbox import LONGEST_POST, TEST, Claim, Fate, Outcome, RowRef
from app.domain.partition import partition_of
from app.domain.remarks import CONSENT_CHANGED, REPORTED
from app.domain.replies import Reply
from app.domain.status import StatusReport
from app.services.ports import Settled
from app.store import codec, keys
from app.store.connection import truthful
from app.store.everywhere import everywhere
from app.store.objections import Objections
from app.store.owed import oldest_owed
from app.store.reply_texts import ReplyTexts
from app.store.scripts import script

_TOLD: Final = {Fate.SENT: "reply_sent", Fate.FAILED: "reply_failed"}
# A row that waits for an earlier one of its number is looked at again after so long.
LOOK_AGAIN_MS: Final = 500
_Waiting = tuple[float, RowRef, Number]

log = structlog.get_logger(__name__)


class RedisOutbox:
    """The port Outbox on a Redis or Valkey server."""

    def __init__(
        self, client: redis.Redis, objections: Objections | None = None, longest_post: float = LONGEST_POST
    ) -> None:
        self._client = client
        self._objections = objections or Objections(b"")
        self._longest_post = longest_post
        self._texts = ReplyTexts(client)
        self._trial = script(client, "trial", when_full=False)
        self._claim = script(client, "claim", when_full=True)
        self._settle = script(client, "settle", when_full=True)
        self._expire = script(client, "expire_lease", when_full=True)
        self._report = script(client, "report", when_full=True)

    @truthful
    def owes(self, now: datetime) -> bool:
        return any(
            everywhere(self._client, lambda pipe, tag: pipe.zcount(keys.due(tag), "-inf", codec.to_ms(now)))
        )

    @truthful
    def claim(self, now: datetime, lease: float, most: int) -> Sequence[Claim]:
        # Rows that are dropped, or wait for another one, leave the due ones: behind them there may be more.
        while wanted := _one_each(self._waiting("due", now, most))[:most]:
            if claims := self._take(wanted, now, lease):
                return claims
        return []

    def _take(self, wanted: list[_Waiting], now: datetime, lease: float) -> list[Claim]:
        until = codec.to_ms(now + timedelta(seconds=lease))
        dropped = _evidence(now, "reply_dropped", note=str(CONSENT_CHANGED))
        pipe = self._client.pipeline(transaction=False)
        for _, ref, number in wanted:
            names = keys.NumberKeys(number)
            self._claim(
                keys=[
                    *(keys.due(names.tag), keys.claimed(names.tag), keys.row(ref)),
                    *(names.record, names.evidence, keys.counts(names.tag)),
                ],
                args=[
                    *(keys.member(ref, number), codec.to_ms(now), until, secrets.token_hex(8)),
                    *(codec.evidence_text(dropped), keys.ROW_SECONDS, codec.to_ms(now) + LOOK_AGAIN_MS),
                    *(Reply.GOODBYE, codec.to_ms(now + timedelta(seconds=lease - self._longest_post))),
                ],
                client=pipe,
            )
        answers = zip(wanted, pipe.execute(), strict=True)
        return _readable(
            [(ref, number, codec.pairs(row)) for (_, ref, number), row in answers if isinstance(row, list)]
        )

    def _waiting(self, which: str, now: datetime, most: int) -> list[_Waiting]:
        """Up to `most` rows of each partition whose time in that set has come, the longest waiting first."""
        key = {"due": keys.due, "claimed": keys.claimed, "unknown": keys.unknown}[which]
        found = everywhere(
            self._client,
            lambda pipe, tag: pipe.zrangebyscore(
                key(tag), "-inf", codec.to_ms(now), start=0, num=most, withscores=True
            ),
        )
        waiting = [(score, *keys.from_member(name)) for rows in found for name, score in rows]
        return sorted(waiting, key=lambda row: (row[0], row[1].text))

    @truthful
    def claim_trial(self, claim: Claim, state: State, lease: float) -> bool:
        names, tag = keys.NumberKeys(claim.number), keys.tag(claim.ref.partition)
        if self._has_open_trial(tag, claim.number):
            return False
        objection = keys.gone(tag, self._objections.name(claim.number)) if self._objections else f"{tag}:none"
        until = codec.to_ms(claim.since + timedelta(seconds=lease))
        answer = self._trial(
            keys=[keys.claimed(tag), keys.row(claim.ref), names.record, keys.subscribers(tag), objection],
            args=[
                *(keys.member(claim.ref, claim.number), claim.number.e164, state, until),
                *codec.trial_fields(claim),
            ],
        )
        return bool(answer)

    def _has_open_trial(self, tag: str, number: Number) -> bool:
        found = [
            keys.from_member(member)[0]
            for waiting in (keys.claimed(tag), keys.unknown(tag))
            for member, _ in self._client.zscan_iter(waiting, match=f"*:{number.e164}")
        ]
        return any(self._client.hget(keys.row(ref), "reply") == TEST for ref in found)

    @truthful
    def settle(self, claim: Claim, outcome: Outcome) -> Settled:
        names = keys.NumberKeys(claim.number)
        # A text that is sent for a look is of a campaign, and may name the person.
        words = claim.body if outcome.fate in _TOLD and claim.reply != TEST else ""
        told = _evidence(
            outcome.at,
            _TOLD.get(outcome.fate, outcome.fate),
            words=words,
            message=outcome.message,
            reply=claim.reply,
            note=outcome.why,
            row=claim.ref.text,
        )
        answer = self._settle(
            keys=[
                *self._row_keys(claim.ref, claim.number),
                *(keys.seen(names.tag), keys.counts(names.tag), names.record),
            ],
            args=[
                *(keys.member(claim.ref, claim.number), claim.token, outcome.fate),
                *(codec.to_ms(outcome.when or outcome.at), outcome.message, outcome.code),
                *(codec.evidence_text(told, text=self._texts.keep(words)), keys.ROW_SECONDS),
                keys.mark(outcome.message),
            ],
        )
        return Settled(cast("str", answer))

    @staticmethod
    def _row_keys(ref: RowRef, number: Number) -> list[str]:
        names = keys.NumberKeys(number)
        sets = (keys.due(names.tag), keys.claimed(names.tag), keys.unknown(names.tag))
        return [*sets, keys.row(ref), names.evidence]

    @truthful
    def expire_leases(self, now: datetime, grace: float) -> int:
        ask_at = codec.to_ms(now + timedelta(seconds=grace))
        pipe = self._client.pipeline(transaction=False)
        for _, ref, number in self._waiting("claimed", now, most=1000):
            tag = keys.tag(ref.partition)
            self._expire(
                keys=[keys.claimed(tag), keys.unknown(tag), keys.row(ref)],
                args=[keys.member(ref, number), codec.to_ms(now), ask_at],
                client=pipe,
            )
        return sum(cast("list[int]", pipe.execute()))

    @truthful
    def unknowns(self, now: datetime, most: int) -> Sequence[Claim]:
        waiting = self._waiting("unknown", now, most)[:most]
        pipe = self._client.pipeline(transaction=False)
        for _, ref, _number in waiting:
            pipe.hgetall(keys.row(ref))
        rows = cast("list[dict[str, str]]", pipe.execute())
        return _readable(
            [
                (ref, number, row)
                for (_, ref, number), row in zip(waiting, rows, strict=True)
                if row.get("st") == Fate.UNKNOWN
            ]
        )

    @truthful
    def report(self, report: StatusReport) -> bool:
        ref, number, rank = report.ref, report.number, report.rank
        if (
            not isinstance(ref, RowRef)
            or number is None
            or rank is None
            or ref.partition != partition_of(number)
        ):
            return False
        names = keys.NumberKeys(number)
        row = keys.row(ref)
        reply, body = cast("list[str | None]", self._client.hmget(row, "reply", "body"))
        words = "" if reply == TEST else body or ""
        texts = {"message": report.message, "reply": reply or "", "note": str(REPORTED), "row": ref.text}
        proof = _evidence(report.at, "reply_sent", words=words, **texts)
        answer = self._report(
            keys=[
                *self._row_keys(ref, number),
                *(keys.seen(names.tag), keys.counts(names.tag), names.record),
            ],
            args=[
                *(keys.member(ref, number), report.message, report.status, rank, report.code),
                *(codec.evidence_text(proof, text=self._texts.keep(words)), keys.ROW_SECONDS),
                keys.mark(report.message),
            ],
        )
        return bool(answer == "new")

    @truthful
    def oldest_owed(self) -> datetime | None:
        return oldest_owed(self._client)

    @truthful
    def counts(self) -> dict[str, int]:
        total: dict[str, int] = {}
        for counts in everywhere(self._client, lambda pipe, tag: pipe.hgetall(keys.counts(tag))):
            for outcome, count in counts.items():
                total[outcome] = total.get(outcome, 0) + int(count)
        return total


def _evidence(at: datetime, signal: str, words: str = "", **texts: str) -> Evidence:
    return Evidence(at, signal, Channel.SMS, "stopwoord", words=words, before="", after="", **texts)


def _one_each(waiting: list[_Waiting]) -> list[_Waiting]:
    """The longest waiting row of each number, so that its messages leave in the order they were owed."""
    first: dict[Number, _Waiting] = {}
    for row in waiting:
        first.setdefault(row[2], row)
    return list(first.values())


def _readable(rows: list[tuple[RowRef, Number, dict[str, str]]]) -> list[Claim]:
    """The rows as claims. One that cannot be read stays where it is, and must not hold up the others."""
    claims: list[Claim] = []
    for ref, number, row in rows:
        try:
            claims.append(codec.claim_from(ref, number, row))
        except (ValueError, KeyError):
            log.error("a row of the outbox cannot be read", row=ref.text)  # noqa: TRY400 - the error quotes it
    return claims
