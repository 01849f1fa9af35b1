"""Doing something to a process, and starting again whatever has ended."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence

from tests.faults.options import Strike
from tests.stack import Stack, eventually
from tests.stack.processes import Part, children

FIND_SECONDS = 4.0
END_SECONDS = 30.0
FREEZE_SECONDS = 1.0


class Striker:
    """Strikes at one stack from the thread that made it, in which everything is started again as well.

    `workers`: the names of those that are struck at.
    """

    def __init__(self, stack: Stack, chance: random.Random, workers: Sequence[str]) -> None:
        self.done: Counter[Strike] = Counter()
        self.restarts: Counter[str] = Counter()
        self.pids: list[int] = []
        self._stack, self._chance, self._workers = stack, chance, workers
        self._ways: dict[Strike, Callable[[], bool]] = {
            Strike.KILL_CHILD: self._kill_child,
            Strike.KILL_WORKER: self._kill_worker,
            Strike.KILL_STORE: lambda: self._end_store(signal.SIGKILL),
            Strike.KILL_WEB: lambda: self._end(stack.parts["web"], signal.SIGKILL),
            Strike.KILL_SERVER: self._kill_server,
            Strike.KILL_CLOCK: lambda: self._end(stack.parts["clock"], signal.SIGKILL),
            Strike.END_WORKER: lambda: self._end(self._worker(), signal.SIGTERM),
            Strike.END_STORE: lambda: self._end_store(signal.SIGTERM),
            Strike.END_WEB: lambda: self._end(stack.parts["web"], signal.SIGTERM),
            Strike.END_CLOCK: lambda: self._end(stack.parts["clock"], signal.SIGTERM),
            Strike.FREEZE_STORE: lambda: self._freeze(stack.store.pid or 0),
            Strike.FREEZE_CHILD: self._freeze_child,
        }

    def strike(self, kind: Strike) -> None:
        """Do it, and count it if it was really done; kill the store instead when there was nothing to strike at."""
        done = kind if self._ways[kind]() else Strike.KILL_STORE
        if done is not kind:
            self._end_store(signal.SIGKILL)
        self.done[done] += 1

    def keep_alive(self, seconds: float) -> None:
        """For so long, start again whatever has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.restart_ended()
            time.sleep(0.05)

    def restart_ended(self) -> None:
        self.restarts.update(self._stack.restart_ended())

    def _worker(self) -> Part:
        parts = [self._stack.parts[name] for name in self._workers]
        return self._chance.choice([part for part in parts if part.running] or parts[:1])

    def _child(self) -> int | None:
        """A worker's child at work, once there is one."""
        end = time.monotonic() + FIND_SECONDS
        while time.monotonic() < end:
            for name in self._workers:
                part = self._stack.parts[name]
                if part.running and (found := children(part.pid)):
                    return found[0]
            time.sleep(0.002)
            self.restart_ended()
        return None

    def _kill_child(self) -> bool:
        """At any moment of its life: before it claims, while it posts, before it has written down the outcome."""
        for _ in range(5):
            if (child := self._child()) is None:
                return False
            time.sleep(self._chance.uniform(0, 0.2))
            if child in [pid for name in self._workers for pid in children(self._stack.parts[name].pid)]:
                os.kill(child, signal.SIGKILL)
                self.pids.append(child)
                return True
        return False

    def _kill_worker(self) -> bool:
        """Every other time while its child is at work, which goes on without it."""
        if self._chance.random() < 0.5:
            self._child()
        return self._end(self._worker(), signal.SIGKILL)

    def _kill_server(self) -> bool:
        found = children(self._stack.parts["web"].pid) if self._stack.parts["web"].running else []
        for child in found[-1:]:
            os.kill(child, signal.SIGKILL)
            self.pids.append(child)
        return bool(found)

    def _end(self, part: Part, number: signal.Signals) -> bool:
        if not part.running:
            self.restart_ended()
        assert part.process is not None
        part.signal(number)
        ended = eventually(
            lambda: not part.running, seconds=END_SECONDS, what=f"{part.name} ends on {number.name}"
        )
        self.pids.append(part.pid)
        return ended

    def _end_store(self, number: signal.Signals) -> bool:
        """The store is away for up to a second and a half, then it starts on the same files."""
        store = self._stack.store
        assert store._process is not None
        self.pids.append(store._process.pid)
        store._process.send_signal(number)
        store._process.wait(END_SECONDS)
        self.keep_alive(self._chance.choice([0, 0, 0.3, 1.5]))
        store.restart()
        return True

    def _freeze_child(self) -> bool:
        child = self._child()
        return child is not None and self._freeze(child)

    def _freeze(self, pid: int) -> bool:
        try:
            os.kill(pid, signal.SIGSTOP)
            self.keep_alive(FREEZE_SECONDS)
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            return False
        return True
