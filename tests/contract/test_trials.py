"""What every implementation of the port Outbox does with a text that is sent for a look."""

from datetime import datetime

import pytest

from app.bootstrap import new_ref
from app.domain.consent import State
from app.domain.outbox import TEST, Claim, Fate, Outcome
from app.domain.signal import Signal
from app.domain.status import StatusReport
from app.services.ports import Settled
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, person, sid, texted

LEASE, GRACE, MOST = 60.0, 120.0, 20
SENDER = "+3197010200001"


def look(now: datetime = NOON, index: int = 0) -> Claim:
    ref = new_ref(person(index))
    return Claim(ref, person(index), TEST, "TEST Lente!", ref.text, 1, now, since=now, sender=SENDER)


def joined(store: Store) -> None:
    apply(store.consents, person(), texted(Signal.START, NOON))
    for claim in store.outbox.claim(NOON, LEASE, MOST):
        store.outbox.settle(claim, Outcome(Fate.SENT, NOON, message=sid(1)))


def test_it_is_claimed_at_once_and_by_nobody_else(store: Store) -> None:
    joined(store)
    claim = look()
    assert store.outbox.claim_trial(claim, State.SUBSCRIBED, LEASE)
    assert not store.outbox.owes(after(hours=9))
    assert store.outbox.settle(claim, Outcome(Fate.SENT, after(1), message=sid(2))) is Settled.DONE
    assert [(p.signal, p.reply) for p in store.consents.evidence(person())][-1] == ("reply_sent", "test")
    report = StatusReport(claim.ref, person(), sid(2), "delivered", 0, blocked=False, gone=False, at=after(2))
    assert store.outbox.report(report)


@pytest.mark.parametrize("signal", [Signal.STOP, Signal.UNCLEAR])
def test_a_consent_that_has_changed_since_it_was_seen_refuses_it(store: Store, signal: Signal) -> None:
    joined(store)
    apply(store.consents, person(), texted(signal, after(1)))
    assert not store.outbox.claim_trial(look(after(1)), State.SUBSCRIBED, LEASE)
    assert store.outbox.unknowns(after(hours=9), MOST) == []


def test_somebody_of_whom_nothing_is_kept_is_seen_as_that(store: Store) -> None:
    assert not store.outbox.claim_trial(look(), State.SUBSCRIBED, LEASE)
    assert store.outbox.claim_trial(look(), State.UNKNOWN, LEASE)


def test_one_whose_fate_is_open_refuses_another_to_that_number_alone(store: Store) -> None:
    first = look()
    assert store.outbox.claim_trial(first, State.UNKNOWN, LEASE)
    assert not store.outbox.claim_trial(look(), State.UNKNOWN, LEASE)
    assert store.outbox.claim_trial(look(index=1), State.UNKNOWN, LEASE)
    assert store.outbox.expire_leases(after(61), GRACE) == 2
    assert not store.outbox.claim_trial(look(), State.UNKNOWN, LEASE)
    assert first in store.outbox.unknowns(after(181), MOST)
    store.outbox.settle(first, Outcome(Fate.FAILED, after(181), why="it was not sent"))
    assert store.outbox.claim_trial(look(after(182)), State.UNKNOWN, LEASE)


def test_it_is_no_reply_that_is_owed_to_anybody(store: Store) -> None:
    assert store.outbox.claim_trial(look(), State.UNKNOWN, LEASE)
    assert store.outbox.oldest_owed() is None
    apply(store.consents, person(1), texted(Signal.STOP, after(1)))
    assert store.outbox.oldest_owed() == after(1)


def test_a_reply_does_not_wait_for_it(store: Store) -> None:
    joined(store)
    assert store.outbox.claim_trial(look(), State.SUBSCRIBED, LEASE)
    apply(store.consents, person(), texted(Signal.STOP, after(1)))
    assert len(store.outbox.claim(after(1), LEASE, MOST)) == 1
