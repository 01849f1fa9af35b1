"""The people: some have joined before, all of them text STOP, a few at a time as the strikes fall."""

import queue
import threading
from typing import Any

import requests

from tests.stack import Stack
from tests.stack.people import all_at_once

AT_ONCE = 12


class Crowd:
    """People with handsets. `acknowledged` are those whose STOP was answered with 200."""

    def __init__(self, stack: Stack, numbers: list[str]) -> None:
        self.numbers = numbers
        self.joined = self.numbers[::3]
        self.webhooks: dict[str, Any] = {}
        self._stack = stack
        self._turns: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._told = 0
        self._threads = [threading.Thread(target=self._text, daemon=True) for _ in range(AT_ONCE)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Let every third of them sign up, before anything goes wrong."""
        all_at_once(lambda number: self._stack.sandbox.text(number, "AANMELDEN"), self.joined)
        self._stack.at_rest()

    def stop_until(self, share: float) -> None:
        """Let so much of the crowd (0 to 1) have texted STOP by now."""
        until = min(len(self.numbers), round(share * len(self.numbers)))
        for number in self.numbers[self._told : until]:
            self._turns.put(number)
        self._told = max(self._told, until)

    def wait(self) -> None:
        """Let the rest text, and wait until everybody's webhook has ended."""
        self.stop_until(1)
        for _ in self._threads:
            self._turns.put(None)
        for thread in self._threads:
            thread.join(120)
            assert not thread.is_alive(), "a webhook has not ended"

    @property
    def acknowledged(self) -> list[str]:
        return [number for number, hook in self.webhooks.copy().items() if hook["status"] == 200]

    def _text(self) -> None:
        while (number := self._turns.get()) is not None:
            try:
                self.webhooks[number] = self._stack.sandbox.text(number, "STOP", wait=30)["webhook"]
            except requests.RequestException:
                self.webhooks[number] = {"status": None}
