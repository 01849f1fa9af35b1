"""A store that is full, broken, silent or gone: nothing counts as done, and an opt-out still does."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
import redis

from app.domain.consent import State
from app.domain.errors import StoreUnavailable
from app.domain.outbox import Claim, Fate, Outcome
from app.domain.partition import partition_of
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.services.ports import Commit, Settled
from app.store import keys
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.outbox import RedisOutbox
from tests.contract.stores import Store, redis_store, redis_store_at
from tests.stories import NOON, after, apply, person, sid, texted

NAMES = keys.NumberKeys(person())
START, STOP = texted(Signal.START, NOON, sid(1)), texted(Signal.STOP, NOON, sid(2))


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


@pytest.fixture
def store(client: redis.Redis) -> Store:
    return redis_store(client)


@pytest.fixture
def full(client: redis.Redis) -> Iterator[redis.Redis]:
    client.config_set("maxmemory", 1)
    yield client
    client.config_set("maxmemory", 0)


def dump(client: redis.Redis) -> dict[bytes, bytes | None]:
    """Every key and its value as in a file; a reply's text, kept before its proof names it, says nothing alone."""
    with redis.Redis(port=client.get_connection_kwargs()["port"]) as raw:
        return {key: raw.dump(key) for key in raw.scan_iter() if key.decode() != keys.REPLY_TEXTS}


def test_a_full_store_takes_an_opt_out_and_no_opt_in(full: redis.Redis, store: Store) -> None:
    with pytest.raises(StoreUnavailable, match="OutOfMemory"):
        apply(store.consents, person(), START)
    assert apply(store.consents, person(), STOP) is Commit.DONE
    with pytest.raises(StoreUnavailable):
        apply(store.consents, person(), START)
    assert store.consents.load(person()).state is State.OPTED_OUT
    assert full.config_get("maxmemory")["maxmemory"] == "1"


def test_a_full_store_lets_go_of_the_goodbye_it_owes(full: redis.Redis, store: Store) -> None:
    apply(store.consents, person(), STOP)
    full.script_flush()
    (claim,) = store.outbox.claim(NOON, 60, 20)
    assert store.outbox.settle(claim, Outcome(Fate.SENT, after(1), message=sid(9))) is Settled.DONE
    apply(store.consents, person(1), STOP)
    assert len(store.outbox.claim(NOON, 60, 20)) == 1
    assert store.outbox.expire_leases(after(60), 0) == 1
    assert len(store.outbox.unknowns(after(60), 20)) == 1


@pytest.mark.parametrize(
    "key",
    [
        NAMES.record,
        NAMES.evidence,
        keys.subscribers(NAMES.tag),
        keys.held(NAMES.tag),
        keys.pending(NAMES.tag),
        keys.due(NAMES.tag),
        keys.unknown(NAMES.tag),
    ],
)
def test_a_key_of_a_wrong_type_stops_a_commit_before_it_writes(
    client: redis.Redis, store: Store, key: str
) -> None:
    client.set(key, "not what it should be")
    before = dump(client)
    with pytest.raises(StoreUnavailable):
        apply(store.consents, person(), STOP)
    assert dump(client) == before


@pytest.mark.parametrize("broken", ["due", "claimed", "unknown", "counts", "evidence"])
@pytest.mark.parametrize("step", ["claim", "settle", "report", "expire"])
def test_a_key_of_a_wrong_type_stops_a_step_of_the_outbox_before_it_writes(
    client: redis.Redis, store: Store, broken: str, step: str
) -> None:
    apply(store.consents, person(), STOP)
    if step != "claim":
        (claim,) = store.outbox.claim(NOON, 60, 20)
    key = NAMES.evidence if broken == "evidence" else getattr(keys, broken)(NAMES.tag)
    client.delete(key)
    client.set(key, "not what it should be")
    before = dump(client)
    steps: dict[str, Callable[[], object]] = {
        "claim": lambda: store.outbox.claim(NOON, 60, 20),
        "settle": lambda: store.outbox.settle(claim, Outcome(Fate.SENT, after(1), message=sid(9))),
        "report": lambda: store.outbox.report(_report(claim)),
        "expire": lambda: store.outbox.expire_leases(after(60), 0),
    }
    try:
        steps[step]()
    except StoreUnavailable:
        assert dump(client) == before
    else:
        assert broken not in {"due", "claimed", "unknown"} or step in {"claim", "expire"}


def _report(claim: Claim) -> StatusReport:
    return StatusReport(claim.ref, claim.number, sid(9), "sent", 0, blocked=False, gone=False, at=after(2))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "perhaps", "v": "1"},
        {"state": "subscribed"},
        {"v": "3"},
        {"state": "subscribed", "v": "one"},
        {"state": "subscribed", "v": "1", "at": "yesterday"},
        {"state": "subscribed", "v": "1", "by": "pigeon"},
    ],
)
def test_a_record_that_cannot_be_read_is_no_consent(
    client: redis.Redis, store: Store, fields: dict[str, str]
) -> None:
    client.hset(NAMES.record, mapping=fields)
    before = dump(client)
    with pytest.raises(StoreUnavailable, match="unreadable"):
        store.consents.load(person())
    assert dump(client) == before


