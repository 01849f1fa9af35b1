"""Consent in Redis: one hash, one list and one script per decision."""

import itertools
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import redis
from redis.commands.core import Script

from app.domain.consent import Decision, Record, State
from app.domain.erasure import OBJECTIONS
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.outbox import Debt
from app.services.ports import Commit, Committed, Proposal
from app.store import codec, keys
from app.store.changes import change_text
from app.store.connection import OwnConnection, truthful
from app.store.everywhere import everywhere
from app.store.keyed_names import KeyedNames
from app.store.objections import Objections
from app.store.readable import readable
from app.store.replicated import pipeline, replicated
from app.store.reply_texts import ReplyTexts
from app.store.scripts import script


def _followed_since(decision: Decision) -> int | str:
    """From when on a campaign's text may be why somebody opts out; "" where nobody does so of their own accord."""
    evidence = decision.evidence
    if evidence is None or not decision.opts_out or evidence.channel is Channel.PROVIDER:
        return ""
    return codec.to_ms(evidence.at) - 1000 * keys.FOLLOWED_SECONDS


def _counted(decision: Decision) -> str:
    """The day's count that goes up; "" where nobody joins and nobody leaves."""
    proof, before, after = decision.evidence, decision.before.state, decision.after.state
    counted = {State.SUBSCRIBED: keys.JOINED, State.OPTED_OUT: keys.LEFT}
    if proof is None or before is after or after not in counted:
        return ""
    return keys.day_field(proof.at.date(), counted[after])


@cache
def _partition_wide(tag: str) -> tuple[str, ...]:
    """The keys of the partition that any change of a consent may touch, in the commit's order."""
    waiting = (keys.held(tag), keys.pending(tag), keys.seen(tag), keys.due(tag), keys.unknown(tag))
    counts = (keys.opt_outs_after(tag), keys.days(tag))
    return (keys.subscribers(tag), *waiting, *counts, keys.told(tag), keys.calls(tag))


