"""What every implementation of the port Consents does."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from app.domain.consent import Record, State
from app.domain.evidence import Channel, Event
from app.domain.signal import Signal
from app.services.ports import Commit, Committed, Proposal
from tests.contract.stores import Store
from tests.stories import EN, NL, NOON, after, apply, debt_of, decided, person, sid, texted

WITH_SETS = (State.SUBSCRIBED, State.HELD, State.PENDING)


def invited(at: datetime = NOON) -> Event:
    return Event(Signal.WEB_OPT_IN, at, Channel.WEB, "the shop", words="Ja, sms mij", wording="v1")


def test_nobody_is_known_at_first(store: Store) -> None:
    assert store.consents.load(person()) == Record()
    assert list(store.consents.evidence(person())) == []


def test_a_decision_is_kept_as_it_was_made(store: Store) -> None:
    event = texted(Signal.START, after(0.123), sid(1), language=EN)
    decision = decided(Record(), event)
    assert store.consents.commit(person(), decision, event.mark, None).result is Commit.DONE
    assert store.consents.load(person()) == decision.after
    assert list(store.consents.evidence(person())) == [decision.evidence]


def test_every_field_of_a_record_comes_back(store: Store) -> None:
    full = Record(
        State.HELD,
        1,
        after(1),
        Channel.STAFF,
        NL,
        after(2),
        after(3),
        after(4),
        after(5),
        after(6),
        replies=3,
    )
    decision = decided(Record(), texted(Signal.START))
    whole = type(decision)(
        Record(), full, decision.evidence, decision.reply, decision.language, decision.told
    )
    store.consents.commit(person(), whole, "", None)
    assert store.consents.load(person()) == full


def test_a_decision_on_an_old_record_is_stale_and_writes_nothing(store: Store) -> None:
    late = texted(Signal.START, after(1), sid(2))
    decision = decided(Record(), late)
    apply(store.consents, person(), texted(Signal.STOP, NOON, sid(1)))
    record, evidence = store.consents.load(person()), list(store.consents.evidence(person()))
    answer = store.consents.commit(person(), decision, late.mark, debt_of(person(), decision, late))
    assert answer == Committed(Commit.STALE, record)
    assert store.consents.load(person()) == record
    assert list(store.consents.evidence(person())) == evidence
    assert len(store.outbox.claim(after(9), 60, 20)) == 1  # the goodbye alone
    assert apply(store.consents, person(), late) is Commit.DONE  # nor was it marked as seen


def test_what_was_passed_over_has_no_effect_later_and_leaves_nothing_else(store: Store) -> None:
    assert store.consents.pass_over(person(), Record(), sid(1)).result is Commit.DONE
    assert store.consents.load(person()) == Record()
    assert list(store.consents.evidence(person())) == []
    assert store.consents.pass_over(person(), Record(), sid(1)).result is Commit.SEEN
    apply(store.consents, person(), invited())
    assert apply(store.consents, person(), texted(Signal.CONFIRM, after(60), sid(1))) is Commit.SEEN
    assert store.consents.load(person()).state is State.PENDING


def test_nothing_is_passed_over_on_an_old_record(store: Store) -> None:
    apply(store.consents, person(), invited())
    record = store.consents.load(person())
    assert store.consents.pass_over(person(), Record(), sid(1)) == Committed(Commit.STALE, record)
    assert apply(store.consents, person(), texted(Signal.CONFIRM, after(60), sid(1))) is Commit.DONE


def test_what_was_unusual_of_a_record_does_not_stay_when_it_is_usual_again(store: Store) -> None:
    apply(store.consents, person(), invited())
    assert store.consents.load(person()).source is Channel.WEB
    apply(store.consents, person(), texted(Signal.HELP, after(60), sid(1)))
    assert store.consents.load(person()).replies == 2
    apply(store.consents, person(), texted(Signal.START, after(3600), sid(2)))
    record = store.consents.load(person())
    assert (record.source, record.replies, record.replies_since) == (Channel.SMS, 1, after(3600))


def test_a_message_takes_effect_once(store: Store) -> None:
    start = texted(Signal.START, NOON, sid(1))
    assert apply(store.consents, person(), start) is Commit.DONE
    assert apply(store.consents, person(), start) is Commit.SEEN
    apply(store.consents, person(), texted(Signal.STOP, after(1), sid(2)))
    record = store.consents.load(person())
    assert apply(store.consents, person(), start) is Commit.SEEN  # a replay undoes no STOP
    assert store.consents.load(person()) == record
    assert len(store.consents.evidence(person())) == 2


def test_a_message_that_was_seen_is_seen_even_when_the_decision_is_stale(store: Store) -> None:
    start = texted(Signal.START, NOON, sid(1))
    decision = decided(Record(), start)
    apply(store.consents, person(), start)
    assert store.consents.commit(person(), decision, start.mark, None).result is Commit.SEEN


def test_what_has_no_message_id_may_happen_again(store: Store) -> None:
    for seconds in range(3):
        assert apply(store.consents, person(), texted(Signal.HELP, after(seconds))) is Commit.DONE
    assert len(store.consents.evidence(person())) == 3


def test_evidence_is_in_the_order_of_the_commits(store: Store) -> None:
    signals = [Signal.START, Signal.STOP, Signal.HELP, Signal.START, Signal.UNCLEAR]
    for index, signal in enumerate(signals):
        apply(store.consents, person(), texted(signal, after(index), sid(index)))
    assert [entry.signal for entry in store.consents.evidence(person())] == signals


def test_the_evidence_keeps_any_words_as_they_were_typed(store: Store) -> None:
    words = 'Stop! "né" \\ \u2028 \x00 🙃 {x}'
    event = Event(Signal.STOP, NOON, Channel.SMS, "person", words=words, message=sid(1), rule="keyword")
    apply(store.consents, person(), event)
    assert store.consents.evidence(person())[0].words == words


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([texted(Signal.START)], State.SUBSCRIBED),
        ([texted(Signal.START), texted(Signal.STOP)], State.OPTED_OUT),
        ([texted(Signal.START), texted(Signal.STOP), texted(Signal.START)], State.SUBSCRIBED),
        ([texted(Signal.START), texted(Signal.UNCLEAR)], State.HELD),
        ([texted(Signal.START), texted(Signal.UNCLEAR), texted(Signal.START)], State.SUBSCRIBED),
        ([invited()], State.PENDING),
        ([invited(), texted(Signal.CONFIRM)], State.SUBSCRIBED),
        ([invited(), texted(Signal.UNCLEAR)], State.HELD),
        ([invited(), texted(Signal.STOP)], State.OPTED_OUT),
        ([invited(), texted(Signal.EXPIRE)], State.UNKNOWN),
    ],
)
def test_the_sets_follow_the_state(store: Store, events: Sequence[Event], state: State) -> None:
    apply(store.consents, person(1), invited())
    for event in events:
        assert apply(store.consents, person(), event) is Commit.DONE
    assert store.consents.load(person()).state is state
    assert [one for one in WITH_SETS if store.has(person(), one)] == [
        one for one in WITH_SETS if one is state
    ]
    assert store.has(person(1), State.PENDING)


def test_a_yes_that_answered_a_question_is_kept_as_one_and_a_start_after_it_is_not(store: Store) -> None:
    apply(store.consents, person(), invited())
    apply(store.consents, person(), texted(Signal.CONFIRM, after(1), sid(1)))
    assert store.consents.load(person()).confirmed
    apply(store.consents, person(), texted(Signal.STOP, after(2), sid(2)))
    apply(store.consents, person(), texted(Signal.START, after(3), sid(3)))
    assert not store.consents.load(person()).confirmed


def test_those_who_were_asked_are_listed_by_when_they_were_asked_last(store: Store) -> None:
    for index in range(4):
        apply(store.consents, person(index), invited(after(index * 10)))
    apply(
        store.consents, person(0), texted(Signal.HELP, after(30))
    )  # what is no question starts nothing anew
    assert set(store.consents.pending_since(after(20), 10)) == {person(0), person(1), person(2)}
    assert len(store.consents.pending_since(after(hours=1), 2)) == 2
    apply(store.consents, person(0), invited(after(hours=30)))
    assert set(store.consents.pending_since(after(20), 10)) == {person(1), person(2)}
    assert list(store.consents.pending_since(after(-1), 10)) == []


def test_people_do_not_see_each_others_message_ids_or_records(store: Store) -> None:
    apply(store.consents, person(0), texted(Signal.STOP, NOON, sid(1)))
    assert store.consents.load(person(1)) == Record()
    assert list(store.consents.evidence(person(1))) == []


def test_many_are_committed_as_each_would_be_by_itself(store: Store) -> None:
    """Each signal twice over: for somebody new, for an old guess, for a message that was seen, and in order."""
    start, again = texted(Signal.START, NOON, sid(1)), texted(Signal.HELP, after(1), sid(2))
    first = decided(Record(), start)
    proposals = [
        Proposal(person(0), first, start.mark),
        Proposal(person(1), first, sid(3)),
        Proposal(person(0), decided(Record(), again), again.mark),
        Proposal(person(0), decided(first.after, again), again.mark),
        Proposal(person(0), first, start.mark),
    ]
    answers = store.consents.commit_many(proposals)
    assert [answer.result for answer in answers] == ["done", "done", "stale", "done", "seen"]
    assert answers[2].current == first.after
    assert [entry.signal for entry in store.consents.evidence(person(0))] == ["start", "help"]
    records = store.consents.load_many([person(1), person(2), person(0)])
    assert [record.version for record in records] == [1, 0, 2]
    assert store.has(person(1), State.SUBSCRIBED)
    assert list(store.consents.commit_many([])) == list(store.consents.load_many([])) == []


def test_who_is_held_is_listed_until_somebody_decides(store: Store) -> None:
    for index in (1, 0):
        apply(store.consents, person(index), texted(Signal.START, NOON, sid(index)))
    assert store.consents.held() == []
    for seconds, index in enumerate((1, 0)):
        apply(store.consents, person(index), texted(Signal.UNCLEAR, after(seconds), sid(8 + index)))
    assert list(store.consents.held()) == [(person(1), after(0)), (person(0), after(1))]
    cleared = Event(
        Signal.STAFF_CLEARS_HOLD, after(9), Channel.STAFF, "cli:ann", words="asked about an order"
    )
    apply(store.consents, person(1), cleared)
    assert list(store.consents.held()) == [(person(0), after(1))]
