"""Taking in many at once, on every store: as committing and saving one by one would, and only who is unknown."""

import pytest

from app.domain.audience.entry import Entry
from app.domain.audience.proof import Origin, imported, likewise, own
from app.domain.consent import Decision, Record, State, decide
from app.domain.errors import StoreUnavailable
from app.domain.partition import partition_of
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.services.audience_ports import Newcomer, ProfileChange, TakeIn
from app.services.ports import Commit
from tests.contract.stores import Store
from tests.stories import NL, NOON, POLICY, after, apply, person, sid, texted

HERE = Origin("people.csv", "cli:ann")
WHOLE = Profile(
    "Zoë", "de Vries", "Europe/Amsterdam", "1234 AB", "NH", frozenset({"vip", "new"}), {"shoe": "41"}, at=NOON
)
BARE = Profile(at=NOON)


def row(index: int, profile: Profile = WHOLE) -> Entry:
    return Entry(index + 2, person(index), NOON, 'the "till"', "v1", NL, profile, repaired=False)


def decision(entry: Entry) -> Decision:
    return decide(Record(), imported(entry, Record(), HERE, after(1)), POLICY)


def newcomer(entry: Entry) -> Newcomer:
    return Newcomer(entry.number, own(entry, HERE), entry.profile)


def take_in(store: Store, *entries: Entry) -> list[bool]:
    return list(prepared(store, decision(row(0)).after, *entries)())


def prepared(store: Store, record: Record, *entries: Entry) -> TakeIn:
    proof = decision(row(0)).evidence
    assert proof is not None
    return store.newcomers.prepare(record, proof, [newcomer(one) for one in entries])


def test_a_stranger_is_kept_as_committing_and_saving_would(store: Store) -> None:
    assert take_in(store, row(0), row(1, BARE)) == [True, True]
    for index, profile in enumerate((WHOLE, BARE)):
        entry = row(index, profile)
        assert store.consents.load(person(index)) == decision(entry).after
        assert list(store.consents.evidence(person(index))) == [decision(entry).evidence]
        assert store.profiles.load(person(index)) == Profile().after(profile)
        assert store.has(person(index), State.SUBSCRIBED)
    assert store.tagged(person(0), "vip")
    assert not store.tagged(person(1), "vip")
    assert store.profiles.field_names() == {"shoe"}


def test_what_took_effect_does_not_take_effect_again(store: Store) -> None:
    take_in(store, row(0))
    commit = store.consents.commit(person(0), decision(row(0)), row(0).mark, None)
    assert commit.result is Commit.SEEN


@pytest.mark.parametrize("signal", [Signal.START, Signal.STOP, Signal.WEB_OPT_IN, Signal.HELP])
def test_of_whom_anything_is_kept_nothing_is_changed(store: Store, signal: Signal) -> None:
    apply(store.consents, person(1), texted(signal, NOON, sid(1)))
    record, evidence = store.consents.load(person(1)), list(store.consents.evidence(person(1)))
    assert take_in(store, row(0), row(1), row(2)) == [True, False, True]
    assert store.consents.load(person(1)) == record
    assert list(store.consents.evidence(person(1))) == evidence
    assert store.profiles.load(person(1)) == Profile()
    assert not store.tagged(person(1), "vip")


def test_a_mark_that_was_seen_takes_nobody_in(store: Store) -> None:
    store.consents.pass_over(person(), Record(), row(0).mark)
    assert take_in(store, row(0)) == [False]
    assert store.consents.load(person()) == Record()


def test_an_erased_person_is_not_taken_in(store: Store) -> None:
    store.erasures.erase(person(), "asked", NOON)
    assert take_in(store, row(0)) == [False]
    assert store.consents.load(person()) == Record()


def test_the_first_of_two_rows_with_one_number_counts(store: Store) -> None:
    later = row(0)._replace(row=9, wording="v2")
    assert take_in(store, row(0), later) == [True, False]
    assert [proof.wording for proof in store.consents.evidence(person())] == ["v1"]


def test_more_than_one_exchange_takes_are_taken_in_all_the_same(store: Store) -> None:
    entries = [row(index, BARE) for index in range(2500)]
    take_in(store, row(1200))
    assert take_in(store, *entries) == [index != 1200 for index in range(2500)]
    assert take_in(store) == []


def test_so_many_of_one_partition_that_one_script_cannot_take_them_are_taken_in(store: Store) -> None:
    here = [index for index in range(130_000) if partition_of(person(index)) == partition_of(person())][:1001]
    entries = [row(index, BARE) for index in here]
    twice = entries[0]._replace(row=2000)
    assert take_in(store, *entries, twice) == [*([True] * len(here)), False]


def test_who_was_taken_in_can_be_told_more(store: Store) -> None:
    take_in(store, row(0))
    known = store.profiles.load(person())
    more = known.after(Profile(first_name="Zoe", at=after(5)))
    assert list(store.profiles.save([ProfileChange(person(), known, more)])) == ["done"]
    assert store.profiles.load(person()).first_name == "Zoe"


def test_the_proof_is_what_deciding_for_each_row_would_keep() -> None:
    first, other = row(0), row(1)._replace(where="web", wording="v2", when=after(-3600))
    like = decision(first).evidence
    assert like is not None
    assert likewise(like, own(other, HERE)) == decision(other).evidence
    assert decision(other).after == decision(first).after


def test_nobody_is_taken_in_who_would_not_be_subscribed(store: Store) -> None:
    with pytest.raises(StoreUnavailable):
        prepared(store, Record(State.HELD, 1), row(0))