class RedisConsents:
    """The port Consents on a Redis or Valkey server."""

    def __init__(
        self,
        client: redis.Redis,
        min_replicas: int = 0,
        objections: Objections | None = None,
        references: KeyedNames | None = None,
    ) -> None:
        self._client = client
        self._own = OwnConnection(client)
        self._references = references or KeyedNames(b"")
        self._objections = objections or Objections(b"")
        self._min_replicas = min_replicas
        self._texts = ReplyTexts(client)
        self._commit = script(client, "commit", when_full=False)
        self._pass_over = script(client, "pass_over", when_full=False)
        self._commit_opt_out = script(client, "commit", when_full=True)

    @truthful
    def load(self, number: Number) -> Record:
        fields = self._client.hgetall(keys.NumberKeys(number).record)
        return codec.record_from(cast("dict[str, str]", fields))

    @truthful
    def load_many(self, numbers: Sequence[Number]) -> Sequence[Record]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.hgetall(keys.NumberKeys(number).record)
        return [codec.record_from(fields) for fields in cast("list[dict[str, str]]", pipe.execute())]

    @truthful
    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Record | None]:
        pipe = self._client.pipeline(transaction=False)
        for number in numbers:
            pipe.hgetall(keys.NumberKeys(number).record)
        return readable(pipe, codec.record_from)

    @truthful
    def commit(self, number: Number, decision: Decision, message: str, debt: Debt | None) -> Committed:
        names, values = self._call(number, decision, message, debt)
        return self._run(self._commit_opt_out if decision.opts_out else self._commit, names, values)

    @truthful
    def pass_over(self, number: Number, before: Record, message: str) -> Committed:
        names = keys.NumberKeys(number)
        return self._run(
            self._pass_over, [names.record, keys.seen(names.tag)], [before.version, keys.mark(message)]
        )

    def _run(self, script: Script, names: list[str], values: list[Any]) -> Committed:
        if not self._min_replicas:
            return _committed(script(client=self._own.client, keys=names, args=values))
        pipe = pipeline(self._client, self._min_replicas)
        script(client=pipe, keys=names, args=values)
        return _committed(*replicated(pipe, self._min_replicas))

    @truthful
    def commit_many(self, proposals: Sequence[Proposal]) -> Sequence[Committed]:
        if not proposals:
            return []
        pipe = pipeline(self._client, self._min_replicas)
        for proposal in proposals:
            names, values = self._call(proposal.number, proposal.decision, proposal.message, None)
            run = self._commit_opt_out if proposal.decision.opts_out else self._commit
            run(client=pipe, keys=names, args=values)
        return [_committed(answer) for answer in replicated(pipe, self._min_replicas)]

    def _call(
        self, number: Number, decision: Decision, message: str, debt: Debt | None
    ) -> tuple[list[str], list[str | int | bytes]]:
        """The commit script's keys and arguments for one decision."""
        proof = decision.evidence
        if proof is None:
            raise ValueError("a decision without evidence is not for the store")
        names = keys.NumberKeys(number)
        tag, record = names.tag, codec.record_fields(decision.after)
        member, score, target, row, row_key = "", 0, "due", list[str](), f"{tag}:none"
        if debt is not None:
            member, score = keys.member(debt.ref, number), codec.to_ms(debt.due)
            target = "unknown" if debt.ask_first else "due"
            row, row_key = codec.row_fields(debt, proof.at), keys.row(debt.ref)
        told, reference = self._told(number, decision, tag)
        objection, objection_key = "", f"{tag}:none"
        if self._objections and proof.signal in OBJECTIONS:
            objection = OBJECTIONS[proof.signal]
            objection_key = keys.gone(tag, self._objections.name(number))
        return (
            [
                *(names.record, names.evidence, *_partition_wide(tag), names.sends),
                *(row_key, objection_key, keys.endings(tag, number), reference),
            ],
            [
                *(decision.before.version, number.e164, decision.after.state, codec.to_ms(proof.at)),
                *(codec.evidence_text(proof), keys.mark(message), member, score, target),
                *(_followed_since(decision), objection),
                *("" if decision.before.version else keys.beginning(number), _counted(decision)),
                *(told, codec.to_ms(decision.after.asked or proof.at), len(record), *record, *row),
            ],
        )

    def _told(self, number: Number, decision: Decision, tag: str) -> tuple[str, str]:
        """What endpoints are told of it, if anybody is to be told, and the key of the person's reference."""
        proof = decision.evidence
        if proof is None or decision.before.state is decision.after.state or not self._references:
            return "", f"{tag}:none"
        name = self._references.name(number)
        return change_text(number, name, proof), keys.reference(tag, name)

    @truthful
    def evidence(self, number: Number) -> Sequence[Evidence]:
        entries = cast("list[str]", self._client.lrange(keys.NumberKeys(number).evidence, 0, -1))
        return self._texts.read(entries)

    @truthful
    def held(self) -> Sequence[tuple[Number, datetime]]:
        waiting = everywhere(
            self._client, lambda pipe, tag: pipe.zrange(keys.held(tag), 0, -1, withscores=True)
        )
        found = itertools.chain.from_iterable(waiting)
        return [
            (Number(e164), codec.from_ms(at)) for e164, at in sorted(found, key=lambda row: (row[1], row[0]))
        ]

    @truthful
    def pending_since(self, before: datetime, most: int) -> Sequence[Number]:
        asked = everywhere(
            self._client,
            lambda pipe, tag: pipe.zrangebyscore(
                keys.pending(tag), "-inf", codec.to_ms(before), start=0, num=most
            ),
        )
        return [Number(e164) for e164 in itertools.islice(itertools.chain.from_iterable(asked), most)]


def _committed(answer: object) -> Committed:
    if isinstance(answer, list):
        return Committed(Commit.STALE, codec.record_from(codec.pairs(answer)))
    return Committed(Commit(cast("str", answer)))
