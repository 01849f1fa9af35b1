"""What one client remembers of a store that did not answer in time, so that not every request waits for it again."""

import copy
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Self, TypeVar

import redis
from redis.backoff import AbstractBackoff
from redis.retry import Retry

# After a time-out everybody is refused at once for so long; then one asks again, and the others wait for its word.
PAUSE_SECONDS: Final = 1.0
LONGEST_ASKING_SECONDS: Final = 6.0

T = TypeVar("T")


class Silence:
    """Whether the store was silent a moment ago. Two threads that both ask again do no harm: there is no lock."""

    def __init__(self) -> None:
        self._until = 0.0
        self._asking = 0

    def heed(self) -> None:
        """Raises redis.TimeoutError while there is no use in asking."""
        if not self._until or self._asking == threading.get_ident():
            return
        now = time.monotonic()
        if now < self._until:
            raise redis.TimeoutError("it did not answer a moment ago")
        self._until, self._asking = now + LONGEST_ASKING_SECONDS, threading.get_ident()

    def heard(self) -> None:
        self._until, self._asking = 0.0, 0

    def missed(self) -> None:
        self._until, self._asking = time.monotonic() + PAUSE_SECONDS, 0


class RemindedRetry(Retry):
    """The client's way to try again, which every connection gets a copy of; they share what is remembered."""

    def __init__(self, backoff: AbstractBackoff, retries: int, silence: Silence) -> None:
        super().__init__(backoff, retries)
        self._silence = silence

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return type(self)(copy.deepcopy(self._backoff, memo), self._retries, self._silence)

    def call_with_retry(
        self,
        do: Callable[[], T],
        fail: Callable[..., Any],
        *more: Any,  # noqa: ANN401 - the library's own, of which newer versions have more
        **named: Any,  # noqa: ANN401
    ) -> T:
        self._silence.heed()
        try:
            answer = super().call_with_retry(do, fail, *more, **named)
        except redis.TimeoutError:
            self._silence.missed()
            raise
        self._silence.heard()
        return answer
