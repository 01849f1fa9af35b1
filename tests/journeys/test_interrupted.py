"""A worker is ended in the middle of its work, and a store that hangs: no answer is lost, none comes twice."""

import os
import signal
import time
from pathlib import Path

import pytest

from app.domain.replies import Reply
from tests.stack import Stack, eventually
from tests.stack.people import all_at_once, text
from tests.stack.processes import children

PEOPLE = 40


@pytest.fixture
def slow(fragile: Stack) -> Stack:
    """A gateway whose provider takes its time."""
    fragile.sandbox.fault("latency", seconds=0.3)
    return fragile


def everybody_texts_stop(stack: Stack) -> list[str]:
    numbers = [stack.new_number() for _ in range(PEOPLE)]
    answers = all_at_once(lambda number: stack.sandbox.text(number, "stop"), numbers)
    assert {answer["webhook"]["status"] for answer in answers} == {200}
    return numbers


def everybody_got_one_goodbye(stack: Stack, numbers: list[str]) -> None:
    stack.at_rest()
    assert {(number, *stack.sandbox.got(number)) for number in numbers} == {
        (number, text(Reply.GOODBYE)) for number in numbers
    }


def child_at_work(stack: Stack) -> int:
    return eventually(lambda: children(stack.parts["worker-1"].pid))[0]


def test_a_worker_that_is_asked_to_stop_finishes_what_it_sends(slow: Stack) -> None:
    numbers = everybody_texts_stop(slow)
    child_at_work(slow)
    assert slow.parts["worker-1"].stop() == 0
    slow.restart_ended()
    everybody_got_one_goodbye(slow, numbers)


def test_the_child_of_a_killed_worker_and_the_next_worker_do_not_double(slow: Stack) -> None:
    numbers = everybody_texts_stop(slow)
    child = child_at_work(slow)
    os.kill(slow.parts["worker-1"].pid, signal.SIGKILL)
    eventually(slow.restart_ended)
    assert Path(f"/proc/{child}").exists(), "it goes on without its worker"
    everybody_got_one_goodbye(slow, numbers)


def test_a_killed_child_leaves_nothing_unanswered(slow: Stack) -> None:
    numbers = everybody_texts_stop(slow)
    os.kill(child_at_work(slow), signal.SIGKILL)
    everybody_got_one_goodbye(slow, numbers)


def test_a_store_that_hangs_is_told_in_time_and_heals(slow: Stack) -> None:
    number, store = slow.new_number(), slow.store.pid
    assert store is not None
    eventually(slow.gateway.bookmarks.read_back_to)
    os.kill(store, signal.SIGSTOP)
    try:
        webhook = slow.sandbox.text(number, "stop", wait=30)["webhook"]
    finally:
        os.kill(store, signal.SIGCONT)
    assert webhook["status"] == 503
    assert webhook["took_ms"] < 15_000
    slow.restart_ended()
    eventually(lambda: slow.state(number) == "opted_out")
    everybody_got_one_goodbye(slow, [number])
    # The web has heard of it too, and refuses nobody any more.
    eventually(lambda: slow.sandbox.text(slow.new_number(), "stop")["webhook"]["status"] == 200)


def test_after_the_store_was_restarted_rings_are_heard_at_once_again(slow: Stack) -> None:
    for _ in range(3):
        slow.store.kill()
        slow.store.restart()
        time.sleep(1)
        slow.restart_ended()
    slow.wait_until_ready()
    everybody_got_one_goodbye(slow, everybody_texts_stop(slow))
    assert slow.parts["web"].running
    assert slow.parts["clock"].running
