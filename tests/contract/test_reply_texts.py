"""What every implementation of the stores promises of the words of our replies: they stand in the evidence."""

import pytest

from app.bootstrap import new_ref
from app.domain.consent import State
from app.domain.outbox import TEST, Claim, Fate, Outcome
from app.domain.signal import Signal
from app.domain.status import StatusReport
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, person, sid, texted

SENT = Outcome(Fate.SENT, after(1), message=sid(77))
FAILED = Outcome(Fate.FAILED, after(1), code=30034, why="refused")
UNKNOWN = Outcome(Fate.UNKNOWN, after(1), when=after(2))


def owed(store: Store, index: int = 0, signal: Signal = Signal.STOP) -> Claim:
    apply(store.consents, person(index), texted(signal))
    (claim,) = store.outbox.claim(NOON, 60, 20)
    return claim


def reported(claim: Claim, status: str = "delivered") -> StatusReport:
    return StatusReport(claim.ref, claim.number, sid(77), status, 0, blocked=False, gone=False, at=after(2))


def words(store: Store, index: int = 0) -> list[tuple[str, str]]:
    return [(entry.signal, entry.words) for entry in store.consents.evidence(person(index))]


@pytest.mark.parametrize(("outcome", "signal"), [(SENT, "reply_sent"), (FAILED, "reply_failed")])
def test_what_a_reply_said_stands_beside_what_became_of_it(
    store: Store, outcome: Outcome, signal: str
) -> None:
    claim = owed(store)
    store.outbox.settle(claim, outcome)
    assert words(store) == [("stop", "stop"), (signal, "the text of goodbye")]


def test_it_does_so_too_when_only_the_provider_knew_that_it_was_sent(store: Store) -> None:
    claim = owed(store)
    store.outbox.settle(claim, UNKNOWN)
    assert store.outbox.report(reported(claim))
    assert words(store)[-1] == ("reply_sent", "the text of goodbye")
    assert store.outbox.report(reported(claim, "read"))
    assert len(words(store)) == 2


def test_each_reply_keeps_its_own_words(store: Store) -> None:
    for index, signal in enumerate([Signal.STOP, Signal.START, Signal.STOP, Signal.HELP]):
        store.outbox.settle(owed(store, index, signal), Outcome(Fate.SENT, NOON, message=sid(index)))
    said = [words(store, index)[-1][1] for index in range(4)]
    assert said == [f"the text of {kind}" for kind in ("goodbye", "welcome", "goodbye", "help")]


def test_a_text_for_a_look_is_not_kept_for_it_may_name_the_person(store: Store) -> None:
    ref = new_ref(person())
    claim = Claim(ref, person(), TEST, "Hello Anna", ref.text, 1, NOON, since=NOON)
    assert store.outbox.claim_trial(claim, State.UNKNOWN, 60)
    assert store.outbox.report(reported(claim))
    assert words(store) == [("reply_sent", "")]


def test_nothing_of_it_is_left_of_somebody_who_was_erased(store: Store) -> None:
    store.outbox.settle(owed(store), SENT)
    store.outbox.settle(owed(store, 1), Outcome(Fate.SENT, NOON, message=sid(78)))
    assert store.erasures.erase(person(), "asked", NOON)
    assert words(store) == []
    assert words(store, 1)[-1] == ("reply_sent", "the text of goodbye")
