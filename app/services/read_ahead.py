"""Reading on while the store is busy with what was read before."""

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

# One that the store works on and one that is being made ready for it.
AT_ONCE: Final = 2
# Rows come by the ten thousand, live shortly and hold no circles: to look for circles among them for every 700 new
# objects, as Python does by itself, costs a fifth of the work.
OBJECTS_BEFORE_COLLECTING: Final = 50_000
# Sending a batch takes a few calls of the system. After each its thread waits for the interpreter until the one that
# reads has had it for so long (seconds): with Python's own 5 ms the store would wait for us most of the time.
TURN_SECONDS: Final = 0.001

A = TypeVar("A")
B = TypeVar("B")


def read_ahead(work: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
    """What came of each batch, in order; the next ones are read meanwhile, and at most two are worked on at once.

    Whatever ends the reading is raised after what came of all that was read before it. When the work on a batch
    fails, or whoever asked for it goes away, what is already being worked on is waited for.
    """
    under_way: deque[Future[B]] = deque()
    source, ended = iter(batches), None
    with _at_full_speed(), ThreadPoolExecutor(AT_ONCE, "batch") as workers:
        while ended is None:
            try:
                under_way.append(workers.submit(work, next(source)))
            except BaseException as error:  # noqa: BLE001 - raised again below, Ctrl-C too
                ended = error
            while len(under_way) > (AT_ONCE if ended is None else 0):
                yield under_way.popleft().result()
        if not isinstance(ended, StopIteration):
            raise ended


@contextmanager
def _at_full_speed() -> Iterator[None]:
    collected_before, turn_before = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING, *collected_before[1:])
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn_before)
        gc.set_threshold(*collected_before)
