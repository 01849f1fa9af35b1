"""What every implementation of the port Erasures does, together with the stores that it erases from."""

import pytest

from app.domain.consent import Record, State
from app.domain.evidence import Channel, Event
from app.domain.outbox import Fate, Outcome
from app.domain.partition import partition_of
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange
from app.services.ports import Commit, Settled
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, person, sid, texted

IMPORTED = Event(Signal.IMPORT, after(20), Channel.IMPORT, "cli:ann", words="agreed", message=f"IM{7:032x}")
INVITED = Event(Signal.WEB_OPT_IN, after(20), Channel.WEB, "the shop", words="Ja", wording="v1")


def well_known(store: Store, index: int = 0) -> None:
    """Somebody with a record, evidence, a profile, tags, a message that was sent and one that is owed."""
    apply(store.consents, person(index), texted(Signal.START, NOON, sid(index)))
    (claim,) = store.outbox.claim(after(1), 60, 20)
    store.outbox.settle(claim, Outcome(Fate.SENT, after(2), message=sid(100 + index)))
    apply(store.consents, person(index), texted(Signal.HELP, after(3), sid(50 + index)))
    profile = Profile("Ann", tags=frozenset({"vip"}), version=1)
    store.profiles.save([ProfileChange(person(index), Profile(), profile)])


def test_nothing_of_an_erased_person_is_left(store: Store) -> None:
    well_known(store)
    assert store.erasures.erased([person(), person(1)]) == [False, False]
    assert store.erasures.erase(person(), "asked", NOON) is True
    assert store.consents.load(person()) == Record()
    assert list(store.consents.evidence(person())) == []
    assert store.profiles.load(person()) == Profile()
    assert not store.tagged(person(), "vip")
    assert not any(store.has(person(), state) for state in (State.SUBSCRIBED, State.HELD, State.PENDING))
    assert not store.outbox.owes(after(hours=9))
    assert store.erasures.erased([person(), person(1)]) == [True, False]


def test_another_person_of_the_same_partition_keeps_everything(store: Store) -> None:
    neighbours = [person(index) for index in range(400)]
    other = next(i for i, one in enumerate(neighbours) if i and partition_of(one) == partition_of(person()))
    well_known(store, other)
    record, evidence = store.consents.load(person(other)), list(store.consents.evidence(person(other)))
    store.erasures.erase(person(), "asked", NOON)
    assert (store.consents.load(person(other)), list(store.consents.evidence(person(other)))) == (
        record,
        evidence,
    )
    assert store.tagged(person(other), "vip")
    assert len(store.outbox.claim(after(9), 60, 20)) == 1


@pytest.mark.parametrize("event", [IMPORTED, INVITED])
def test_nobody_else_brings_an_erased_person_back(store: Store, event: Event) -> None:
    assert apply(store.consents, person(), event) is Commit.DONE
    store.erasures.erase(person(), "asked", NOON)
    assert apply(store.consents, person(), event) is Commit.ERASED
    assert store.consents.load(person()) == Record()


def test_their_own_start_lifts_the_objection_and_an_old_one_does_not(store: Store) -> None:
    well_known(store)
    store.erasures.erase(person(), "asked", NOON)
    assert apply(store.consents, person(), texted(Signal.START, NOON, sid(0))) is Commit.SEEN
    assert store.erasures.erased([person()]) == [True]
    assert apply(store.consents, person(), texted(Signal.HELP, after(5), sid(8))) is Commit.DONE
    assert apply(store.consents, person(), IMPORTED) is Commit.ERASED
    assert apply(store.consents, person(), texted(Signal.START, after(6), sid(9))) is Commit.DONE
    assert store.erasures.erased([person()]) == [False]
    assert apply(store.consents, person(), IMPORTED) is Commit.DONE


def test_erasing_somebody_unknown_or_twice_leaves_the_objection(store: Store) -> None:
    assert store.erasures.erase(person(), "asked", NOON) is False
    assert store.erasures.erase(person(), "asked", NOON) is False
    assert store.erasures.erased([person()]) == [True]


def test_a_message_that_is_on_its_way_brings_nothing_back(store: Store) -> None:
    well_known(store)
    (claim,) = store.outbox.claim(after(9), 60, 20)
    store.erasures.erase(person(), "asked", NOON)
    assert store.outbox.settle(claim, Outcome(Fate.SENT, after(10), message=sid(200))) is Settled.LOST
    assert list(store.consents.evidence(person())) == []
    assert store.outbox.claim(after(hours=9), 60, 20) == []
