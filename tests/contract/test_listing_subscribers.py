"""Listing and counting the audience on every store."""

import pytest

from app.domain.profile import Profile
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange
from app.services.list_subscribers import ListSubscribers, Wanted
from tests.contract.stores import Store
from tests.stories import EN, NL, after, apply, person, sid, texted


@pytest.fixture
def listing(store: Store) -> ListSubscribers:
    """Ten people: 0 to 7 subscribed a minute apart, 8 opted out, 9 asked for help; those from 4 on have a tag."""
    for index in range(9):
        language = EN if index % 2 else NL
        apply(
            store.consents,
            person(index),
            texted(Signal.START, after(60 * index), sid(index), language=language),
        )
    apply(store.consents, person(8), texted(Signal.STOP, after(600), sid(20)))
    apply(store.consents, person(9), texted(Signal.HELP, after(600), sid(21)))
    store.profiles.save(
        [
            ProfileChange(person(index), Profile(), Profile(f"P{index}", tags=frozenset({"vip"}), version=1))
            for index in range(4, 10)
        ]
    )
    return ListSubscribers(store.audience, store.consents, store.profiles)


@pytest.mark.parametrize(
    ("wanted", "people"),
    [
        (Wanted(), range(8)),
        (Wanted(tag="vip"), range(4, 8)),
        (Wanted(tag="nobody"), []),
        (Wanted(language=Language("en")), [1, 3, 5, 7]),
        (Wanted(since=after(300)), [5, 6, 7]),
        (Wanted(tag="vip", language=Language("nl"), since=after(300)), [6]),
    ],
)
def test_who_is_wanted_is_listed_and_counted_and_nobody_who_is_not_subscribed(
    listing: ListSubscribers, wanted: Wanted, people: list[int]
) -> None:
    found = list(listing(wanted))
    assert sorted(one.number for one in found) == [person(index) for index in people]
    assert listing.count(wanted) == len(people)
    assert all(
        one.profile.first_name == ("P" + one.number.e164[-1] if one.profile.tags else "") for one in found
    )
