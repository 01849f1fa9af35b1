"""What every implementation of the port Outbox does with the outcome of a claim, and with a status callback."""

from dataclasses import replace

import pytest

from app.domain.outbox import Claim, Fate, Outcome
from app.domain.signal import Signal
from app.domain.status import RANKS, Delivery, StatusReport
from app.services.ports import Settled
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, person, sid, texted

SENT = Outcome(Fate.SENT, after(1), message=sid(77))
FAILED = Outcome(Fate.FAILED, after(1), code=21614, why="refused with error 21614")
AGAIN = Outcome(Fate.AGAIN, after(1), when=after(30), code=20429)
UNKNOWN = Outcome(Fate.UNKNOWN, after(1), when=after(120), why="HTTP 503")


def claimed(store: Store, index: int = 0) -> Claim:
    apply(store.consents, person(index), texted(Signal.STOP))
    (claim,) = store.outbox.claim(NOON, 60, 20)
    return claim


def reported(claim: Claim, status: str = "sent", message: str = sid(77)) -> StatusReport:
    return StatusReport(claim.ref, claim.number, message, status, 0, blocked=False, gone=False, at=after(2))


@pytest.mark.parametrize(("outcome", "signal"), [(SENT, "reply_sent"), (FAILED, "reply_failed")])
def test_an_end_is_written_once_with_its_proof(store: Store, outcome: Outcome, signal: str) -> None:
    claim = claimed(store)
    assert store.outbox.settle(claim, outcome) is Settled.DONE
    proof = store.consents.evidence(person())[-1]
    assert (proof.at, proof.signal, proof.message, proof.reply, proof.note) == (
        outcome.at, signal, outcome.message, "goodbye", outcome.why
    )  # fmt: skip
    assert dict(store.outbox.counts()) == {outcome.fate: 1}
    assert store.outbox.settle(claim, outcome) is (Settled.SAME if outcome is SENT else Settled.LOST)
    assert store.outbox.settle(claim, AGAIN) is Settled.LOST
    assert len(store.consents.evidence(person())) == 2
    assert not store.outbox.owes(after(hours=99))
    assert store.outbox.expire_leases(after(hours=99), 0) == 0


def test_again_is_due_at_its_time_and_counts_the_attempts(store: Store) -> None:
    claim = claimed(store)
    assert store.outbox.settle(claim, AGAIN) is Settled.DONE
    assert list(store.outbox.claim(after(29.999), 60, 20)) == []
    (next_claim,) = store.outbox.claim(after(30), 60, 20)
    assert next_claim == replace(claim, token=next_claim.token, attempts=2)
    assert next_claim.token != claim.token
    assert len(store.consents.evidence(person())) == 1


def test_the_first_claims_token_is_worth_nothing_once_another_has_claimed(store: Store) -> None:
    claim = claimed(store)
    store.outbox.settle(claim, AGAIN)
    (next_claim,) = store.outbox.claim(after(30), 60, 20)
    for outcome in (SENT, FAILED, AGAIN, UNKNOWN):
        assert store.outbox.settle(claim, outcome) is Settled.LOST
    assert store.outbox.settle(next_claim, SENT) is Settled.DONE


def test_an_unknown_waits_for_its_time_and_can_end_either_way(store: Store) -> None:
    first, second = claimed(store, 0), claimed(store, 1)
    for claim in (first, second):
        assert store.outbox.settle(claim, UNKNOWN) is Settled.DONE
    assert list(store.outbox.unknowns(after(119.999), 20)) == []
    assert {claim.number for claim in store.outbox.unknowns(after(120), 20)} == {person(0), person(1)}
    assert store.outbox.settle(first, SENT) is Settled.DONE
    assert store.outbox.settle(second, replace(AGAIN, when=after(121))) is Settled.DONE
    assert list(store.outbox.unknowns(after(hours=9), 20)) == []
    assert [claim.number for claim in store.outbox.claim(after(121), 60, 20)] == [person(1)]


def test_until_it_is_posted_a_reply_is_owed_since_its_cause(store: Store) -> None:
    claim = claimed(store)
    assert store.outbox.oldest_owed() == NOON
    for hour in (1, 2):
        store.outbox.settle(claim, replace(AGAIN, when=after(hours=hour)))
        assert store.outbox.oldest_owed() == NOON
        (claim,) = store.outbox.claim(after(hours=hour), 60, 20)
        assert store.outbox.oldest_owed() == NOON
    store.outbox.settle(claim, replace(UNKNOWN, when=after(hours=4)))
    assert store.outbox.oldest_owed() is None  # perhaps it was sent
    store.outbox.settle(claim, replace(AGAIN, when=after(hours=5)))
    assert store.outbox.oldest_owed() == NOON


@pytest.mark.parametrize("end", [SENT, FAILED])
def test_after_its_end_a_reply_is_owed_no_more(store: Store, end: Outcome) -> None:
    store.outbox.settle(claimed(store), end)
    assert store.outbox.oldest_owed() is None


