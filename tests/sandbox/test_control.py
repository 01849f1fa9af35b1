"""The control API and the life of the process: settings, conversations, restarts, load, and its end."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from tests.sandbox.running import (
    ACCOUNT,
    ANNA,
    BOB,
    SENDER,
    TOKEN,
    Gateway,
    Sandbox,
    eventually,
    free_port,
    running,
    start,
    stop,
)
from tests.sandbox.test_rest import send


def test_a_conversation_shows_both_directions_and_only_that_phone(sandbox: Sandbox) -> None:
    sandbox.text("Hoi")
    send(sandbox, "Dag")
    sandbox.text("Hi", BOB)
    found = sandbox.call("GET", "conversations", params={"handset": ANNA})
    assert [each["body"] for each in found["conversations"][ANNA]] == ["Hoi", "Dag"]


def test_the_cursor_leaves_out_what_has_not_changed(sandbox: Sandbox) -> None:
    sandbox.text("Hoi")
    cursor = sandbox.call("GET", "messages")["cursor"]
    assert sandbox.call("GET", "messages", params={"since": cursor})["messages"] == []
    sandbox.text("Nog eens")
    found = sandbox.call("GET", "messages", params={"since": cursor})["messages"]
    assert [each["body"] for each in found] == ["Nog eens"]


def test_times_are_utc_with_milliseconds(sandbox: Sandbox) -> None:
    created = sandbox.text("Hoi")["created_at"]
    assert len(created) == len("2026-01-31T12:00:00.000Z")
    assert created.endswith("Z")


def test_handsets_come_and_go(sandbox: Sandbox) -> None:
    handsets = sandbox.call("GET", "handsets")["handsets"]
    assert [each["number"] for each in handsets] == [ANNA, BOB]
    added = sandbox.call("POST", "handsets", json={"number": "+31612345679", "name": "Third"})["handsets"]
    assert added[-1] == {"number": "+31612345679", "name": "Third"}
    sandbox.call("DELETE", f"handsets/{ANNA}")
    assert [each["number"] for each in sandbox.call("GET", "handsets")["handsets"]] == [BOB, "+31612345679"]


def test_segments_are_counted_while_typing(sandbox: Sandbox) -> None:
    found = sandbox.call("POST", "segments", json={"body": "ideeën"})
    assert found == {"encoding": "UCS-2", "units": 6, "segments": 1, "offending": ["ë"]}


def test_settings_are_changed_together_or_not_at_all(sandbox: Sandbox) -> None:
    before = sandbox.settings(mps=3)
    for wrong in ({"mps": 5, "optout": "maybe"}, {"mps": -1}, {"sent_ms": "soon"}, {"colour": "red"}):
        answer = requests.patch(f"{sandbox.url}/sandbox/settings", json=wrong, timeout=5)
        assert answer.status_code == 400
        assert answer.json()["error"]
    assert sandbox.settings() == before


@pytest.mark.parametrize(
    "text", [{}, {"from": ""}, {"from": ANNA, "wait": "long"}, {"from": ANNA, "media": None}]
)
def test_a_malformed_text_is_refused(sandbox: Sandbox, text: dict[str, object]) -> None:
    assert requests.post(f"{sandbox.url}/sandbox/texts", json=text, timeout=5).status_code == 400
    assert sandbox.messages() == []


def test_a_form_of_a_foreign_page_changes_nothing(sandbox: Sandbox) -> None:
    answer = requests.post(f"{sandbox.url}/sandbox/texts", data={"from": ANNA, "body": "x"}, timeout=5)
    assert answer.status_code == 415
    stranger = requests.get(sandbox.url, headers={"Host": "example.com"}, timeout=5)
    assert stranger.status_code == 400


def test_the_page_has_a_strict_policy(sandbox: Sandbox) -> None:
    answer = requests.get(sandbox.url, timeout=5)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_a_restart_keeps_the_conversations(tmp_path: Path, gateway: Gateway) -> None:
    with running(gateway.url("/in"), data=str(tmp_path), optout="default") as sandbox:
        sandbox.text("STOP")
        before = eventually(lambda: [each for each in sandbox.messages() if each["status"] == "delivered"])
    with running(gateway.url("/in"), data=str(tmp_path)) as again:
        assert [each["sid"] for each in again.messages()][-1] == before[-1]["sid"]
        assert again.call("GET", "blocks")["blocks"] == [{"number": ANNA, "sender": SENDER}]


def test_what_was_accepted_is_delivered_after_a_kill(tmp_path: Path, gateway: Gateway) -> None:
    with running(data=str(tmp_path)) as sandbox:
        sandbox.settings(queued_ms=60_000)
        sid = send(sandbox, status_callback=gateway.url("/status")).sid
        stop(sandbox.process, signal.SIGKILL)
    with running(data=str(tmp_path)) as again:
        eventually(lambda: again.message(sid)["status"] == "delivered")
        statuses = eventually(lambda: len(gateway.forms("/status")) == 2 and gateway.forms("/status"))
        assert [each["MessageStatus"] for each in statuses] == ["sent", "delivered"]


def test_thirty_two_threads_at_once_lose_nothing(sandbox: Sandbox, gateway: Gateway) -> None:
    answers: list[int] = []

    def work(number: int) -> None:
        person = f"+316123456{number:02}"
        with requests.Session() as session:
            for _ in range(10):
                text = {"from": person, "body": "Hoi"}
                answers.append(
                    session.post(f"{sandbox.url}/sandbox/texts", json=text, timeout=20).status_code
                )
                form = {"To": person, "From": SENDER, "Body": "Dag", "StatusCallback": gateway.url("/status")}
                url = f"{sandbox.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
                created = session.post(url, form, auth=(ACCOUNT, TOKEN), timeout=20)
                answers.append(created.status_code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 640
    eventually(lambda: len(gateway.forms("/in")) == 320, 20)
    eventually(lambda: len(gateway.forms("/status")) == 640, 20)
    assert all(each["webhook"]["status"] == 200 for each in sandbox.messages() if each["webhook"])


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_even_while_it_hangs(with_signal: int) -> None:
    sandbox = start()
    try:
        sandbox.fault("hang_after", seconds=60)
        url = f"{sandbox.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        with pytest.raises(requests.ReadTimeout):
            requests.post(url, {"To": ANNA, "From": SENDER, "Body": "x"}, auth=(ACCOUNT, TOKEN), timeout=0.2)
        started = time.monotonic()
    finally:
        code = stop(sandbox.process, with_signal)
    assert code == 0
    assert time.monotonic() - started < 2


def test_a_taken_port_is_one_sentence(sandbox: Sandbox) -> None:
    command = [sys.executable, "-m", "app.sandbox", f"--port={sandbox.port}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The sandbox cannot listen on 127.0.0.1:{sandbox.port} ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_data_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", Path("/proc/nowhere"), Path("/proc")):
        command = [sys.executable, "-m", "app.sandbox", "--port=0", f"--data={place}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith(f"The sandbox cannot keep its data in {place} ")
        assert (done.stderr.count("\n"), done.stdout) == (1, "")


def test_defaults_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOPWOORD_SANDBOX_OPTOUT", "advanced")
    with running(f"http://127.0.0.1:{free_port()}/x") as sandbox:
        assert sandbox.settings()["optout"] == "advanced"


def test_a_wrong_default_in_the_environment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOPWOORD_SANDBOX_OPTOUT", "perhaps")
    command = [sys.executable, "-m", "app.sandbox", "--port=0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "--optout: invalid OptOut value: 'perhaps'" in done.stderr
