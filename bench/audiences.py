"""Very many subscribers in a store within a minute, written as the gateway itself would write them."""

import multiprocessing
from datetime import UTC, datetime

from app.domain.consent import Record, State
from app.domain.evidence import Channel
from app.domain.number import Number
from app.domain.replies import Language
from app.store import codec, keys
from app.store.connection import connect

PROCESSES = 2
WORTH_A_PROCESS = 50_000
PAGE = 2_000


def number(place: int) -> Number:
    return Number(f"+316{place:08d}")


def subscribe(url: str, people: range, tag: str = "", *, names: bool = False) -> None:
    """Write these people as subscribed, by import, with that tag. Their evidence is left out.

    `names`: nine of ten have a first name, one of a thousand different ones.
    """
    share = max(WORTH_A_PROCESS, -(-len(people) // PROCESSES))
    parts = [(url, people[first : first + share], tag, names) for first in range(0, len(people), share)]
    if len(parts) == 1:
        _write(*parts[0])
        return
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.starmap(_write, parts)


def _write(url: str, people: range, tag: str, names: bool) -> None:  # noqa: FBT001 - a pool passes them by place
    client = connect(url)
    record = Record(
        state=State.SUBSCRIBED,
        version=1,
        source=Channel.IMPORT,
        since=datetime.now(UTC),
        language=Language("nl"),
    )
    fields, at = codec.record_fields(record), codec.to_ms(datetime.now(UTC))
    for first in range(0, len(people), PAGE):
        pipe = client.pipeline(transaction=False)
        for place in people[first : first + PAGE]:
            person = number(place)
            of = keys.NumberKeys(person)
            pipe.hset(of.record, items=fields)
            pipe.sadd(keys.subscribers(of.tag), person.e164)
            if tag:
                pipe.sadd(keys.tagged(of.tag, tag), person.e164)
            if names and place % 10:
                pipe.hset(of.profile, items=["v", 1, "at", at, "first_name", f"Ann{place % 1000}"])
        pipe.execute()
