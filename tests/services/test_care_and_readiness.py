"""What staff and the shop do about one person, and the checks behind /ready."""

from datetime import timedelta

import pytest

from app.domain.consent import Record, Told
from app.domain.errors import BadInput
from app.services.readiness import NEEDED, Readiness
from tests.fakes.small_ports import SetTime
from tests.services.conftest import Installation
from tests.services.servers import FIT, Server
from tests.stories import EN, NOON, person


def unfit(server: Server) -> dict[str, str]:
    readiness = Readiness(server, server, server, server, server, SetTime(), read_back_seconds=60)
    return {str(check.name): str(check.fix) for check in readiness() if not check.ok}


def test_a_fit_installation_has_nothing_to_mend() -> None:
    assert unfit(Server()) == {}


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", ["wrong", None])
def test_each_setting_that_breaks_a_promise_is_named_with_its_fix(name: str, value: str | None) -> None:
    settings = {**FIT, name: value} if value else {key: FIT[key] for key in FIT if key != name}
    found = unfit(Server(settings))
    assert list(found) == [f"store {name}"]
    assert found[f"store {name}"]


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (14.9, True), (15, False), (9999, False)])
def test_a_clock_that_has_been_silent_for_15_seconds_is_not_fit(seconds: float, *, ok: bool) -> None:
    assert (unfit(Server(beat=NOON - timedelta(seconds=seconds))) == {}) == ok


def test_a_clock_that_never_ran_is_to_be_started() -> None:
    assert unfit(Server(beat=None)) == {"clock": "start the clock: python -m workers.clock"}


def test_what_is_down_is_told_and_the_rest_is_still_looked_at() -> None:
    assert set(unfit(Server(down=True))) == {"store", "queue", "clock", "read back", "replies"}


@pytest.mark.parametrize(("seconds", "ok"), [(-60, True), (29, True), (30, False), (9999, False)])
def test_a_reply_that_nobody_takes_is_told_however_many_workers_are_listed(
    seconds: float, *, ok: bool
) -> None:
    found = unfit(Server(due=NOON - timedelta(seconds=seconds)))
    assert list(found) == ([] if ok else ["replies"])


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (179, True), (180, False), (9999, False)])
def test_missed_messages_that_have_not_been_read_for_three_turns_are_told(
    seconds: float, *, ok: bool
) -> None:
    found = unfit(Server(read_to=NOON - timedelta(seconds=seconds)))
    assert list(found) == ([] if ok else ["read back"])


def test_before_the_first_reading_there_is_nothing_to_tell() -> None:
    assert unfit(Server(read_to=None)) == {}


def invite(floor: Installation, **changes: object) -> Told:
    said: dict[str, object] = {"source": "checkout", "wording": "Ja, sms mij", "version": "", "language": EN}
    return floor.care.invite(person(), actor="shop", **said | changes)  # type: ignore[arg-type]


def test_a_stranger_is_shown_as_one(shop_floor: Installation) -> None:
    shown = shop_floor.care.show(person())
    assert (shown.record, list(shown.evidence)) == (Record(), [])
    assert person().e164 not in repr(shown)


def test_staff_opt_somebody_out_with_a_reason_and_a_goodbye(shop_floor: Installation) -> None:
    assert shop_floor.care.opt_out(person(), reason=" asked by phone ", actor="Anna") is Told.DONE
    shop_floor.deliver()
    assert shop_floor.answers() == ["goodbye"]
    (proof, _) = shop_floor.store.evidence(person())
    assert (proof.words, proof.actor, proof.channel, proof.at) == ("asked by phone", "Anna", "staff", NOON)
    assert shop_floor.care.opt_out(person(), reason="again", actor="Anna") is Told.ALREADY


def test_an_invitation_asks_first_and_keeps_the_wording(shop_floor: Installation) -> None:
    assert invite(shop_floor) is Told.DONE
    assert shop_floor.state() == "pending"
    proof = shop_floor.store.evidence(person())[0]
    assert (proof.words, proof.actor) == ("Ja, sms mij", "shop at checkout")
    assert proof.wording.startswith("sha256:")
    invite(shop_floor, wording="Ja, sms me")
    assert shop_floor.store.evidence(person())[1].wording != proof.wording
    invite(shop_floor, version="v7")
    assert shop_floor.store.evidence(person())[2].wording == "v7"


def test_who_opted_out_is_not_invited_but_told_to_text_start(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    assert invite(shop_floor) is Told.MUST_TEXT_START
    assert shop_floor.state() == "opted_out"


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_proof_without_words_is_refused_before_anything_is_written(
    shop_floor: Installation, empty: str
) -> None:
    for nothing in ({"wording": empty}, {"source": empty}):
        with pytest.raises(BadInput, match="the proof needs"):
            invite(shop_floor, **nothing)
    with pytest.raises(BadInput, match="the proof needs"):
        shop_floor.care.opt_out(person(), reason=empty, actor="Anna")
    assert shop_floor.proof() == []
