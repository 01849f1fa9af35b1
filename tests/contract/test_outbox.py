"""What every implementation of the port Outbox does with a message owed, from its cause to its claim."""

from dataclasses import replace
from datetime import datetime

from app.domain.outbox import Claim, Fate, Outcome
from app.domain.replies import Reply
from app.domain.signal import Signal
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, debt_of, decided, person, sid, texted

LEASE, GRACE, MOST = 60.0, 120.0, 20


def owe(store: Store, signal: Signal = Signal.STOP, index: int = 0, at: datetime = NOON) -> None:
    apply(store.consents, person(index), texted(signal, at))


def claims(store: Store, now: datetime = NOON) -> list[Claim]:
    return list(store.outbox.claim(now, LEASE, MOST))


def one_by_one(store: Store) -> list[Reply]:
    """The replies in the order in which they leave when each is sent before the next is asked for."""
    sent: list[Reply] = []
    while taken := claims(store, after(9 + len(sent))):
        for claim in taken:
            sent.append(claim.reply)
            store.outbox.settle(claim, Outcome(Fate.SENT, after(9), message=sid(100 + len(sent))))
    return sent


def test_nothing_is_owed_at_first(store: Store) -> None:
    assert not store.outbox.owes(NOON)
    assert claims(store) == []
    assert store.outbox.oldest_owed() is None
    assert dict(store.outbox.counts()) == {}


def test_a_reply_is_owed_as_soon_as_its_cause_is_committed(store: Store) -> None:
    event = texted(Signal.STOP, after(0.25), sid(1))
    decision = decided(store.consents.load(person()), event)
    debt = debt_of(person(), decision, event)
    assert debt is not None
    assert not store.outbox.owes(after(1))
    store.consents.commit(person(), decision, event.mark, debt)
    assert store.outbox.owes(after(0.25))
    assert store.outbox.oldest_owed() == after(0.25)
    (claim,) = claims(store, after(1))
    assert claim == Claim(
        debt.ref, person(), Reply.GOODBYE, debt.body, claim.token, 1, after(0.25), since=after(1)
    )
    assert claim.token not in {"", debt.ref.text}


def test_a_reply_keeps_the_number_that_it_goes_out_from(store: Store) -> None:
    event = texted(Signal.STOP, NOON, sid(1))
    decision = decided(store.consents.load(person()), event)
    debt = debt_of(person(), decision, event)
    assert debt is not None
    store.consents.commit(person(), decision, event.mark, replace(debt, sender="+3197010200001"))
    assert [claim.sender for claim in claims(store)] == ["+3197010200001"]


def test_nothing_is_claimed_before_it_is_due(store: Store) -> None:
    owe(store, at=after(5))
    assert not store.outbox.owes(after(4.999))
    assert claims(store, after(4.999)) == []
    assert len(claims(store, after(5))) == 1


def test_what_is_claimed_is_nobody_elses(store: Store) -> None:
    owe(store)
    assert len(claims(store)) == 1
    assert claims(store, after(3600)) == []
    assert not store.outbox.owes(after(3600))


def test_no_claim_takes_more_than_it_was_told_to(store: Store) -> None:
    for index in range(7):
        owe(store, index=index)
    assert [len(store.outbox.claim(NOON, LEASE, 3)) for _ in range(4)] == [3, 3, 1, 0]


def test_the_longest_waiting_are_taken_first(store: Store) -> None:
    for index in (4, 1, 3, 0, 2):
        owe(store, index=index, at=after(index))
    taken = [claim.number for _ in range(5) for claim in store.outbox.claim(after(9), LEASE, 1)]
    assert taken == [person(index) for index in range(5)]


def test_one_claim_takes_one_row_of_a_number_the_oldest_first(store: Store) -> None:
    for seconds, signal in enumerate([Signal.STOP, Signal.START, Signal.HELP]):
        owe(store, signal, at=after(seconds))
    assert one_by_one(store) == [Reply.GOODBYE, Reply.WELCOME, Reply.HELP]


def test_a_row_waits_until_the_one_before_it_is_settled(store: Store) -> None:
    for seconds, signal in enumerate([Signal.STOP, Signal.START]):
        owe(store, signal, at=after(seconds))
    (goodbye,) = claims(store, after(9))
    assert claims(store, after(10)) == []
    store.outbox.settle(goodbye, Outcome(Fate.AGAIN, after(11), when=after(12)))
    (goodbye,) = claims(store, after(13))
    assert goodbye.reply is Reply.GOODBYE
    store.outbox.settle(goodbye, Outcome(Fate.FAILED, after(14), code=30003))
    assert [claim.reply for claim in claims(store, after(15))] == [Reply.WELCOME]


