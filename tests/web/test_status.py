"""The status callback: forward only, once, and heeded when it speaks of the person."""

from collections.abc import Callable

import pytest

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.consent import State
from app.domain.outbox import Claim, Fate, Outcome
from app.domain.partition import partition_of
from tests.stories import person, sid
from tests.web.conftest import Post
from tests.web.twilio import inbound, status


@pytest.fixture
def sent(post: Post, gateway: Gateway) -> Claim:
    """A goodbye that the provider has taken as message 900."""
    assert post("/twilio/sms", inbound("STOP")).status_code == 200
    (claim,) = gateway.outbox.claim(now(), 60, 20)
    gateway.outbox.settle(claim, Outcome(Fate.SENT, now(), message=sid(900)))
    return claim


def signals(gateway: Gateway, index: int = 0) -> list[str]:
    return [proof.signal for proof in gateway.subscriber_care.show(person(index)).evidence]


def test_a_report_is_thanked_without_words(post: Post, sent: Claim) -> None:
    answer = post(f"/twilio/status?ref={sent.ref.text}", status())
    assert (answer.status_code, answer.data) == (204, b"")


def test_reports_in_any_order_and_again_are_all_thanked_and_add_no_proof(
    post: Post, gateway: Gateway, sent: Claim
) -> None:
    before = signals(gateway)
    for state in ("delivered", "queued", "sent", "delivered", "failed", "unheard-of"):
        assert post(f"/twilio/status?ref={sent.ref.text}", status(state)).status_code == 204
    assert signals(gateway) == before


@pytest.mark.parametrize("code", ["30008", "", "0"])
def test_an_error_that_says_nothing_of_the_person_changes_nothing(
    post: Post, gateway: Gateway, sent: Claim, code: str
) -> None:
    before = signals(gateway)
    form = status("undelivered", ErrorCode=code)
    assert post(f"/twilio/status?ref={sent.ref.text}", form).status_code == 204
    assert signals(gateway) == before


def test_a_reference_we_never_gave_is_thanked(post: Post, contents: Callable[[], list[str]]) -> None:
    for ref in (f"{partition_of(person())}-{'0' * 16}", f"{(partition_of(person()) + 1) % 128}-{'0' * 16}"):
        assert post(f"/twilio/status?ref={ref}", status()).status_code == 204
    assert post("/twilio/status", status()).status_code == 204
    assert contents() == []


@pytest.mark.parametrize("ref", ["x", "%2B31612345678", "5-", "5-0123456789ABCDEF"])
def test_what_is_no_reference_is_refused(post: Post, contents: Callable[[], list[str]], ref: str) -> None:
    assert post(f"/twilio/status?ref={ref}", status()).status_code == 400
    assert contents() == []


@pytest.mark.parametrize(
    "changes",
    [{"ErrorCode": "x"}, {"ErrorCode": "9" * 5000}, {"ErrorCode": "²"}, {"To": ""}, {"MessageStatus": ""}],
)
def test_a_report_that_cannot_be_twilios_is_refused(post: Post, changes: dict[str, str]) -> None:
    assert post("/twilio/status", status(**changes)).status_code == 400


@pytest.mark.parametrize(
    ("code", "signal"), [("21610", "provider_stop"), ("30005", "number_gone"), ("30006", "number_gone")]
)
def test_what_a_report_says_of_the_person_is_heeded_once(
    post: Post, gateway: Gateway, code: str, signal: str
) -> None:
    assert post("/twilio/sms", inbound("START")).status_code == 200
    (claim,) = gateway.outbox.claim(now(), 60, 20)
    for _ in range(3):
        form = status("undelivered", ErrorCode=code)
        assert post(f"/twilio/status?ref={claim.ref.text}", form).status_code == 204
    shown = gateway.subscriber_care.show(person())
    assert shown.record.state is State.OPTED_OUT
    assert signals(gateway) == ["start", signal, "reply_sent"]
    assert gateway.outbox.oldest_owed() is None


def test_a_report_of_a_start_in_between_does_not_opt_out_again(post: Post, gateway: Gateway) -> None:
    form = status("undelivered", ErrorCode="21610")
    post("/twilio/status", form)
    assert gateway.subscriber_care.show(person()).record.state is State.OPTED_OUT
    post("/twilio/sms", inbound("START", 2))
    post("/twilio/status", form)
    assert gateway.subscriber_care.show(person()).record.state is State.SUBSCRIBED


def test_blocked_and_gone_of_one_message_both_leave_proof(post: Post, gateway: Gateway) -> None:
    post("/twilio/sms", inbound("START"))
    for code in ("30005", "21610"):
        post("/twilio/status", status("failed", ErrorCode=code))
    assert signals(gateway) == ["start", "number_gone", "provider_stop"]
