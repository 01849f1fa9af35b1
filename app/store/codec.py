"""How records, evidence and rows are written down: short names, times in whole milliseconds since 1970."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.domain.consent import Record, State
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.outbox import Claim, Debt, RowRef
from app.domain.replies import Language, Reply

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

_RECORD_TIMES: Final = {
    "since": "at",
    "last_goodbye": "goodbye",
    "last_clarify": "clarify",
    "last_ask": "ask",
    "last_stop": "stop",
    "replies_since": "w",
}
# In most entries a person texts a keyword and was not known: what is usual is left out, for there are millions.
_USUAL: Final = {"channel": Channel.SMS, "actor": "person", "rule": "keyword", "before": "unknown"}
_STATE_NAMES: Final = ("before", "after")
_STATES: Final = {state: state[0] for state in State}
_STATE_OF: Final = {letter: state.value for state, letter in _STATES.items()}
_EVIDENCE_TEXTS: Final = {
    "channel": "c",
    "signal": "s",
    "actor": "a",
    "words": "w",
    "before": "b",
    "after": "f",
    "wording": "v",
    "message": "m",
    "rule": "r",
    "reply": "y",
    "note": "n",
}


def to_ms(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(text: str | float) -> datetime:
    return _EPOCH + int(text) * _MILLISECOND


def pairs(flat: Sequence[str]) -> dict[str, str]:
    """A hash as a script returns it: name, value, name, value …"""
    return dict(zip(flat[::2], flat[1::2], strict=True))


def record_fields(record: Record) -> list[str | int]:
    """Name, value, name, value … of what is set."""
    fields: list[str | int] = ["state", record.state, "v", record.version]
    for attribute, name in _RECORD_TIMES.items():
        moment = getattr(record, attribute)
        if moment is not None:
            fields += [name, to_ms(moment)]
    if record.source is not Channel.SMS:  # by far the most: only what is unusual is written
        fields += ["by", record.source or ""]
    if record.language is not None:
        fields += ["lang", record.language]
    if record.replies:
        fields += ["n", record.replies]
    return fields


def record_from(fields: Mapping[str, str]) -> Record:
    """Raises ValueError or KeyError for what no record can be."""
    if not fields:
        return Record()
    times = {name: from_ms(fields[short]) for name, short in _RECORD_TIMES.items() if short in fields}
    return Record(
        state=State(fields["state"]),
        version=int(fields["v"]),
        source=_source(fields.get("by", Channel.SMS)),
        language=Language(fields["lang"]) if "lang" in fields else None,
        replies=int(fields.get("n", 0)),
        **times,
    )


def _source(written: str) -> Channel | None:
    return Channel(written) if written else None


def evidence_text(evidence: Evidence) -> str:
    """One entry as compact JSON; what is usual is left out."""
    entry: dict[str, Any] = {"t": to_ms(evidence.at)}
    for attribute, name in _EVIDENCE_TEXTS.items():
        value = getattr(evidence, attribute)
        if value != _USUAL.get(attribute, ""):
            entry[name] = _STATES.get(value, value) if attribute in _STATE_NAMES else value
    return json.dumps(entry, separators=(",", ":"), ensure_ascii=False)


def evidence_from(text: str) -> Evidence:
    """Raises ValueError or KeyError for what no entry can be."""
    entry = json.loads(text)
    texts = {
        attribute: entry.get(name, _USUAL.get(attribute, "")) for attribute, name in _EVIDENCE_TEXTS.items()
    }
    states = {name: _STATE_OF.get(texts[name], texts[name]) for name in _STATE_NAMES}
    return Evidence(at=from_ms(entry["t"]), **texts | states | {"channel": Channel(texts["channel"])})


def row_fields(debt: Debt, caused: datetime) -> list[str]:
    """Name, value, name, value … of a reply owed since `caused`."""
    fields = ["reply", debt.reply, "lang", debt.language, "body", debt.body, "needs", debt.needs]
    fields += ["owed", str(to_ms(caused)), "st", "unknown" if debt.ask_first else "due"]
    # A row that starts as an unknown has no claim yet; its own id stands in for the token.
    return [*fields, "token", debt.ref.text, *(("since", str(to_ms(caused))) if debt.ask_first else ())]


def claim_from(ref: RowRef, number: Number, fields: Mapping[str, str]) -> Claim:
    """Raises ValueError or KeyError for what no row can be."""
    return Claim(
        ref=ref,
        number=number,
        reply=Reply(fields["reply"]),
        body=fields["body"],
        token=fields["token"],
        attempts=int(fields.get("n", 0)),
        owed_since=from_ms(fields["owed"]),
        since=from_ms(fields["since"]),
    )
