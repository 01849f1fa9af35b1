"""How changes and calls are written down."""

import json
import secrets
from datetime import datetime
from typing import Final

from app.domain.consent import State
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.partition import partition_of
from app.domain.webhook import ERASED, Call, Change, Missed
from app.store import codec

_compact: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def change_text(number: Number, name: str, proof: Evidence) -> str:
    """What others are told of a change, about whoever has that name."""
    happened: list[str | int] = [
        proof.before,
        proof.after,
        codec.to_ms(proof.at),
        proof.signal,
        proof.channel,
    ]
    return _text(number, name, happened)


def erased_text(number: Number, name: str, before: str, at: datetime) -> str:
    """The same of whoever was erased: that they were, and when."""
    return _text(number, name, [before, State.UNKNOWN, codec.to_ms(at), ERASED, Channel.STAFF])


def _text(number: Number, name: str, happened: list[str | int]) -> str:
    return _compact([f"ch_{secrets.token_hex(12)}", f"{partition_of(number)}-{name}", *happened])


def call_from(member: str) -> Call:
    """Raises ValueError for what no call can be. A call that nobody has taken yet is only endpoint and change."""
    endpoint, text, *more = json.loads(member)
    change = _change(text)
    tried, since = more or (0, codec.to_ms(change.at))
    return Call(endpoint, change, codec.from_ms(since), tried)


def call_member(call: Call) -> str:
    return _compact(_call(call))


def missed_from(member: str) -> Missed:
    """Raises ValueError for what no call can be."""
    endpoint, text, tried, since, at, why = json.loads(member)
    return Missed(Call(endpoint, _change(text), codec.from_ms(since), tried), codec.from_ms(at), why)


def missed_member(missed: Missed) -> str:
    return _compact([*_call(missed.call), codec.to_ms(missed.at), missed.why])


def _call(call: Call) -> list[str | int]:
    change = call.change
    told = [
        change.id,
        change.ref,
        change.before,
        change.after,
        codec.to_ms(change.at),
        change.signal,
        change.channel,
    ]
    return [call.endpoint, _compact(told), call.tried, codec.to_ms(call.since)]


def _change(text: str) -> Change:
    name, ref, before, after, at, signal, channel = json.loads(text)
    return Change(name, ref, before, after, codec.from_ms(at), signal, channel)
