"""What is owed leaves once, whatever the provider makes of it."""

import pytest

from app.services.ports import FateUnknown, NotSent, Refused
from app.services.record_status import StatusReport
from tests.fakes.memory_provider import LOST_ANSWER
from tests.services.conftest import GRACE, LEASE, Installation
from tests.stories import person, sid


def test_an_owed_reply_leaves_once(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    assert shop_floor.bell.rung == 1
    assert shop_floor.deliver() == 1
    assert shop_floor.deliver() == 0
    assert shop_floor.answers() == ["goodbye"]
    assert shop_floor.proof() == ["stop", "reply_sent"]


@pytest.mark.parametrize("texted", ["+3197010200001", ""])
def test_a_reply_goes_out_from_the_number_that_was_texted(shop_floor: Installation, texted: str) -> None:
    shop_floor.text("STOP", 1, to=texted)
    shop_floor.deliver()
    assert [one.sender for one in shop_floor.provider.sent] == [texted]


def test_everything_due_leaves_in_one_drain_each_persons_in_order(shop_floor: Installation) -> None:
    for index in range(70):
        shop_floor.text("STOP", index, index)
    shop_floor.now.goes_on(1)
    shop_floor.text("HELP", 100)
    assert shop_floor.deliver() == 71
    assert [one.body for one in shop_floor.provider.sent if one.number == person()] == ["goodbye", "help"]


def test_nothing_is_sent_to_who_has_stopped_meanwhile_but_the_goodbye(shop_floor: Installation) -> None:
    shop_floor.text("START", 1)
    shop_floor.now.goes_on(1)
    shop_floor.text("STOP", 2)
    shop_floor.deliver()
    shop_floor.deliver()
    assert shop_floor.answers() == ["goodbye"]


def test_a_block_at_the_provider_becomes_an_opt_out(shop_floor: Installation) -> None:
    shop_floor.text("START", 1)
    shop_floor.provider.next.append(Refused(21610, blocked=True, gone=False))
    shop_floor.deliver()
    assert shop_floor.state() == "opted_out"
    assert shop_floor.proof() == ["start", "provider_stop", "reply_failed"]
    assert shop_floor.deliver() == 0


def test_a_number_that_is_gone_becomes_an_opt_out(shop_floor: Installation) -> None:
    shop_floor.text("START", 1)
    shop_floor.provider.next.append(Refused(30006, blocked=False, gone=True))
    shop_floor.deliver()
    assert (shop_floor.state(), shop_floor.proof()[1]) == ("opted_out", "number_gone")


def test_any_other_refusal_is_final_and_says_nothing_of_the_person(shop_floor: Installation) -> None:
    shop_floor.text("START", 1)
    shop_floor.provider.next.append(Refused(21614, blocked=False, gone=False))
    shop_floor.deliver()
    assert shop_floor.state() == "subscribed"
    assert shop_floor.store.evidence(person())[-1].note == "refused with error 21614"
    shop_floor.now.goes_on(hours=99)
    assert shop_floor.deliver() == 0


def test_what_was_not_sent_is_tried_again_after_its_pause(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(NotSent(after=7, code=20429))
    assert shop_floor.deliver() == 1
    shop_floor.now.goes_on(6.9)
    assert shop_floor.deliver() == 0
    shop_floor.now.goes_on(0.2)
    assert shop_floor.deliver() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_the_pause_grows_to_a_minute(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    for pause in (1, 1, 2, 4, 8, 16, 32, 60, 60, 60):
        shop_floor.provider.next.append(NotSent(after=1))
        assert shop_floor.deliver() == 1
        shop_floor.now.goes_on(pause - 0.001)
        assert not shop_floor.store.owes(shop_floor.now())
        shop_floor.now.goes_on(0.001)


def test_an_error_of_our_own_account_waits_until_it_is_mended(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    for _ in range(20):
        shop_floor.provider.next.append(NotSent(after=60, code=20003))
        assert shop_floor.deliver() == 1
        assert shop_floor.deliver() == 0
        shop_floor.now.goes_on(60)
    assert shop_floor.deliver() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_after_24_hours_it_is_given_up_with_proof(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.now.goes_on(hours=24)
    shop_floor.provider.next.append(NotSent(after=60, code=20003))
    assert shop_floor.deliver() == 1
    shop_floor.now.goes_on(61)
    shop_floor.provider.next.append(NotSent(after=60, code=20003))
    assert shop_floor.deliver() == 1
    assert shop_floor.proof() == ["stop", "reply_failed"]
    shop_floor.now.goes_on(hours=24)
    assert shop_floor.deliver() == 0


@pytest.mark.parametrize("fate", [FateUnknown("HTTP 503"), LOST_ANSWER])
def test_an_unknown_fate_is_never_sent_again_without_asking(
    shop_floor: Installation, fate: FateUnknown
) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(fate)
    shop_floor.deliver()
    shop_floor.now.goes_on(hours=99)
    assert shop_floor.deliver() == 0


def test_an_unknown_that_the_provider_has_is_sent(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(LOST_ANSWER)
    shop_floor.deliver()
    assert shop_floor.settle() == 0
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 1
    assert shop_floor.settle() == 0
    assert shop_floor.deliver() == 0
    assert shop_floor.proof() == ["stop", "reply_sent"]


def test_an_unknown_that_the_provider_has_not_is_owed_again(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(FateUnknown("HTTP 503"))
    shop_floor.deliver()
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 1
    assert shop_floor.deliver() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_one_message_at_the_provider_stands_for_one_goodbye_only(shop_floor: Installation) -> None:
    shop_floor.provider.next += [LOST_ANSWER]
    shop_floor.text("STOP", 0)
    shop_floor.deliver()
    sent = shop_floor.provider.sent[0]
    shop_floor.record_status(
        StatusReport(
            sent.ref, sent.number, sent.message, "sent", 0, blocked=False, gone=False, at=shop_floor.now()
        )
    )
    shop_floor.now.goes_on(1)
    shop_floor.text("START", 1)
    shop_floor.text("STOP", 2)
    shop_floor.provider.next += [FateUnknown("reset")]
    shop_floor.deliver()
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 1  # the list has the first goodbye, which is taken
    shop_floor.deliver()
    assert shop_floor.answers() == ["goodbye", "goodbye"]


def test_a_text_waits_for_the_one_before_it(shop_floor: Installation) -> None:
    shop_floor.provider.next += [FateUnknown("reset")]
    shop_floor.text("STOP", 0)
    shop_floor.deliver()
    shop_floor.text("START", 1)
    shop_floor.deliver()
    assert shop_floor.answers() == []  # a welcome now, and the goodbye would come after it
    shop_floor.now.goes_on(GRACE)
    shop_floor.settle()
    shop_floor.deliver()
    shop_floor.now.goes_on(1)
    shop_floor.deliver()
    assert shop_floor.answers() == ["goodbye", "welcome"]


def test_a_worker_that_died_is_asked_about(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    assert len(shop_floor.store.claim(shop_floor.now(), LEASE, 20)) == 1  # and then nothing more
    shop_floor.now.goes_on(LEASE)
    assert shop_floor.settle() == 0
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 1
    assert shop_floor.deliver() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_a_silent_provider_is_asked_again_later(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(LOST_ANSWER)
    shop_floor.deliver()
    shop_floor.now.goes_on(GRACE)
    shop_floor.provider.silent = True
    assert shop_floor.settle() == 0
    assert shop_floor.deliver() == 0
    shop_floor.provider.silent = False
    shop_floor.now.goes_on(GRACE / 4)
    assert shop_floor.settle() == 1
    assert shop_floor.answers() == ["goodbye"]


def test_a_callback_settles_an_unknown_before_anybody_asks(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.provider.next.append(LOST_ANSWER)
    shop_floor.deliver()
    (sent,) = shop_floor.provider.sent
    report = StatusReport(
        sent.ref, person(), sent.message, "delivered", 0, blocked=False, gone=False, at=shop_floor.now()
    )
    assert shop_floor.record_status(report)
    assert not shop_floor.record_status(report)
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 0
    assert shop_floor.proof() == ["stop", "reply_sent"]


def test_a_report_without_a_number_is_no_news(shop_floor: Installation) -> None:
    report = StatusReport(None, None, sid(1), "sent", 21610, blocked=True, gone=False, at=shop_floor.now())
    assert not shop_floor.record_status(report)
