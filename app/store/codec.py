"""How records, evidence and rows are written down: short names, times in whole milliseconds since 1970."""

import json
import re
from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from app.domain.audience.proof import Own
from app.domain.consent import Record, State
from app.domain.evidence import Channel, Evidence
from app.domain.number import Number
from app.domain.outbox import TEST, Claim, Debt, RowRef
from app.domain.replies import Language, Reply
from app.store import keys

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

_RECORD_TIMES: Final = {
    "since": "at",
    "last_goodbye": "goodbye",
    "last_clarify": "clarify",
    "last_ask": "ask",
    "last_stop": "stop",
}
# An entry of evidence is a JSON array: time, these five, and an object with what is unusual of it. In most a
# person texts a keyword and was not known; there are millions, so what is usual is left out.
_ALWAYS: Final = ("signal", "words", "after", "message", "reply")
_UNUSUAL: Final = {
    "channel": "c",
    "actor": "a",
    "before": "b",
    "wording": "v",
    "rule": "r",
    "note": "n",
    "stated": "t",
    "row": "o",
}
# In the place of what a reply of ours said: the name under which that is kept.
_TEXT: Final = "x"
_USUAL: Final = {"channel": Channel.SMS, "actor": "person", "rule": "keyword", "before": "unknown"}
_STATES: Final[Mapping[str, str]] = {state: state[0] for state in State}
_REPLIES: Final[Mapping[str, str]] = {
    reply: "q" if reply is Reply.ASK_TO_CONFIRM else reply[0] for reply in Reply
}
_LETTERS: Final = {"before": _STATES, "after": _STATES, "reply": _REPLIES}
_WORDS: Final = {
    attribute: {letter: word for word, letter in letters.items()} for attribute, letters in _LETTERS.items()
}
# A string as JSON, every letter as it is.
_quoted: Final = json.encoder.encode_basestring
# A provider's identifier with its 128 bits in base 64.
_FOR_ADDRESSES: Final = bytes.maketrans(b"+/", b"-_")
_PACKED: Final = re.compile(r"[A-Z]M[A-Za-z0-9_-]{22}")


