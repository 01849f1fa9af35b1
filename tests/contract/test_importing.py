"""Importing on every store: once each, never against a no, safe to repeat, to race and to interrupt."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience.entry import Entry, Problem, Reason
from app.domain.audience.proof import Origin
from app.domain.consent import Record, State
from app.domain.errors import StoreUnavailable
from app.domain.evidence import Channel
from app.domain.profile import Profile
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange
from app.services.import_subscribers import Effect, ImportSubscribers, Outcome, Row, Taken
from tests.contract.stores import Store, memory_store
from tests.fakes.memory_newcomers import MemoryNewcomers
from tests.stories import EN, NL, NOON, POLICY, after, apply, decided, person, sid, texted

HERE = Origin("people.csv", "cli:ann")
LATER = after(hours=1)


def importer(store: Store) -> ImportSubscribers:
    return ImportSubscribers(
        store.consents, store.profiles, store.newcomers, store.erasures, POLICY, lambda: LATER
    )


def entry(index: int = 0, *, row: int = 2, hours: float = -5, **known: object) -> Entry:
    when = after(hours=hours)
    profile = Profile(**({"first_name": "Ann"} | known), at=when)  # type: ignore[arg-type]
    return Entry(row, person(index), when, "till", "v1", NL, profile, repaired=False)


def bring_in(store: Store, *rows: Row, size: int = 3) -> list[Outcome]:
    batches = [rows[start : start + size] for start in range(0, len(rows), size)]
    return [outcome for outcomes in importer(store)(batches, HERE) for outcome in outcomes]


def effect(outcome: Outcome) -> str:
    return outcome.effect if isinstance(outcome, Taken) else outcome.reason


def everything(store: Store, people: int = 6) -> list[tuple[Record, Profile, list[object]]]:
    return [
        (
            store.consents.load(person(index)),
            store.profiles.load(person(index)),
            list(store.consents.evidence(person(index))),
        )
        for index in range(people)
    ]


def test_somebody_new_is_subscribed_with_the_whole_proof(store: Store) -> None:
    (outcome,) = bring_in(store, entry(tags=frozenset({"vip"})))
    assert outcome == Taken(entry(tags=frozenset({"vip"})), Effect.SUBSCRIBED)
    assert store.has(person(), State.SUBSCRIBED)
    (proof,) = store.consents.evidence(person())
    assert (proof.at, proof.signal, proof.channel) == (LATER, "import", Channel.IMPORT)
    assert (proof.actor, proof.words, proof.wording) == (
        "cli:ann at till",
        "agreed 2026-03-02T07:00:00+00:00",
        "v1",
    )
    assert (proof.before, proof.after, proof.rule) == ("unknown", "subscribed", "people.csv, row 2")
    assert store.consents.load(person()).language == NL
    assert store.profiles.load(person()).first_name == "Ann"
    assert store.tagged(person(), "vip")


@pytest.mark.parametrize(
    ("signals", "told", "state"),
    [
        ([], "subscribed", State.SUBSCRIBED),
        ([Signal.WEB_OPT_IN], "subscribed", State.SUBSCRIBED),
        ([Signal.START], "updated", State.SUBSCRIBED),
        ([Signal.START, Signal.UNCLEAR], "updated", State.HELD),
        ([Signal.STOP], "opted out", State.OPTED_OUT),
        ([Signal.START, Signal.STOP], "opted out", State.OPTED_OUT),
        ([Signal.START, Signal.NUMBER_GONE], "number gone", State.OPTED_OUT),
    ],
)
def test_each_state_takes_an_import_as_the_table_says(
    store: Store, signals: Sequence[Signal], told: str, state: State
) -> None:
    for index, signal in enumerate(signals):
        apply(store.consents, person(), texted(signal, after(hours=-9, seconds=index), sid(index)))
    (outcome,) = bring_in(store, entry())
    assert effect(outcome) == told
    assert store.consents.load(person()).state is state
    assert bool(store.profiles.load(person()).first_name) is (state is not State.OPTED_OUT)
    if state is State.HELD:
        assert isinstance(outcome, Taken)
        assert outcome.but is not None
        assert outcome.but.reason is Reason.HELD


def test_importing_again_changes_nothing_from_whatever_file(store: Store) -> None:
    rows = [entry(0), Problem(3, Reason.INVALID, "no number"), entry(1, row=4), entry(2, row=5)]
    apply(store.consents, person(2), texted(Signal.STOP, NOON, sid(1)))
    first = bring_in(store, *rows)
    before = everything(store)
    elsewhere = [
        entry(0, row=11),
        Problem(12, Reason.INVALID, "no number"),
        *(entry(n, row=12 + n) for n in (1, 2)),
    ]
    second = bring_in(store, *elsewhere, size=2)
    assert everything(store) == before
    assert [effect(one) for one in first] == ["subscribed", "invalid", "subscribed", "opted out"]
    assert [effect(one) for one in second] == ["unchanged", "invalid", "unchanged", "opted out"]


def test_who_opted_out_after_an_import_is_not_subscribed_by_it_again(store: Store) -> None:
    bring_in(store, entry())
    apply(store.consents, person(), texted(Signal.STOP, LATER, sid(1)))
    assert [effect(one) for one in bring_in(store, entry())] == ["opted out"]
    assert [effect(one) for one in bring_in(store, entry(hours=-1))] == ["opted out"]
    assert store.consents.load(person()).state is State.OPTED_OUT
    assert not store.has(person(), State.SUBSCRIBED)


def test_what_is_known_more_recently_is_kept_and_said(store: Store) -> None:
    bring_in(store, entry(hours=-2, first_name="Anna"))
    (outcome,) = bring_in(store, entry(hours=-3, first_name="Ann"))
    assert isinstance(outcome, Taken)
    assert outcome.but is not None
    assert (outcome.effect, outcome.but.reason) == (Effect.UNCHANGED, Reason.NEWER)
    assert store.profiles.load(person()).first_name == "Anna"
    (outcome,) = bring_in(store, entry(hours=-1, first_name="", last_name="Jansen"))
    assert effect(outcome) == "updated"
    assert store.profiles.load(person()).last_name == "Jansen"


def test_the_language_that_somebody_was_heard_to_speak_is_kept(store: Store) -> None:
    apply(store.consents, person(), texted(Signal.START, NOON, sid(1), language=EN))
    bring_in(store, entry())
    assert store.consents.load(person()).language == Language("en")


def test_a_rehearsal_tells_the_same_and_writes_nothing(store: Store) -> None:
    for index, signal in enumerate((Signal.START, Signal.STOP, Signal.WEB_OPT_IN)):
        apply(store.consents, person(index), texted(signal, after(hours=-9), sid(index)))
    rows = [entry(index, row=index) for index in range(4)]
    before = everything(store)
    told = [effect(one) for batch in importer(store).rehearse([rows], HERE) for one in batch]
    assert everything(store) == before
    assert (
        told
        == [effect(one) for one in bring_in(store, *rows)]
        == ["updated", "opted out", "subscribed", "subscribed"]
    )


people = st.integers(0, 5)
rows = st.lists(
    st.builds(
        lambda index, hours, name: entry(index, hours=hours, first_name=name),
        people,
        st.sampled_from([-1, -2, -3]),
        st.sampled_from(["", "Ann", "Bob"]),
    ),
    max_size=12,
).map(lambda found: [one._replace(row=row) for row, one in enumerate(found, 2)])
pasts = st.lists(st.tuples(people, st.sampled_from([Signal.START, Signal.STOP, Signal.UNCLEAR])), max_size=8)


def lived(past: Sequence[tuple[int, Signal]]) -> Store:
    store = memory_store()
    for place, (index, signal) in enumerate(past):
        event = texted(signal, after(hours=-9, seconds=place), sid(place))
        if decided(store.consents.load(person(index)), event).evidence is not None:
            apply(store.consents, person(index), event)
    return store


@given(pasts, rows, st.integers(1, 5))
def test_twice_is_once_and_no_opt_out_is_ever_undone(
    past: list[tuple[int, Signal]], file: list[Row], size: int
) -> None:
    store = lived(past)
    out = [index for index in range(6) if store.consents.load(person(index)).state is State.OPTED_OUT]
    first = bring_in(store, *file, size=size)
    once = everything(store)
    again = bring_in(store, *file, size=size)
    assert [state for state, *_ in everything(store)] == [state for state, *_ in once]
    assert [proof for *_, proof in everything(store)] == [proof for *_, proof in once]
    assert len(first) == len(again) == len(file)
    assert all(store.consents.load(person(index)).state is State.OPTED_OUT for index in out)


@given(pasts, rows, st.integers(1, 4), st.integers(0, 4))
def test_interrupted_anywhere_and_repeated_it_ends_as_if_it_had_not_been(
    past: list[tuple[int, Signal]], file: list[Entry], size: int, batches_done: int
) -> None:
    """A file names each number once: what comes a second time is a duplicate before it gets here."""
    file = list({one.number: one for one in file}.values())
    whole, halved = lived(past), lived(past)
    bring_in(whole, *file, size=size)
    run = importer(halved)([file[at : at + size] for at in range(0, len(file), size)], HERE)
    for _ in range(batches_done):
        next(run, None)
    run.close()  # type: ignore[attr-defined]
    bring_in(halved, *file, size=size)
    assert everything(halved) == everything(whole)


def test_a_store_that_goes_away_ends_the_import_and_what_was_told_is_kept() -> None:
    store = memory_store()

    class Failing(type(store.profiles)):  # type: ignore[misc]
        """Profiles that are away once Bob is among them."""

        def save(self, changes: Sequence[ProfileChange]) -> object:
            if any(change.number == person(1) for change in changes):
                raise StoreUnavailable("away")
            return super().save(changes)

    failing = Failing(lambda number: store.consents.load(number).version > 0)
    newcomers = MemoryNewcomers(store.consents, failing)  # type: ignore[arg-type]
    run = ImportSubscribers(store.consents, failing, newcomers, store.erasures, POLICY, lambda: LATER)(
        [[entry(0)], [entry(1, row=3)]], HERE
    )
    assert [effect(one) for one in next(run)] == ["subscribed"]
    with pytest.raises(StoreUnavailable):
        next(run)
    assert failing.load(person(0)).first_name == "Ann"


def test_a_damaged_file_is_told_after_what_came_before_it() -> None:
    store = memory_store()

    def batches() -> Iterator[Sequence[Row]]:
        yield [entry(0)]
        raise ValueError("damaged")

    run = importer(store)(batches(), HERE)
    assert [effect(one) for one in next(run)] == ["subscribed"]
    with pytest.raises(ValueError, match="damaged"):
        next(run)
    assert store.consents.load(person(0)).state is State.SUBSCRIBED
