"""Messages whose webhook was missed take the effect that they would have had, and no more."""

from typing import Any

import pytest

from app.domain.errors import ProviderUnavailable, StoreUnavailable
from app.domain.number import Number
from app.services.expire_pending import ExpirePending
from app.services.ports import Committed
from tests.services.conftest import GRACE, PENDING_DAYS, Installation
from tests.stories import NOON, after, person


def caught_up(floor: Installation) -> Installation:
    floor.bookmarks.moment = floor.now()
    return floor


def invite(floor: Installation, who: int = 0) -> str:
    return floor.care.invite(
        person(who), source="checkout", wording="Ja, sms mij", version="", language=None, actor="shop"
    )


def test_the_first_reading_only_sets_the_bookmark(shop_floor: Installation) -> None:
    shop_floor.missed("STOP", 1)
    assert shop_floor.read_back() == 0
    assert shop_floor.bookmarks.moment == NOON
    assert shop_floor.state() == "unknown"


def test_a_missed_stop_counts_and_is_confirmed_once(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.now.goes_on(60)
    shop_floor.missed("STOP", 1)
    shop_floor.now.goes_on(60)
    assert shop_floor.read_back() == 1
    assert shop_floor.state() == "opted_out"
    assert shop_floor.deliver() == 0  # perhaps it went out already: the provider is asked first
    assert shop_floor.settle() == 1
    assert shop_floor.deliver() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_the_proof_of_a_missed_message_says_when_it_was_sent_and_when_we_learnt_it(
    shop_floor: Installation,
) -> None:
    caught_up(shop_floor)
    shop_floor.missed("STOP", 1)
    shop_floor.missed("HELP", 2, who=1)
    shop_floor.text("STOP", 3, who=2)
    shop_floor.now.goes_on(90)
    shop_floor.read_back()
    (proof,) = shop_floor.store.evidence(person())
    assert (proof.at, proof.note) == (NOON, "read back at 2026-03-02 12:01:30 UTC")
    assert shop_floor.store.evidence(person(1))[0].note == "read back at 2026-03-02 12:01:30 UTC"
    assert shop_floor.store.evidence(person(2))[0].note == ""


def test_what_came_too_late_to_decide_says_both(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.missed("START", 1)
    shop_floor.now.goes_on(30)
    shop_floor.text("STOP", 2)
    shop_floor.now.goes_on(30)
    shop_floor.read_back()
    newest = shop_floor.store.evidence(person())[-1]
    assert newest.note == "read back at 2026-03-02 12:01:00 UTC; late: a newer message had decided"


def test_what_came_by_webhook_has_no_second_effect(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.text("STOP", 1)
    shop_floor.deliver()
    shop_floor.now.goes_on(60)
    assert shop_floor.read_back() == 1
    assert shop_floor.read_back() == 1  # the overlap
    shop_floor.now.goes_on(GRACE)
    shop_floor.settle()
    shop_floor.deliver()
    assert shop_floor.proof() == ["stop", "reply_sent"]
    assert shop_floor.answers() == ["goodbye"]


def test_missed_messages_take_effect_in_the_order_they_were_sent(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    for index, body in enumerate(["START", "STOP", "START", "STOP"]):
        shop_floor.now.goes_on(30)
        shop_floor.missed(body, index)
    shop_floor.read_back()
    assert shop_floor.proof() == ["start", "stop", "start", "stop"]
    assert shop_floor.state() == "opted_out"


def test_a_missed_start_loses_to_the_stop_that_came_after_it(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.missed("START", 1)
    shop_floor.now.goes_on(30)
    shop_floor.text("STOP", 2)
    shop_floor.now.goes_on(30)
    shop_floor.read_back()
    assert shop_floor.state() == "opted_out"


def test_a_missed_start_after_a_stop_counts(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.text("STOP", 1)
    shop_floor.now.goes_on(30)
    shop_floor.missed("START", 2)
    shop_floor.read_back()
    assert shop_floor.state() == "subscribed"


def test_a_yes_that_was_ignored_does_not_answer_a_later_question(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.text("JA", 1)
    shop_floor.now.goes_on(30)
    invite(shop_floor)
    shop_floor.now.goes_on(30)
    shop_floor.read_back()
    assert shop_floor.state() == "pending"


def test_the_list_is_read_a_quarter_of_an_hour_further_back(shop_floor: Installation) -> None:
    shop_floor.missed("STOP", 1, who=1)
    shop_floor.now.goes_on(1)
    shop_floor.missed("STOP", 2, who=2)
    shop_floor.bookmarks.moment = after(15 * 60 + 1)
    shop_floor.now.goes_on(15 * 60 + 10)
    assert shop_floor.read_back() == 1
    assert (shop_floor.state(1), shop_floor.state(2)) == ("unknown", "opted_out")


def test_the_next_reading_begins_where_this_one_began(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.now.goes_on(60)
    shop_floor.read_back()
    assert shop_floor.bookmarks.moment == after(60)


def test_a_provider_that_does_not_answer_leaves_the_bookmark_where_it_was(shop_floor: Installation) -> None:
    caught_up(shop_floor)
    shop_floor.now.goes_on(60)
    shop_floor.provider.silent = True
    with pytest.raises(ProviderUnavailable):
        shop_floor.read_back()
    assert shop_floor.bookmarks.remembered == []


def test_a_store_that_fails_in_the_middle_leaves_the_bookmark_where_it_was(
    shop_floor: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught_up(shop_floor)
    shop_floor.missed("STOP", 1)

    def gone(*_: object) -> None:
        raise StoreUnavailable("gone")

    with monkeypatch.context() as broken:
        broken.setattr(shop_floor.store, "commit", gone)
        with pytest.raises(StoreUnavailable):
            shop_floor.read_back()
    assert shop_floor.bookmarks.remembered == []
    shop_floor.read_back()
    assert shop_floor.state() == "opted_out"


def broken_record_of(floor: Installation, who: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store cannot read what it has of this person; of everybody else it can."""
    real = floor.store.commit

    def commit(number: Number, *arguments: Any) -> Committed:
        if number == person(who):
            raise StoreUnavailable("the store holds something unreadable: ValueError")
        return real(number, *arguments)

    monkeypatch.setattr(floor.store, "commit", commit)


def test_one_record_that_cannot_be_read_holds_up_nobody_else(
    shop_floor: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught_up(shop_floor)
    for who in range(3):
        shop_floor.missed("EINDE", who, who=who)
    with monkeypatch.context() as broken:
        broken_record_of(shop_floor, 0, broken)
        with pytest.raises(StoreUnavailable, match=r"1 of 3 had no effect yet: .* unreadable"):
            shop_floor.read_back()
    assert [shop_floor.state(who) for who in range(3)] == ["unknown", "opted_out", "opted_out"]
    assert shop_floor.bookmarks.remembered == []
    shop_floor.read_back()
    assert shop_floor.state() == "opted_out"


def test_one_record_that_cannot_be_read_does_not_keep_other_sign_ups_alive(
    shop_floor: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(shop_floor)
    invite(shop_floor, who=1)
    shop_floor.now.goes_on(hours=24 * PENDING_DAYS)
    broken_record_of(shop_floor, 0, monkeypatch)
    with pytest.raises(StoreUnavailable, match="1 of 2"):
        shop_floor.expire()
    assert (shop_floor.state(), shop_floor.state(1)) == ("pending", "unknown")


def test_a_sign_up_that_is_never_confirmed_ends(shop_floor: Installation) -> None:
    invite(shop_floor)
    shop_floor.now.goes_on(hours=24 * PENDING_DAYS - 1)
    invite(shop_floor, who=1)
    assert shop_floor.expire() == 0
    shop_floor.now.goes_on(hours=1)
    assert shop_floor.expire() == 1
    assert (shop_floor.state(), shop_floor.state(1)) == ("unknown", "pending")
    assert shop_floor.proof()[-1] == "expire"
    assert shop_floor.expire() == 0


def test_expiry_says_how_long_it_waited(shop_floor: Installation) -> None:
    invite(shop_floor)
    shop_floor.now.goes_on(hours=13)
    ExpirePending(shop_floor.store, shop_floor.apply, shop_floor.now, 0.5)()
    assert shop_floor.store.evidence(person())[-1].words == "no answer in 0.5 days"