@lru_cache(4096)
def to_ms(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(text: str | float) -> datetime:
    """Raises ValueError for what no moment can be, one beyond the calendar's end among them."""
    try:
        return _EPOCH + int(text) * _MILLISECOND
    except OverflowError:
        raise ValueError("no moment of this calendar") from None


def pairs(flat: Sequence[str]) -> dict[str, str]:
    """A hash as a script returns it: name, value, name, value …"""
    return dict(zip(flat[::2], flat[1::2], strict=True))


def record_fields(record: Record) -> list[str | int]:
    """Name, value, name, value … of what is set.

    `by`, `guard`, `yes` and `gone` are left out where they are usual, so the commit takes them away before it writes.
    """
    fields: list[str | int] = ["state", record.state, "v", record.version]
    for attribute, name in _RECORD_TIMES.items():
        moment = getattr(record, attribute)
        if moment is not None:
            fields += [name, to_ms(moment)]
    if record.source is not Channel.SMS:  # by far the most: only what is unusual is written
        fields += ["by", record.source or ""]
    if record.language is not None:
        fields += ["lang", record.language]
    usual = (1, record.since)  # one reply, to what made the state
    if (record.replies, record.replies_since) != usual:
        fields += ["guard", f"{record.replies}@{to_ms(record.replies_since or _EPOCH)}"]
    if record.confirmed:
        fields += ["yes", 1]
    if record.gone:
        fields += ["gone", 1]
    return fields


def record_from(fields: Mapping[str, str]) -> Record:
    """Raises ValueError or KeyError for what no record can be."""
    if not fields:
        return Record()
    times = {name: from_ms(fields[short]) for name, short in _RECORD_TIMES.items() if short in fields}
    replies, replies_since = _guard(fields.get("guard"), times.get("since"))
    return Record(
        state=State(fields["state"]),
        version=int(fields["v"]),
        source=_source(fields.get("by", Channel.SMS)),
        language=Language(fields["lang"]) if "lang" in fields else None,
        replies_since=replies_since,
        replies=replies,
        confirmed="yes" in fields,
        gone="gone" in fields,
        **times,
    )


def _source(written: str) -> Channel | None:
    return Channel(written) if written else None


def _guard(written: str | None, since: datetime | None) -> tuple[int, datetime | None]:
    if written is None:
        return 1, since
    replies, _, moment = written.partition("@")
    return int(replies), from_ms(moment) if int(moment) else None


def evidence_text(evidence: Evidence, *, text: str = "") -> str:
    """One entry as compact JSON; what is usual is left out. `text`: the name under which its words are kept."""
    one = evidence
    unusual = _alike(one.channel, one.actor, one.before, one.wording, one.note)
    unusual += _named("rule", one.rule) + _named("stated", one.stated) + _named("row", one.row)
    unusual += f',"{_TEXT}":{_quoted(text)}' if text else ""
    return (
        f"[{to_ms(one.at)},{_quoted(one.signal)},{_quoted('' if text else one.words)},"
        f"{_quoted(_STATES.get(one.after, one.after))},{_quoted(_packed(one.message))},"
        f"{_quoted(_REPLIES.get(one.reply, one.reply))}{f',{{{unusual[1:]}}}' if unusual else ''}]"
    )


def evidence_texts(alike: Evidence, differ: Iterable[Own]) -> list[str]:
    """Entries that are `alike` but for what each says of its own, as `evidence_text` writes them."""
    channel, before, note = alike.channel, alike.before, alike.note
    begin = f"[{to_ms(alike.at)},{_quoted(alike.signal)},"
    after = f",{_quoted(_STATES.get(alike.after, alike.after))},"
    reply = f",{_quoted(_REPLIES.get(alike.reply, alike.reply))}"
    last = _named("stated", alike.stated) + _named("row", alike.row)
    texts = []
    for actor, words, wording, message, rule in differ:
        unusual = f"{_alike(channel, actor, before, wording, note)}{_named('rule', rule)}{last}"
        end = f",{{{unusual[1:]}}}]" if unusual else "]"
        texts.append(f"{begin}{_quoted(words)}{after}{_quoted(_packed(message))}{reply}{end}")
    return texts


@lru_cache(1024)
def _alike(channel: Channel, actor: str, before: str, wording: str, note: str) -> str:
    """What of an entry stands in many others as well."""
    named = {"channel": channel, "actor": actor, "before": before, "wording": wording, "note": note}
    return "".join(_named(name, value) for name, value in named.items())


def _named(name: str, value: str) -> str:
    """One value with its short name, behind a comma; nothing where it is usual."""
    if value == _USUAL.get(name, ""):
        return ""
    written = _LETTERS[name].get(value, value) if name in _LETTERS else value
    return f',"{_UNUSUAL[name]}":{_quoted(written)}'


def evidence_from(text: str) -> Evidence:
    """Raises ValueError, KeyError or TypeError for what no entry can be."""
    at, *always = json.loads(text)
    unusual = always.pop() if len(always) > len(_ALWAYS) else {}
    texts = {name: _long(name, value) for name, value in zip(_ALWAYS, always, strict=True)}
    for name, short in _UNUSUAL.items():
        texts[name] = _long(name, unusual.get(short, _short(name, _USUAL.get(name, ""))))
    return Evidence(at=from_ms(at), channel=Channel(texts.pop("channel")), **texts)


def text_named_in(entry: str) -> str:
    """The name of the text that stands for an entry's words; "" where they stand there themselves."""
    if f'"{_TEXT}":' not in entry:
        return ""
    last = json.loads(entry)[-1]
    return str(last.get(_TEXT, "")) if isinstance(last, dict) else ""


def _packed(message: str) -> str:
    """A provider's identifier in fewer characters."""
    if keys.SID.fullmatch(message):
        return message[:2] + b2a_base64(bytes.fromhex(message[2:]))[:22].translate(_FOR_ADDRESSES).decode()
    return message


def _short(attribute: str, value: str) -> str:
    return _LETTERS.get(attribute, {}).get(value, value)


def _long(attribute: str, value: str) -> str:
    if attribute == "message" and _PACKED.fullmatch(value):
        return value[:2] + urlsafe_b64decode(value[2:] + "==").hex()
    return _WORDS.get(attribute, {}).get(value, value)


def row_fields(debt: Debt, caused: datetime) -> list[str]:
    """Name, value, name, value … of a reply owed since `caused`."""
    fields = ["reply", debt.reply, "lang", debt.language, "body", debt.body, "needs", debt.needs]
    fields += ["owed", str(to_ms(caused)), "st", "unknown" if debt.ask_first else "due"]
    fields += ["from", debt.sender] if debt.sender else []
    # A row that starts as an unknown has no claim yet; its own id stands in for the token.
    return [*fields, "token", debt.ref.text, *(("since", str(to_ms(caused))) if debt.ask_first else ())]


def claim_from(ref: RowRef, number: Number, fields: Mapping[str, str]) -> Claim:
    """Raises ValueError or KeyError for what no row can be."""
    return Claim(
        ref=ref,
        number=number,
        reply=TEST if fields["reply"] == TEST else Reply(fields["reply"]),
        body=fields["body"],
        token=fields["token"],
        attempts=int(fields.get("n", 0)),
        owed_since=from_ms(fields["owed"]),
        since=from_ms(fields["since"]),
        sender=fields.get("from", ""),
    )


def trial_fields(claim: Claim) -> list[str | int]:
    """Name, value, name, value … of a text that is sent for a look: claimed at once."""
    since = to_ms(claim.since)
    fields: list[str | int] = ["reply", TEST, "body", claim.body, "st", "claimed", "token", claim.token]
    return [
        *fields,
        "n",
        claim.attempts,
        "owed",
        to_ms(claim.owed_since),
        "since",
        since,
        "from",
        claim.sender,
    ]
