"""What one client remembers of a store that did not answer in time, so that not every request waits for it again."""

import copy
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Self, TypeVar

import redis
from redis.backoff import AbstractBackoff
from redis.retry import Retry

# After a time-out everybody is refused at once for so long; then one asks again, and until it knows the others are
# refused. A silence that nobody asked about for so long says nothing of the store as it is now: everybody asks.
PAUSE_SECONDS: Final = 1.0
LONGEST_ASKING_SECONDS: Final = 6.0
REMEMBERED_SECONDS: Final = 6.0

T = TypeVar("T")


class Silence:
    """Whether the store was silent a moment ago. Two threads that both ask again do no harm: there is no lock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until = 0.0
        self._asking = 0

    def heed(self) -> None:
        """Raises redis.TimeoutError while there is no use in asking."""
        if not self._until or self._asking == threading.get_ident():
            return
        now = self._now()
        if now < self._until:
            raise redis.TimeoutError("it did not answer a moment ago")
        if now - self._until > REMEMBERED_SECONDS:
            self.heard()
            return
        self._until, self._asking = now + LONGEST_ASKING_SECONDS, threading.get_ident()

    def heard(self) -> None:
        self._until, self._asking = 0.0, 0

    def missed(self) -> None:
        self._until, self._asking = self._now() + PAUSE_SECONDS, 0


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
        except redis.RedisError:  # an answer all the same: an error of the server's, or a refused connection
            self._silence.heard()
            raise
        self._silence.heard()
        return answer
