"""What the proof of an imported consent says: when, where and to what they agreed, and in which file it stood."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from app.domain.audience.entry import Entry
from app.domain.consent import Record
from app.domain.evidence import Channel, Event, Evidence
from app.domain.remarks import AGREED, FILE_ROW
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from, for the proof."""

    file: str
    actor: str


def imported(entry: Entry, record: Record, origin: Origin, at: datetime) -> Event:
    """The event that an entry is. The language in which they were heard themselves is kept."""
    return Event(
        signal=Signal.IMPORT,
        at=at,
        channel=Channel.IMPORT,
        actor=_actor(origin.actor, entry.where),
        words=_words(entry.when),
        wording=entry.wording,
        message=entry.mark,
        rule=_rule(origin.file, entry.row),
        language=entry.language if record.language is None else None,
    )


class Own(NamedTuple):
    """What the proof of an entry says that the others from the same file may not say: fields of Evidence."""

    actor: str
    words: str
    wording: str
    message: str
    rule: str


def own(entry: Entry, origin: Origin) -> Own:
    """Of an entry, as `imported` has it."""
    return Own(
        _actor(origin.actor, entry.where),
        _words(entry.when),
        entry.wording,
        entry.mark,
        _rule(origin.file, entry.row),
    )


def likewise(proof: Evidence, differs: Own) -> Evidence:
    """The proof of an entry for which the same was decided as where `proof` was kept, from the same file."""
    return replace(proof, **differs._asdict())


@lru_cache(1024)
def _actor(actor: str, where: str) -> str:
    return f"{actor} at {where}"


@lru_cache(4096)
def _words(when: datetime) -> str:
    return str(AGREED.with_(when=when.isoformat(timespec="seconds")))


def _rule(file: str, row: int) -> str:
    return FILE_ROW.words.format(file=file, row=row)
