"""Something is down while people text: they are told nothing false, and everything comes right by itself."""

import statistics
import time
from datetime import datetime

from app.domain.replies import Reply
from app.machine.ports import taken
from tests.stack import Stack, eventually
from tests.stack.people import text
from tests.stack.sandbox import SENDER


def said_goodbye_once(stack: Stack, number: str) -> None:
    eventually(lambda: stack.state(number) == "opted_out", seconds=60)
    stack.at_rest()
    assert stack.sandbox.got(number)[-1:] == [text(Reply.GOODBYE)]
    assert stack.sandbox.got(number).count(text(Reply.GOODBYE)) == 1


def test_the_store_is_down_while_somebody_texts_stop(fragile: Stack) -> None:
    number = fragile.new_number()
    fragile.sandbox.text(number, "aanmelden")
    fragile.at_rest()
    # The reading that finds the message must begin at a bookmark.
    eventually(fragile.gateway.bookmarks.read_back_to)
    fragile.store.kill()
    assert fragile.sandbox.text(number, "stop", wait=30)["webhook"]["status"] == 503
    fragile.store.restart()
    # A worker that had a job in hand ends with its store; the others wait for it.
    time.sleep(1)
    assert set(fragile.restart_ended()) <= {"worker-1"}
    said_goodbye_once(fragile, number)
    assert fragile.sandbox.text(fragile.new_number(), "stop")["webhook"]["status"] == 200


def test_more_people_are_missed_than_a_page_has(fragile: Stack) -> None:
    eventually(fragile.gateway.bookmarks.read_back_to)
    fragile.sandbox.fault("webhook_lost")
    numbers = [fragile.new_number() for _ in range(120)]
    for number in numbers:
        fragile.sandbox.text(number, "stop", wait=0)
    for number in (numbers[0], numbers[-1]):
        said_goodbye_once(fragile, number)


def test_the_web_is_down_while_somebody_texts_stop(fragile: Stack) -> None:
    number = fragile.new_number()
    eventually(fragile.gateway.bookmarks.read_back_to)
    fragile.parts["web"].kill()
    eventually(lambda: not taken(fragile.settings.port))
    assert fragile.sandbox.text(number, "stop")["webhook"]["error_code"] == 11205
    said_goodbye_once(fragile, number)
    fragile.parts["web"].start()
    fragile.wait_until_ready()


def test_a_stop_by_whatsapp_is_missed(fragile: Stack) -> None:
    number = fragile.new_number()
    eventually(fragile.gateway.bookmarks.read_back_to)
    fragile.sandbox.fault("webhook_lost")
    fragile.sandbox.text(f"whatsapp:{number}", "stop", to=f"whatsapp:{SENDER}", wait=0)
    said_goodbye_once(fragile, number)


def test_the_worker_is_down_while_somebody_texts_stop(fragile: Stack) -> None:
    number = fragile.new_number()
    assert fragile.parts["worker-1"].stop() == 0
    assert fragile.sandbox.text(number, "stop")["webhook"]["status"] == 200
    assert fragile.state(number) == "opted_out"
    fragile.parts["worker-1"].start()
    said_goodbye_once(fragile, number)


def test_a_worker_without_a_store_says_so_in_a_sentence(fragile: Stack) -> None:
    fragile.parts["worker-1"].stop()
    fragile.store.kill()
    before = fragile.parts["worker-1"].log.read_text()
    fragile.parts["worker-1"].start()
    eventually(lambda: not fragile.parts["worker-1"].running)
    assert fragile.parts["worker-1"].process is not None
    assert fragile.parts["worker-1"].process.returncode == 1
    last = fragile.parts["worker-1"].log.read_text().removeprefix(before).splitlines()
    assert last == ["worker: the queue's server did not answer: ConnectionError"]
    fragile.store.restart()
    fragile.parts["worker-1"].start()
    fragile.wait_until_ready()


def test_every_part_ends_when_it_is_asked_to(fragile: Stack) -> None:
    fragile.wait_until_ready()  # one that has only begun to start is simply ended by the signal
    for name in ("web", "worker-1", "clock"):
        assert fragile.parts[name].stop() == 0, name
        fragile.parts[name].start()
    fragile.wait_until_ready()


def test_a_stop_is_confirmed_within_seconds(stack: Stack) -> None:
    took = []
    for _ in range(20):
        number = stack.new_number()
        stack.sandbox.text(number, "stop")
        eventually(lambda number=number: len(stack.sandbox.conversation(number)) == 2)
        asked, answered = stack.sandbox.conversation(number)
        took.append(moment(answered) - moment(asked))
    print(f"from STOP to its confirmation: median {statistics.median(took):.3f} s, worst {max(took):.3f} s")  # noqa: T201
    # In fact a fraction of a second; the machine may be busy with other things.
    assert statistics.median(took) < 3


def moment(message: dict[str, str]) -> float:
    return datetime.fromisoformat(message["created_at"]).timestamp()
