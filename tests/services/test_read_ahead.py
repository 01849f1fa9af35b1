"""Reading ahead changes when things happen, not what comes of them nor in which order."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from app.services.read_ahead import AT_ONCE, TURN_SECONDS, read_ahead


def counted(upto: int, read: list[int]) -> Iterator[int]:
    for number in range(upto):
        read.append(number)
        yield number


@pytest.mark.parametrize("batches", range(6))
def test_results_come_in_the_order_of_what_was_read(batches: int) -> None:
    assert list(read_ahead(lambda number: number * 2, range(batches))) == [2 * one for one in range(batches)]


def test_the_next_is_read_while_the_first_is_worked_on() -> None:
    read: list[int] = []
    goes_on = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert goes_on.wait(10)
        elif number == 1:
            goes_on.set()
        return number

    assert list(read_ahead(work, counted(4, read))) == [0, 1, 2, 3]


def test_no_more_is_read_than_is_worked_on_soon() -> None:
    read: list[int] = []
    run = read_ahead(lambda number: number, counted(100, read))
    assert next(run) == 0
    assert len(read) == AT_ONCE + 1
    run.close()  # type: ignore[attr-defined]
    assert len(read) == AT_ONCE + 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_ends_the_reading_is_told_after_what_came_before_it(error: type[BaseException]) -> None:
    def batches() -> Iterator[int]:
        yield 1
        yield 2
        raise error

    run = read_ahead(lambda number: number, batches())
    assert [next(run), next(run)] == [1, 2]
    with pytest.raises(error):
        next(run)


def test_a_failure_is_told_where_it_belongs_and_ends_it() -> None:
    def work(number: int) -> int:
        if number == 1:
            raise ValueError("one")
        return number

    run = read_ahead(work, range(9))
    assert next(run) == 0
    with pytest.raises(ValueError, match="one"):
        list(run)


def test_the_interpreter_is_as_before_when_the_reading_has_ended() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    during = list(read_ahead(lambda _: sys.getswitchinterval(), range(2)))
    assert during == [pytest.approx(TURN_SECONDS)] * 2
    assert (sys.getswitchinterval(), gc.get_threshold()) == before
