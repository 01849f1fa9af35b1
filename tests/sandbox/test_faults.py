"""Every fault does what it says, really, and is written down when it does."""

import time
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException

from tests.sandbox.running import ANNA, BOB, SENDER, Gateway, Sandbox, eventually
from tests.sandbox.test_rest import code_of, raw, send


def counts(sandbox: Sandbox) -> Any:
    return sandbox.call("GET", "faults")["counts"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("rate_limit", (429, 20429)),
        ("error_before", (500, 20500)),
        ("unauthorized", (401, 20003)),
        ("invalid_number", (400, 21211)),
        ("opted_out", (400, 21610)),
        ("not_mobile", (400, 21614)),
    ],
)
def test_a_fault_before_acceptance_leaves_no_message(
    sandbox: Sandbox, fault: str, expected: tuple[int, int]
) -> None:
    sandbox.fault(fault)
    assert code_of(sandbox) == expected
    assert sandbox.messages() == []
    assert counts(sandbox) == {fault: 1}
    assert send(sandbox).status == "queued"


def test_a_rate_limit_says_when_to_come_back(sandbox: Sandbox) -> None:
    sandbox.fault("rate_limit", seconds=3)
    answer = raw(sandbox, "POST", ".json", data={"To": ANNA, "From": SENDER, "Body": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")


def test_an_error_after_acceptance_still_delivers(sandbox: Sandbox) -> None:
    sandbox.fault("error_after")
    assert code_of(sandbox) == (500, 20500)
    eventually(lambda: [each["status"] for each in sandbox.messages()] == ["delivered"])
    (applied,) = sandbox.call("GET", "faults")["applied"]
    assert applied["sid"] == sandbox.messages()[0]["sid"]


@pytest.mark.parametrize(("fault", "messages"), [("reset_before", 0), ("reset_after", 1)])
def test_a_reset_is_a_real_one(sandbox: Sandbox, fault: str, messages: int) -> None:
    sandbox.fault(fault)
    with pytest.raises(requests.ConnectionError, match="Connection reset by peer"):
        send(sandbox)
    assert len(sandbox.messages()) == messages
    assert counts(sandbox) == {fault: 1}


@pytest.mark.parametrize(("fault", "messages"), [("hang_before", 0), ("hang_after", 1)])
def test_a_hang_answers_nothing(sandbox: Sandbox, fault: str, messages: int) -> None:
    sandbox.fault(fault, seconds=0.5)
    started = time.monotonic()
    with pytest.raises(requests.ConnectionError, match="without response"):
        send(sandbox)
    assert 0.5 <= time.monotonic() - started < 3
    assert len(sandbox.messages()) == messages


def test_a_client_may_lose_its_patience_first(sandbox: Sandbox) -> None:
    sandbox.fault("hang_after", seconds=5)
    data = {"To": ANNA, "From": SENDER, "Body": "x"}
    with pytest.raises(requests.ReadTimeout):
        raw(sandbox, "POST", ".json", data=data, timeout=0.3)
    assert len(sandbox.messages()) == 1


def test_a_cut_body_is_cut(sandbox: Sandbox) -> None:
    sandbox.fault("cut_body")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        send(sandbox)
    assert len(sandbox.messages()) == 1


def test_latency_delays_and_does_nothing_else(sandbox: Sandbox) -> None:
    sandbox.fault("latency", seconds=0.3)
    started = time.monotonic()
    assert send(sandbox).status == "queued"
    assert time.monotonic() - started >= 0.3


def test_reading_can_fail_too(sandbox: Sandbox) -> None:
    sandbox.fault("error_before", on="read")
    message = send(sandbox)
    with pytest.raises(TwilioException, match="20500"):
        sandbox.client().messages.list(to=ANNA)
    assert [each.sid for each in sandbox.client().messages.list(to=ANNA)] == [message.sid]


@pytest.mark.parametrize(
    ("fault", "error", "callbacks"),
    [("failed", 30008, ["failed"]), ("undelivered", 30005, ["sent", "undelivered"])],
)
def test_a_message_can_end_badly(
    sandbox: Sandbox, gateway: Gateway, fault: str, error: int, callbacks: list[str]
) -> None:
    sandbox.fault(fault, error_code=error)
    message = send(sandbox, status_callback=gateway.url("/status"))
    eventually(lambda: len(gateway.forms("/status")) == len(callbacks))
    assert [each["MessageStatus"] for each in gateway.forms("/status")] == callbacks
    assert gateway.forms("/status")[-1]["ErrorCode"] == str(error)
    fetched = message.fetch()
    assert (fetched.status, fetched.error_code) == (fault, error)
    assert fetched.error_message


@pytest.mark.parametrize(
    ("fault", "callbacks"),
    [
        ("callbacks_reversed", ["delivered", "sent"]),
        ("callbacks_repeated", ["sent", "sent", "delivered", "delivered"]),
        ("callbacks_lost", []),
    ],
)
def test_callbacks_can_go_wrong(sandbox: Sandbox, gateway: Gateway, fault: str, callbacks: list[str]) -> None:
    sandbox.fault(fault)
    sid = send(sandbox, status_callback=gateway.url("/status")).sid
    eventually(lambda: sandbox.message(sid)["status"] == "delivered")
    eventually(lambda: len(sandbox.message(sid)["callbacks"]) == len(callbacks))
    assert [each["MessageStatus"] for each in gateway.forms("/status")] == callbacks


def test_a_webhook_can_be_lost(sandbox: Sandbox, gateway: Gateway) -> None:
    sandbox.fault("webhook_lost", number=ANNA)
    assert sandbox.text("STOP")["webhook"]["state"] == "lost"
    assert gateway.received == []
    assert [each.body for each in sandbox.client().messages.list(to=SENDER)] == ["STOP"]


def test_a_webhook_can_come_twice_at_once(sandbox: Sandbox, gateway: Gateway) -> None:
    gateway.delay = 0.2
    sandbox.fault("webhook_repeated")
    started = time.monotonic()
    sandbox.text("STOP")
    eventually(lambda: len(gateway.received) == 2)
    assert time.monotonic() - started < 0.4
    assert len({each.form["MessageSid"] for each in gateway.received}) == 1


def test_a_rule_is_about_one_number_and_counts(sandbox: Sandbox) -> None:
    rule = sandbox.fault("opted_out", number=BOB, count=2)
    assert send(sandbox).status == "queued"
    assert code_of(sandbox, to=BOB) == code_of(sandbox, to=BOB) == (400, 21610)
    assert send(sandbox, to=BOB).status == "queued"
    (shown,) = sandbox.call("GET", "faults")["rules"]
    assert shown == rule | {"applied": 2}


def test_a_rule_without_a_count_holds_until_it_is_removed(sandbox: Sandbox) -> None:
    rule = sandbox.fault("opted_out", count=None)
    for _ in range(5):
        assert code_of(sandbox) == (400, 21610)
    sandbox.call("DELETE", f"faults/{rule['id']}")
    assert send(sandbox).status == "queued"
    assert counts(sandbox) == {"opted_out": 5}
    sandbox.call("DELETE", "faults")
    assert counts(sandbox) == {}


def test_a_seed_makes_chance_repeatable(sandbox: Sandbox) -> None:
    def outcomes() -> list[int]:
        sandbox.call("POST", "reset", json={})
        sandbox.fault("error_after", count=None, probability=0.5, seed=7)
        data = {"To": ANNA, "From": SENDER, "Body": "x"}
        return [raw(sandbox, "POST", ".json", data=data).status_code for _ in range(20)]

    first = outcomes()
    assert set(first) == {201, 500}
    assert outcomes() == first


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"fault": "fire"}, "fault is one of"),
        ({"fault": "latency", "speed": 1}, "has no 'speed'"),
        ({"fault": "latency", "probability": 2}, "between 0 and 1"),
        ({"fault": "latency", "seconds": "long"}, "seconds is a number"),
        ({"fault": "latency", "on": "delete"}, "create or read"),
        ({"fault": "failed", "error_code": 21610}, "30003 to 30008"),
    ],
)
def test_a_senseless_rule_is_refused(sandbox: Sandbox, rule: dict[str, Any], sentence: str) -> None:
    answer = requests.post(f"{sandbox.url}/sandbox/faults", json=rule, timeout=5)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_a_slow_sender_drains_its_queue_segment_by_segment(sandbox: Sandbox) -> None:
    sandbox.settings(mps=10, queued_ms=0, sending_ms=0, sent_ms=0)
    started = time.monotonic()
    for body in ("x" * 161, "second", "third"):
        send(sandbox, body)
    assert [each["status"] for each in sandbox.messages()][1:] == ["queued", "queued"]
    eventually(lambda: {each["status"] for each in sandbox.messages()} == {"delivered"})
    assert time.monotonic() - started >= 0.3
