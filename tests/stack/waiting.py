"""Waiting for something to become true, with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(look: Callable[[], T], *, seconds: float = 30, what: str = "") -> T:
    """What `look` gives as soon as that is true; an AssertionError with what it gave last after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not within {seconds:g} s: {what or look} (last: {found!r})"
        time.sleep(0.05)
    return found
