"""Calls in Redis: per partition one sorted set of those to be made, by when, and one of those given up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import redis
import structlog

from app.domain.webhook import Call, Missed
from app.store import codec, keys
from app.store.changes import call_from, call_member, missed_from, missed_member
from app.store.connection import truthful
from app.store.everywhere import everywhere
from app.store.scripts import script

log = structlog.get_logger(__name__)


class RedisCalls:
    """The port Calls on a Redis or Valkey server. A claim is only a later time, so nobody has to expire it."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._claim = script(client, "call_claim", when_full=True)
        self._move = script(client, "call_move", when_full=True)

    @truthful
    def claim(self, now: datetime, lease: float, most: int) -> Sequence[Call]:
        due = self._due(now, most)
        until = codec.to_ms(now + timedelta(seconds=lease))
        pipe = self._client.pipeline(transaction=False)
        for member, call in due:
            self._claim(
                keys=[keys.calls(_tag(call))],
                args=[member, codec.to_ms(now), until, call_member(call)],
                client=pipe,
            )
        return [call for (_, call), taken in zip(due, pipe.execute(), strict=True) if taken]

    def _due(self, now: datetime, most: int) -> list[tuple[str, Call]]:
        found = everywhere(
            self._client,
            lambda pipe, tag: pipe.zrangebyscore(
                keys.calls(tag), "-inf", codec.to_ms(now), start=0, num=most, withscores=True
            ),
        )
        waiting = sorted((row for rows in found for row in rows), key=lambda row: row[1])[:most]
        return [(member, call) for member, _ in waiting if (call := _readable(member)) is not None]

    @truthful
    def done(self, call: Call) -> None:
        self._client.zrem(keys.calls(_tag(call)), call_member(call))

    @truthful
    def again(self, call: Call, when: datetime) -> None:
        place = keys.calls(_tag(call))
        self._move(
            keys=[place, place],
            args=[call_member(call), call_member(replace(call, tried=call.tried + 1)), codec.to_ms(when)],
        )

    @truthful
    def later(self, call: Call, when: datetime) -> None:
        self._client.zadd(keys.calls(_tag(call)), {call_member(call): codec.to_ms(when)}, xx=True)

    @truthful
    def give_up(self, call: Call, at: datetime, why: str) -> None:
        missed = Missed(replace(call, tried=call.tried + 1), at, why)
        self._move(
            keys=[keys.calls(_tag(call)), keys.missed(_tag(call))],
            args=[call_member(call), missed_member(missed), codec.to_ms(at)],
        )

    @truthful
    def missed(self) -> Sequence[Missed]:
        found = everywhere(self._client, lambda pipe, tag: pipe.zrange(keys.missed(tag), 0, -1))
        members = [missed_from(member) for members in found for member in members]
        return sorted(members, key=lambda each: (each.at, each.call.change.id))

    @truthful
    def replay(self, missed: Missed, now: datetime) -> None:
        tag = _tag(missed.call)
        fresh = replace(missed.call, tried=0, since=now)
        self._move(
            keys=[keys.missed(tag), keys.calls(tag)],
            args=[missed_member(missed), call_member(fresh), codec.to_ms(now)],
        )


def _tag(call: Call) -> str:
    return keys.tag(int(call.change.ref.partition("-")[0]))


def _readable(member: str) -> Call | None:
    """One that cannot be read stays where it is, and must not hold up the others."""
    try:
        return call_from(member)
    except (ValueError, TypeError, KeyError):
        log.error("a call to an endpoint cannot be read")  # noqa: TRY400 - the error quotes it
        return None