def test_a_goodbye_waits_for_a_text_that_is_being_sent_and_for_no_other(store: Store) -> None:
    owe(store, Signal.START)
    (welcome,) = claims(store, after(1))
    owe(store, Signal.STOP, at=after(2))
    assert claims(store, after(3)) == []
    store.outbox.settle(welcome, Outcome(Fate.UNKNOWN, after(4), when=after(124)))
    (goodbye,) = claims(store, after(5))
    assert goodbye.reply is Reply.GOODBYE
    store.outbox.settle(goodbye, Outcome(Fate.SENT, after(6), message=sid(9)))
    # The welcome turns out not to have been sent: by then it would say something false.
    store.outbox.settle(welcome, Outcome(Fate.AGAIN, after(124), when=after(124)))
    assert claims(store, after(125)) == []
    assert [entry.signal for entry in store.consents.evidence(person())][2:] == [
        "reply_sent",
        "reply_dropped",
    ]
    owe(store, Signal.START, at=after(200))
    assert [claim.reply for claim in claims(store, after(201))] == [Reply.WELCOME]


def test_a_goodbye_does_not_wait_for_a_worker_that_died(store: Store) -> None:
    owe(store, Signal.START)
    assert len(claims(store, after(1))) == 1
    owe(store, Signal.STOP, at=after(2))
    assert claims(store, after(10)) == []
    assert [claim.reply for claim in claims(store, after(11.5))] == [Reply.GOODBYE]


def test_a_welcome_is_dropped_with_proof_when_the_person_has_stopped(store: Store) -> None:
    owe(store, Signal.START)
    owe(store, Signal.STOP, at=after(1))
    taken = [claim.reply for _ in range(3) for claim in claims(store, after(2))]
    assert taken == [Reply.GOODBYE]
    proof = store.consents.evidence(person())[2]
    assert (proof.at, proof.signal, proof.before, proof.after) == (after(2), "reply_dropped", "", "")
    assert dict(store.outbox.counts()) == {"dropped": 1}


def test_a_goodbye_and_a_help_answer_are_owed_whatever_happens_next(store: Store) -> None:
    for seconds, signal in enumerate([Signal.HELP, Signal.STOP, Signal.START]):
        owe(store, signal, at=after(seconds))
    assert one_by_one(store) == [Reply.HELP, Reply.GOODBYE, Reply.WELCOME]


def test_a_question_is_dropped_once_it_is_answered(store: Store) -> None:
    owe(store, Signal.WEB_OPT_IN)
    owe(store, Signal.CONFIRM, at=after(1))
    taken = [claim.reply for _ in range(3) for claim in claims(store, after(2))]
    assert taken == [Reply.WELCOME]


def test_a_lease_that_ended_makes_an_unknown_after_the_grace(store: Store) -> None:
    owe(store)
    (claim,) = claims(store)
    assert store.outbox.expire_leases(after(LEASE - 0.001), GRACE) == 0
    assert store.outbox.expire_leases(after(LEASE), GRACE) == 1
    assert store.outbox.expire_leases(after(LEASE), GRACE) == 0
    assert claims(store, after(hours=5)) == []
    assert list(store.outbox.unknowns(after(LEASE + GRACE - 0.001), MOST)) == []
    assert list(store.outbox.unknowns(after(LEASE + GRACE), MOST)) == [claim]


def test_a_reply_to_a_message_read_back_is_asked_about_first(store: Store) -> None:
    event = replace(texted(Signal.STOP, NOON, sid(1)), read_back=True)
    apply(store.consents, person(), event)
    assert claims(store, after(hours=1)) == []
    (unknown,) = store.outbox.unknowns(after(1), MOST)
    assert (unknown.reply, unknown.since, unknown.attempts) == (Reply.GOODBYE, NOON, 0)


def test_no_more_unknowns_are_listed_than_asked_for_the_oldest_first(store: Store) -> None:
    for index in range(4):
        owe(store, index=index, at=after(index))
        assert len(claims(store, after(index))) == 1
    assert store.outbox.expire_leases(after(LEASE + 9), 0) == 4
    assert len(store.outbox.unknowns(after(LEASE + 9), 3)) == 3


def test_the_oldest_owed_is_the_one_that_waits_longest(store: Store) -> None:
    for index in (2, 1, 3):
        owe(store, index=index, at=after(index))
    assert store.outbox.oldest_owed() == after(1)


def test_a_reply_that_waits_for_an_earlier_one_is_owed_since_its_cause(store: Store) -> None:
    for seconds, signal in enumerate([Signal.STOP, Signal.START]):
        owe(store, signal, at=after(seconds))
    (goodbye,) = claims(store, after(9))
    assert claims(store, after(40)) == []
    assert store.outbox.oldest_owed() == NOON
    store.outbox.settle(goodbye, Outcome(Fate.SENT, after(41), message=sid(1)))
    assert store.outbox.oldest_owed() == after(1)


def test_a_reply_to_a_message_read_back_may_have_been_sent_already(store: Store) -> None:
    apply(store.consents, person(), replace(texted(Signal.STOP, after(3), sid(1)), read_back=True))
    assert store.outbox.oldest_owed() is None


def test_nobody_is_owed_a_reply_that_is_dropped(store: Store) -> None:
    owe(store, Signal.START)
    owe(store, Signal.STOP, at=after(1))
    assert store.outbox.oldest_owed() == NOON
    assert [claim.reply for _ in range(2) for claim in claims(store, after(2))] == [Reply.GOODBYE]
    assert store.outbox.oldest_owed() == after(1)