def test_a_worker_that_comes_back_after_its_lease_may_still_say_that_it_sent(store: Store) -> None:
    claim = claimed(store)
    store.outbox.expire_leases(after(60), 120)
    assert store.outbox.settle(claim, SENT) is Settled.DONE
    assert list(store.outbox.unknowns(after(hours=9), 20)) == []


def test_one_message_settles_one_row(store: Store) -> None:
    first = claimed(store)
    store.outbox.settle(first, SENT)
    apply(store.consents, person(), texted(Signal.START, after(5)))
    (welcome,) = store.outbox.claim(after(5), 60, 20)
    assert store.outbox.settle(welcome, SENT) is Settled.TAKEN
    assert store.outbox.settle(welcome, replace(SENT, message=sid(78))) is Settled.DONE
    assert dict(store.outbox.counts()) == {"sent": 2}


def test_a_callback_before_the_posts_answer_settles_the_row(store: Store) -> None:
    claim = claimed(store)
    assert store.outbox.report(reported(claim, "queued"))
    assert store.consents.evidence(person())[-1].signal == "reply_sent"
    assert store.consents.evidence(person())[-1].message == sid(77)
    assert store.outbox.settle(claim, SENT) is Settled.SAME
    assert len(store.consents.evidence(person())) == 2
    assert dict(store.outbox.counts()) == {"sent": 1}


@pytest.mark.parametrize("lost", [UNKNOWN, AGAIN])
def test_a_callback_settles_a_row_whose_answer_was_lost(store: Store, lost: Outcome) -> None:
    claim = claimed(store)
    store.outbox.settle(claim, lost)
    assert store.outbox.report(reported(claim))
    assert list(store.outbox.unknowns(after(hours=9), 20)) == []
    assert list(store.outbox.claim(after(hours=9), 60, 20)) == []
    assert store.outbox.settle(claim, UNKNOWN) is Settled.LOST


def test_a_callback_after_the_lease_ended_settles_the_row(store: Store) -> None:
    claim = claimed(store)
    store.outbox.expire_leases(after(60), 120)
    assert store.outbox.report(reported(claim))
    assert list(store.outbox.unknowns(after(hours=9), 20)) == []


def test_statuses_only_move_forward(store: Store) -> None:
    claim = claimed(store)
    store.outbox.settle(claim, SENT)
    sequence = ["sent", "queued", "sent", "delivered", "sending", "failed", "delivered", "read", "delivered"]
    news = [store.outbox.report(reported(claim, status)) for status in sequence]
    assert news == [True, False, False, True, False, False, False, True, False]
    assert len(store.consents.evidence(person())) == 2


def test_every_known_status_is_news_at_first(store: Store) -> None:
    for index, status in enumerate(RANKS):
        claim = claimed(store, index)
        message = sid(1000 + index)
        store.outbox.settle(claim, replace(SENT, message=message))
        assert store.outbox.report(reported(claim, status, message))


def test_a_callback_that_is_not_about_this_row_changes_nothing(store: Store) -> None:
    claim, other = claimed(store, 0), claimed(store, 1)
    store.outbox.settle(other, SENT)
    foreign = next(n for n in range(2, 99) if person(n) != claim.number)
    for report in (
        reported(claim, "unheard-of"),
        replace(reported(claim), ref=None),
        replace(reported(claim), number=None),
        replace(reported(claim), number=person(foreign)),
        reported(other, "delivered", sid(99)),
    ):
        assert not store.outbox.report(report)
    assert store.outbox.settle(claim, replace(SENT, message=sid(5))) is Settled.DONE


def test_a_callback_about_a_refused_row_is_not_news(store: Store) -> None:
    claim = claimed(store)
    store.outbox.settle(claim, FAILED)
    assert not store.outbox.report(reported(claim))


def test_a_second_row_is_not_settled_by_the_first_rows_message(store: Store) -> None:
    first = claimed(store)
    store.outbox.settle(first, SENT)
    apply(store.consents, person(), texted(Signal.START, after(5)))
    (welcome,) = store.outbox.claim(after(5), 60, 20)
    assert not store.outbox.report(reported(welcome))
    assert store.outbox.settle(welcome, replace(SENT, message=sid(78))) is Settled.DONE


def test_how_far_each_reply_got_is_found_by_the_evidence_of_it(store: Store) -> None:
    sent, untold = claimed(store), claimed(store, 1)
    for claim, message in ((sent, sid(77)), (untold, sid(78))):
        store.outbox.settle(claim, replace(SENT, message=message))
    store.outbox.report(reported(sent, "delivered"))
    store.outbox.report(reported(sent, "sent"))
    evidence = [*store.consents.evidence(person()), *store.consents.evidence(person(1))]
    assert [entry.row for entry in evidence] == ["", sent.ref.text, "", untold.ref.text]
    assert store.deliveries.of(evidence) == {sent.ref.text: Delivery("delivered")}
    assert store.deliveries.of([]) == {}


def test_a_report_that_proves_the_sending_names_the_reply_too(store: Store) -> None:
    claim = claimed(store)
    store.outbox.report(replace(reported(claim, "undelivered"), code=30003))
    evidence = store.consents.evidence(person())
    assert store.deliveries.of(evidence) == {claim.ref.text: Delivery("undelivered", 30003)}