def test_evidence_that_cannot_be_read_is_said_to_be_so(client: redis.Redis, store: Store) -> None:
    client.rpush(NAMES.evidence, '{"t":')
    with pytest.raises(StoreUnavailable, match="unreadable"):
        store.consents.evidence(person())


@pytest.mark.parametrize("field", ["body", "reply", "owed"])
def test_a_row_that_cannot_be_read_holds_nobody_else_up(
    client: redis.Redis, store: Store, field: str
) -> None:
    for index in range(3):
        apply(store.consents, person(index), texted(Signal.STOP, after(index)))
    (row,) = list(client.scan_iter(f"{NAMES.tag}:outbox:row:*"))
    client.hdel(row, field)
    claims = store.outbox.claim(after(9), 60, 20)
    assert {claim.number for claim in claims} == {person(1), person(2)}
    store.outbox.expire_leases(after(90), 0)
    unknowns = store.outbox.unknowns(after(90), 20)
    assert {claim.number for claim in unknowns} == {person(1), person(2)}


def test_a_row_that_is_gone_is_let_go_of(client: redis.Redis, store: Store) -> None:
    for index in range(2):
        apply(store.consents, person(index), texted(Signal.STOP, after(index)))
    assert len(store.outbox.claim(after(9), 60, 20)) == 2
    client.delete(*client.scan_iter(f"{NAMES.tag}:outbox:row:*"))
    store.outbox.expire_leases(after(90), 0)
    assert [claim.number for claim in store.outbox.unknowns(after(90), 20)] == [person(1)]
    assert client.zcard(keys.claimed(NAMES.tag)) == 0


def test_a_store_that_is_down_is_noticed_quickly() -> None:
    store = redis_store_at(f"redis://127.0.0.1:{free_port()}/0")
    started = time.monotonic()
    with pytest.raises(StoreUnavailable) as refused:
        store.consents.load(person())
    with pytest.raises(StoreUnavailable):
        store.outbox.owes(NOON)
    assert time.monotonic() - started < 4
    assert "127.0.0.1" not in str(refused.value)


def test_scripts_are_loaded_again_after_the_server_forgot_them(client: redis.Redis, store: Store) -> None:
    client.script_flush()
    apply(store.consents, person(), STOP)
    client.script_flush()
    (claim,) = store.outbox.claim(NOON, 60, 20)
    client.script_flush()
    assert store.outbox.settle(claim, Outcome(Fate.AGAIN, NOON, when=NOON)) is Settled.DONE
    client.script_flush()
    assert RedisConsents(client).commit
    assert len(RedisOutbox(client).claim(NOON, 60, 20)) == 1


def test_without_its_replica_a_change_is_not_acknowledged_nor_is_its_retry(client: redis.Redis) -> None:
    consents = RedisConsents(client, min_replicas=1)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="only 0 of 1 replicas"):
            apply(consents, person(), STOP)


def test_a_change_counts_once_its_replica_has_it(start_store: Callable[..., EmbeddedStore]) -> None:
    primary = start_store("primary", appendfsync="no")
    replica = start_store("replica", appendfsync="no", replicaof=f"127.0.0.1 {primary.port}")
    client = connect(primary.url)
    _until_attached(client)
    assert apply(RedisConsents(client, min_replicas=1), person(), START) is Commit.DONE
    assert redis_store_at(replica.url).consents.load(person()).state is State.SUBSCRIBED
    assert replica.pid is not None
    os.kill(replica.pid, signal.SIGSTOP)
    try:
        for _ in range(2):  # each on a connection of its own, as two requests are
            with pytest.raises(StoreUnavailable, match="only 0 of 1 replicas"):
                apply(RedisConsents(connect(primary.url), min_replicas=1), person(), STOP)
    finally:
        os.kill(replica.pid, signal.SIGCONT)
    assert apply(RedisConsents(client, min_replicas=1), person(), STOP) is Commit.SEEN


def _until_attached(primary: redis.Redis) -> None:
    limit = time.monotonic() + 20
    while "state=online" not in str(primary.execute_command("INFO", "replication")):
        replicas = primary.info("replication")
        if replicas.get("slave0", {}).get("state") == "online":
            return
        assert time.monotonic() < limit, "the replica did not attach"
        time.sleep(0.05)


def test_the_keys_of_one_number_share_one_slot(client: redis.Redis, store: Store) -> None:
    apply(store.consents, person(), START)
    apply(store.consents, person(), texted(Signal.UNCLEAR, after(1), sid(3)))
    for claim in store.outbox.claim(after(2), 60, 20):
        store.outbox.settle(claim, Outcome(Fate.SENT, after(3), message=sid(4)))
    found = sorted(set(client.scan_iter("*")) - {keys.REPLY_TEXTS})  # no number's own
    assert len(found) > 5
    assert {key.partition("}")[0] + "}" for key in found} == {f"sw:{{p{partition_of(person()):02d}}}"}


def test_a_profile_that_cannot_be_read_holds_up_no_other(client: redis.Redis, store: Store) -> None:
    client.hset(keys.NumberKeys(person(0)).profile, "v", "not a version")
    assert store.profiles.load_readable([person(0), person(1)]) == [None, Profile()]
