"""What every implementation of the port Profiles does."""

from dataclasses import replace

from app.domain.profile import Profile
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange, Saved
from tests.contract.stores import Store
from tests.stories import NOON, after, apply, person, sid, texted

FULL = Profile(
    first_name="Zoë",
    last_name="van 't Hof\u200d",
    zone="Europe/Amsterdam",
    postcode="1011 AB",
    state="NH",
    tags=frozenset({"vip", "nieuwe klant"}),
    fields={"shop": "Utrecht", "points": "=1+1"},
    at=after(0.123),
    version=1,
)


def known(store: Store, index: int = 0) -> None:
    apply(store.consents, person(index), texted(Signal.START, NOON, sid(index)))


def save(store: Store, before: Profile, after: Profile, index: int = 0) -> Saved:
    return store.profiles.save([ProfileChange(person(index), before, after)])[0]


def test_nothing_is_known_at_first(store: Store) -> None:
    assert store.profiles.load(person()) == Profile()


def test_everything_of_a_profile_comes_back(store: Store) -> None:
    known(store)
    assert save(store, Profile(), FULL) is Saved.DONE
    assert store.profiles.load(person()) == FULL
    least = Profile(version=2)
    assert save(store, FULL, least) is Saved.DONE
    assert store.profiles.load(person()) == least


def test_the_sets_follow_the_tags(store: Store) -> None:
    known(store)
    save(store, Profile(), FULL)
    changed = replace(FULL, tags=frozenset({"vip", "gone"}), version=2)
    assert save(store, FULL, changed) is Saved.DONE
    tags = ("vip", "nieuwe klant", "gone")
    assert [store.tagged(person(), tag) for tag in tags] == [True, False, True]


def test_a_change_of_an_old_profile_is_stale_and_writes_nothing(store: Store) -> None:
    known(store)
    save(store, Profile(), FULL)
    assert save(store, Profile(), Profile(first_name="Ann", tags=frozenset({"x"}), version=1)) is Saved.STALE
    assert store.profiles.load(person()) == FULL
    assert not store.tagged(person(), "x")


def test_nothing_is_kept_of_who_has_no_record(store: Store) -> None:
    assert save(store, Profile(), FULL) is Saved.NOBODY
    assert store.profiles.load(person()) == Profile()
    assert not store.tagged(person(), "vip")


def test_many_are_loaded_and_saved_in_the_order_asked(store: Store) -> None:
    known(store, 1)
    known(store, 3)
    changes = [
        ProfileChange(person(index), Profile(), Profile(first_name=f"P{index}", version=1))
        for index in range(4)
    ]
    assert store.profiles.save(changes) == [Saved.NOBODY, Saved.DONE, Saved.NOBODY, Saved.DONE]
    loaded = store.profiles.load_many([person(index) for index in (3, 2, 1)])
    assert [profile.first_name for profile in loaded] == ["P3", "", "P1"]
    assert store.profiles.load_many([]) == []
    assert store.profiles.save([]) == []


def test_the_names_of_fields_are_known_once_anybody_has_had_them(store: Store) -> None:
    assert store.profiles.field_names() == frozenset()
    known(store)
    save(store, Profile(), FULL)
    assert store.profiles.field_names() == {"shop", "points"}
    save(store, FULL, Profile(version=2))
    assert store.profiles.field_names() == {"shop", "points"}
