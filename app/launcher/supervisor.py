"""Runs children in order, starts the dead ones again, and stops them in reverse order.

One thread that looks around ten times a second: nothing is shared, and a signal only sets a number.
"""

import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.launcher.processes import Child, Process
from app.launcher.relay import Relay
from app.machine.errors import LaunchFailed

TICK_SECONDS: Final = 0.1
FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 10.0
# A child that has run this long was well: its next death is a first one again.
WELL_SECONDS: Final = 30.0
STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NAME: Final = "up"


class _Place:
    """The place of one child: the process that fills it now, and when the next one may."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: Process | None = None
        self.since = 0.0
        self.pause = FIRST_PAUSE_SECONDS
        self.again_at = 0.0

    def fill(self) -> Process:
        self.since = time.monotonic()
        self.process = Process(self.child)
        return self.process


class Supervisor:
    """Keeps `children` running from `run` until a signal."""

    def __init__(self, children: Sequence[Child], relay: Relay) -> None:
        self._places = [_Place(child) for child in children]
        self._relay = relay
        self._asked = 0

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start all, call `when_ready`, and return when a signal has asked to stop and all have stopped.

        Raises LaunchFailed when a child ends, or takes too long, before it was ready.
        """
        with self._signals():
            try:
                for place in self._places:
                    self._start(place)
                if not self._asked:
                    when_ready()
                while not self._asked:
                    self._look_around()
            finally:
                self._stop()

    def _start(self, place: _Place) -> None:
        if self._asked:
            return
        child = place.child
        process = place.fill()
        limit = time.monotonic() + child.start_seconds
        while not self._asked:
            # Asked first: a stranger on the same port may look ready while ours cannot start.
            if process.ended():
                ending = _ending(self._bury(place))
                raise LaunchFailed(f"{child.name} ended before it was ready ({ending}); {child.explained}")
            if child.ready():
                return
            if time.monotonic() > limit:
                late = f"{child.name} was not ready within {child.start_seconds:g} seconds; {child.explained}"
                if child.needed:
                    raise LaunchFailed(late)
                self._relay.line(NAME, late)
                return
            self._listen(TICK_SECONDS)

    def _look_around(self) -> None:
        self._listen(TICK_SECONDS)
        now = time.monotonic()
        for place in self._places:
            if place.process is None:
                if now >= place.again_at:
                    place.fill()
            elif place.process.ended():
                if now - place.since > WELL_SECONDS:
                    place.pause = FIRST_PAUSE_SECONDS
                ending = _ending(self._bury(place))
                self._relay.line(NAME, f"{place.child.name} died ({ending}); again in {place.pause:g} s")
                place.again_at = now + place.pause
                place.pause = min(place.pause * 2, LONGEST_PAUSE_SECONDS)

    def _stop(self) -> None:
        for place in reversed(self._places):
            if place.process is None:
                continue
            place.process.terminate()
            limit = time.monotonic() + place.child.stop_seconds
            # The first signal asks to stop; another one asks not to wait for anybody.
            while not place.process.ended() and time.monotonic() < limit and self._asked < 2:
                self._listen(TICK_SECONDS / 5)
            if not place.process.ended() and self._asked < 2:
                self._relay.line(NAME, f"{place.child.name} does not stop by itself and is killed")
            self._bury(place)

    def _bury(self, place: _Place) -> int:
        process = place.process
        assert process is not None  # noqa: S101 - only a filled place is buried
        code = process.bury()
        for line in process.close():
            self._relay.line(place.child.name, line)
        place.process = None
        return code

    def _listen(self, seconds: float) -> None:
        heard = [place.process for place in self._places if place.process and place.process.fileno() >= 0]
        if not heard:
            time.sleep(seconds)
            return
        for process in select.select(heard, [], [], seconds)[0]:
            for line in process.heard():
                self._relay.line(process.child.name, line)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self._ask) for number in STOPPING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, *_: object) -> None:
        self._asked += 1


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
