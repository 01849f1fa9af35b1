"""What must be one step is raced, on the real store."""

import itertools

import pytest

from app.bootstrap import new_ref
from app.domain.consent import State, Told
from app.domain.outbox import Fate, Outcome
from app.domain.replies import Reply
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.ports import Settled
from tests.concurrency.races import at_once
from tests.contract.stores import Store, redis_store_at
from tests.domain.programs import shop
from tests.fakes.small_ports import CountingDoorbell
from tests.stories import NOON, POLICY, after, apply, person, sid, texted


@pytest.fixture
def store(store_url: str) -> Store:
    return redis_store_at(store_url)


@pytest.fixture
def bell() -> CountingDoorbell:
    return CountingDoorbell()


@pytest.fixture
def apply_event(store: Store, bell: CountingDoorbell) -> ApplyEvent:
    return ApplyEvent(store.consents, bell, shop().texts, POLICY, new_ref)


def test_one_message_delivered_a_hundred_times_at_once_has_one_effect_and_one_reply(
    store: Store, apply_event: ApplyEvent, bell: CountingDoorbell
) -> None:
    stop = texted(Signal.STOP, NOON, sid(1))
    told = at_once([lambda: apply_event(person(), stop)] * 100)
    assert sorted(told) == [Told.ALREADY] * 99 + [Told.DONE]
    assert store.consents.load(person()).version == 1
    assert len(store.consents.evidence(person())) == 1
    assert bell.rung == 1
    assert [claim.reply for claim in store.outbox.claim(after(1), 60, 20)] == [Reply.GOODBYE]
    assert list(store.outbox.claim(after(1), 60, 20)) == []


def test_a_hundred_messages_of_one_person_at_once_are_all_recorded(
    store: Store, apply_event: ApplyEvent
) -> None:
    signals = itertools.cycle([Signal.STOP, Signal.START, Signal.HELP])
    events = [texted(next(signals), NOON, sid(index)) for index in range(100)]
    at_once([lambda event=event: apply_event(person(), event) for event in events])  # type: ignore[misc]
    record, evidence = store.consents.load(person()), store.consents.evidence(person())
    assert record.version == len(evidence) == 100
    assert {entry.message for entry in evidence} == {event.message for event in events}
    chain = [(entry.before, entry.after) for entry in evidence]
    assert chain[0][0] == State.UNKNOWN
    assert all(one[1] == two[0] for one, two in itertools.pairwise(chain))
    assert chain[-1][1] == record.state
    assert store.has(person(), State.SUBSCRIBED) == (record.state is State.SUBSCRIBED)


def test_after_an_acknowledged_stop_no_welcome_is_claimed(store: Store, apply_event: ApplyEvent) -> None:
    people = [person(index) for index in range(30)]
    for index, number in enumerate(people):
        apply_event(number, texted(Signal.START, NOON, sid(index)))
    stopped_before: dict[str, set[str]] = {}
    stopped: set[str] = set()

    def stop(index: int) -> None:
        apply_event(people[index], texted(Signal.STOP, after(1), sid(100 + index)))
        stopped.add(people[index].e164)

    def take(_: int) -> None:
        for _ in range(6):
            known = set(stopped)
            for claim in store.outbox.claim(after(2), 60, 3):
                if claim.reply is Reply.WELCOME:
                    stopped_before[claim.number.e164] = known

    at_once(
        [lambda i=i: stop(i) for i in range(30)] + [lambda i=i: take(i) for i in range(10)]  # type: ignore[misc]
    )
    assert not {number for number, known in stopped_before.items() if number in known}
    assert all(store.consents.load(number).state is State.OPTED_OUT for number in people)


def test_two_drainers_of_one_outbox_take_nothing_twice(store: Store) -> None:
    for index in range(60):
        apply(store.consents, person(index), texted(Signal.STOP, NOON, sid(index)))

    def drain(own: int) -> list[str]:
        taken: list[str] = []
        for _ in range(12):
            for claim in store.outbox.claim(after(1), 60, 20):
                outcome = Outcome(Fate.SENT, after(1), message=sid(own * 1000 + len(taken)))
                assert store.outbox.settle(claim, outcome) is Settled.DONE
                taken.append(claim.number.e164)
        return taken

    taken = [number for found in at_once([lambda i=i: drain(i) for i in (1, 2)]) for number in found]  # type: ignore[misc]
    assert len(taken) == len(set(taken)) == 60
    assert dict(store.outbox.counts()) == {"sent": 60}


def test_two_clocks_that_settle_the_same_unknown_make_one_row_of_it(store: Store) -> None:
    apply(store.consents, person(), texted(Signal.STOP, NOON, sid(1)))
    store.outbox.claim(NOON, 60, 20)
    assert sum(at_once([lambda: store.outbox.expire_leases(after(60), 0)] * 8)) == 1
    (claim,) = store.outbox.unknowns(after(60), 20)
    sent = Outcome(Fate.SENT, after(61), message=sid(9))
    answers = at_once([lambda: store.outbox.settle(claim, sent)] * 8)
    assert sorted(answers) == [Settled.DONE] + [Settled.SAME] * 7
    assert len(store.consents.evidence(person())) == 2
