"""Taking in many at once leaves the store exactly as the rows' own commits would; nothing half, whatever is wrong."""

from collections.abc import Sequence

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.audience.entry import Entry, Problem, Reason
from app.domain.audience.proof import Origin
from app.domain.consent import Record
from app.domain.errors import StoreUnavailable
from app.domain.evidence import Evidence
from app.domain.profile import Profile
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.audience_ports import Newcomer, Newcomers, TakeIn
from app.services.import_subscribers import ImportSubscribers, Outcome
from app.store import keys
from app.store.connection import connect
from tests.contract.stores import Store, redis_store
from tests.stories import EN, NL, NOON, POLICY, after, apply, decided, person, sid, texted

HERE = Origin('people "new".csv', "cli:ann")
PEOPLE = 6


class NobodyIsNew(Newcomers):
    """Sends everybody the ordinary way."""

    def prepare(self, record: Record, proof: Evidence, people: Sequence[Newcomer]) -> TakeIn:  # noqa: ARG002 - all alike
        return lambda: [False] * len(people)


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def contents(client: redis.Redis) -> dict[str, object]:
    """Every key with its value; of sets and hashes no order counts."""
    read = {
        "string": client.get,
        "list": lambda key: client.lrange(key, 0, -1),
        "set": client.smembers,
        "hash": client.hgetall,
        "zset": lambda key: client.zrange(key, 0, -1, withscores=True),
    }
    raw = redis.Redis(port=client.get_connection_kwargs()["port"])
    with raw:
        # The marks are no text.
        return {
            key: raw.smembers(key) if key.endswith(":seen") else read[str(client.type(key))](key)
            for key in client.scan_iter()
        }


texts = st.sampled_from(["", "Ann", 'Zoë "Z"', "\\ Ω ☎"])
entries = st.builds(
    lambda index, hours, where, language, name, tags, own: Entry(
        2,
        person(index),
        after(hours=-hours),
        where or "till",
        "v1",
        language,
        Profile(first_name=name, tags=tags, fields={"shoe": own} if own else {}, at=after(hours=-hours)),
        repaired=False,
    ),
    st.integers(0, PEOPLE - 1),
    st.integers(1, 3),
    texts,
    st.sampled_from([NL, EN, None]),
    texts,
    st.frozensets(st.sampled_from(["vip", "new", "sale"])),
    texts,
)
files = st.lists(entries, max_size=PEOPLE, unique_by=lambda entry: entry.number).map(
    lambda found: [one._replace(row=row) for row, one in enumerate(found, 2)]
)
pasts = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from([*Signal, "erased", "imported"])), max_size=6
)


def live(store: Store, past: Sequence[tuple[int, Signal | str]], file: Sequence[Entry]) -> None:
    client_import(store, [entry for entry in file if (entry.number, "imported") in _named(past)])
    for place, (index, what) in enumerate(past):
        if isinstance(what, Signal):
            event = texted(what, after(hours=-9, seconds=place), sid(place))
            if decided(store.consents.load(person(index)), event).evidence is not None:
                decision = decided(store.consents.load(person(index)), event)
                store.consents.commit(person(index), decision, event.mark, None)
        elif what == "erased":
            store.erasures.erase(person(index), "asked", NOON)


def _named(past: Sequence[tuple[int, Signal | str]]) -> list[tuple[object, object]]:
    return [(person(index), what) for index, what in past]


def client_import(store: Store, rows: Sequence[Entry], newcomers: Newcomers | None = None) -> list[Outcome]:
    work = ImportSubscribers(
        store.consents,
        store.profiles,
        newcomers or store.newcomers,
        store.erasures,
        POLICY,
        lambda: after(hours=1),
    )
    return [outcome for outcomes in work([rows], HERE) for outcome in outcomes]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pasts, files)
def test_both_ways_tell_the_same_and_leave_the_same(
    client: redis.Redis, past: list[tuple[int, Signal | str]], file: list[Entry]
) -> None:
    told, left, named = [], [], []
    for newcomers in (None, NobodyIsNew()):
        client.flushall()
        store = redis_store(client)
        live(store, past, file)
        told.append(client_import(store, file, newcomers))
        named.append(client.smembers(keys.FIELD_NAMES))
        client.delete(keys.FIELD_NAMES)
        left.append(contents(client))
    assert told[0] == told[1]
    assert left[0] == left[1]
    # Remembered before anybody is taken in, so that an interruption forgets no name.
    assert named[0] >= named[1]


@pytest.mark.parametrize("broken", ["subs", "seen", "tag:vip"])
def test_a_key_of_a_wrong_type_stops_it_before_anything_is_written(client: redis.Redis, broken: str) -> None:
    tag = keys.NumberKeys(person()).tag
    client.set(f"{tag}:{broken}", "not a set")
    before = contents_but(client, keys.FIELD_NAMES)
    store = redis_store(client)
    vip = Profile(first_name="Ann", tags=frozenset({"vip"}), at=after(hours=-1))
    row = Entry(2, person(), after(hours=-1), "till", "v1", Language("nl"), vip, repaired=False)
    with pytest.raises(StoreUnavailable):
        client_import(store, [row])
    assert contents_but(client, keys.FIELD_NAMES) == before


def contents_but(client: redis.Redis, name: str) -> set[str]:
    return {str(key) for key in client.scan_iter()} - {name}


def test_a_full_store_takes_nobody_in(client: redis.Redis) -> None:
    row = Entry(2, person(), after(hours=-1), "till", "v1", NL, Profile(), repaired=False)
    client.config_set("maxmemory", 1)
    try:
        with pytest.raises(StoreUnavailable, match="OutOfMemory"):
            client_import(redis_store(client), [row])
    finally:
        client.config_set("maxmemory", 0)
    assert list(client.scan_iter()) == []


def test_the_store_is_never_busy_with_more_than_some_thousand_at_once(client: redis.Redis) -> None:
    rows = [
        Entry(row, person(row), after(hours=-1), "till", "v1", NL, Profile(), repaired=False)
        for row in range(2, 3002)
    ]
    for _ in range(2):  # strangers, then people who are known
        client.config_resetstat()
        client_import(redis_store(client), rows)
        commands = client.info("commandstats")
        assert commands["cmdstat_exec"]["calls"] >= 2
        assert commands["cmdstat_evalsha"]["calls"] >= 128


def test_rows_that_are_no_entries_stay_where_they_were(client: redis.Redis) -> None:
    store = redis_store(client)
    apply(store.consents, person(1), texted(Signal.STOP, after(hours=-9), sid(1)))
    ann, bob = (
        Entry(row, person(row - 2), after(hours=-1), "till", "v1", NL, Profile(), repaired=False)
        for row in (2, 3)
    )
    work = ImportSubscribers(
        store.consents, store.profiles, store.newcomers, store.erasures, POLICY, lambda: after(hours=1)
    )
    rows = [Problem(7, Reason.INVALID, "none"), bob, Problem(8, Reason.NOT_MOBILE, "none"), ann]
    ((first, second, third, fourth),) = work([rows], HERE)
    assert (first, third) == (rows[0], rows[2])
    assert isinstance(second, Problem)
    assert second.reason is Reason.OPTED_OUT
    assert not isinstance(fourth, Problem)
