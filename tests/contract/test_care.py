"""What the support desk's stores promise: notes, numbers by their ending, and the counts of each day."""

from datetime import timedelta

from app.domain.audience.proof import Own
from app.domain.consent import Record
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.signal import Signal
from app.services.audience_ports import Newcomer
from app.services.care_ports import Care, CareEntry, Moves
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, decided, person, texted

TODAY = NOON.date()
DAYS = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]


def test_notes_are_kept_in_their_order(store: Store) -> None:
    entries = [CareEntry(after(n), Care.NOTED, "staff:anna", f"Zoë said “{n}”\n") for n in range(3)]
    for entry in entries:
        store.care.add(person(), entry)
    assert store.care.of(person()) == entries
    assert store.care.of(person(1)) == []


def test_erasing_takes_notes_and_the_ending_with_it(store: Store) -> None:
    for number in (person(), person(1)):
        apply(store.consents, number, texted(Signal.START))
        store.care.add(number, CareEntry(NOON, Care.REVEALED, "staff:anna"))
    store.erasures.erase(person(), "asked", NOON)
    assert store.care.of(person()) == []
    assert store.directory.ending_with("0000") == []
    assert store.directory.ending_with("0001") == [person(1)]
    assert len(store.care.of(person(1))) == 1


def test_everybody_is_found_by_their_last_digits_whatever_their_state(store: Store) -> None:
    abroad = Number("+12025550000")
    for number, signal in [(person(), Signal.START), (abroad, Signal.STOP), (person(100), Signal.START)]:
        apply(store.consents, number, texted(signal))
        apply(store.consents, number, texted(Signal.STOP, after(1)))
    assert store.directory.ending_with("0000") == [abroad, person()]
    assert store.directory.ending_with("00") == [abroad, person(), person(100)]
    assert store.directory.ending_with("40000") == [person()]
    assert store.directory.ending_with("9999") == []


def test_joins_and_opt_outs_are_counted_on_their_day_and_only_when_something_changes(store: Store) -> None:
    tomorrow = NOON + timedelta(days=1)
    for signal, at in [
        (Signal.START, NOON),
        (Signal.START, after(1)),
        (Signal.HELP, after(2)),
        (Signal.UNCLEAR, after(3)),
        (Signal.STOP, tomorrow),
        (Signal.STOP, tomorrow + timedelta(seconds=1)),
    ]:
        apply(store.consents, person(), texted(signal, at))
    apply(store.consents, person(1), texted(Signal.STOP))
    assert store.movements.on(DAYS) == {DAYS[0]: Moves(), TODAY: Moves(1, 1), DAYS[2]: Moves(0, 1)}


def test_whoever_is_taken_in_by_an_import_is_found_and_counted_too(store: Store) -> None:
    decision = decided(Record(), texted(Signal.IMPORT))
    assert decision.evidence is not None
    own = [Own("ann at till", "agreed", "v1", f"import {n}", f"file, row {n}") for n in range(3)]
    people = [Newcomer(person(100 * n), one, Profile()) for n, one in enumerate(own)]
    assert store.newcomers.prepare(decision.after, decision.evidence, people)() == [True, True, True]
    assert store.newcomers.prepare(decision.after, decision.evidence, people)() == [False, False, False]
    assert store.directory.ending_with("00") == [person(), person(100), person(200)]
    assert store.movements.on([TODAY]) == {TODAY: Moves(3, 0)}
    store.erasures.erase(person(100), "asked", NOON)
    assert store.directory.ending_with("00") == [person(), person(200)]


def test_errors_of_the_provider_are_counted_by_code_and_day(store: Store) -> None:
    for code, at in [(30003, NOON), (30003, after(1)), (30034, NOON), (30003, NOON + timedelta(days=1))]:
        store.errors.count(code, at)
    assert dict(store.errors.on([TODAY])) == {30003: 2, 30034: 1}
    assert dict(store.errors.on(DAYS)) == {30003: 3, 30034: 1}
    assert dict(store.errors.on(DAYS[:1])) == {}


def test_errors_of_90_days_are_known(store: Store) -> None:
    store.errors.count(30003, NOON)
    store.errors.count(30034, NOON + timedelta(days=90))
    assert dict(store.errors.on([TODAY])) == {30003: 1}
