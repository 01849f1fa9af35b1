"""The clock: outside RQ, it sees to it that no promise hangs on a job that got lost.

It rings again for replies and campaigns that nobody took, settles what is unknown, reads back messages whose
webhook was missed, starts, finishes and pauses campaigns, forgets sign-ups that were never confirmed, and tells
other systems of changes. Two clocks at once do no harm: every step of theirs is a compare-and-set in the store.
"""

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import redis
import structlog

from app.bootstrap import Gateway, build
from app.bootstrap.chance import now
from app.domain.errors import StopwoordError
from app.logs import configure
from app.settings import read_settings

# A reply that nobody took for so long was not heard of.
UNHEARD: Final = timedelta(seconds=1)
# So many handfuls of calls, and then it is looked whether the clock is to stop.
TURNS: Final = 20

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done again and again, `every` so many seconds, each in a thread of its own."""

    name: str
    every: float
    do: Callable[[], object]


def duties(gateway: Gateway) -> list[Duty]:
    """What this clock does."""
    settings = gateway.settings

    def ring() -> None:
        gateway.bookmarks.beat(now())
        if not gateway.outbox.owes(now() - UNHEARD):
            return
        try:
            gateway.doorbell.ring_now()
        except redis.RedisError as error:
            # The queue's server is away or full: then the clock does the workers' job itself.
            log.warning("nobody can be rung for", error=type(error).__name__)
            gateway.deliver_replies()

    def tell_changes() -> None:
        for _ in range(TURNS):
            if not gateway.shop.tell_changes():
                return

    def tend_campaigns() -> None:
        if gateway.campaigns.tend():
            gateway.campaigns.doorbell.ring_now()

    return [
        Duty("ring", 1.0, ring),
        Duty("tend campaigns", 1.0, tend_campaigns),
        Duty("settle campaigns", min(1.0, settings.grace_seconds / 4), gateway.campaigns.settle),
        Duty("settle", min(1.0, settings.grace_seconds / 4), gateway.settle_unknowns),
        Duty("read back", settings.read_back_seconds, gateway.read_back),
        Duty("tell changes", 0.5, tell_changes),
        Duty("expire", 60.0, gateway.expire_pending),
    ]


def keep(duty: Duty, stop: threading.Event) -> None:
    """Do the duty until told to stop. What goes wrong is logged, and tried again the next time."""
    while not stop.is_set():
        try:
            duty.do()
        except (StopwoordError, redis.RedisError) as error:
            log.warning("duty failed", duty=duty.name, reason=str(error) or type(error).__name__)
        except Exception:
            log.exception("duty failed unexpectedly", duty=duty.name)
        stop.wait(duty.every)


def main() -> int:
    """Run until told to stop; 4 when the settings cannot work."""
    try:
        settings = read_settings()
        gateway = build(settings)
    except StopwoordError as error:
        print(f"clock: {error}", file=sys.stderr)  # noqa: T201 - there is no log without settings
        return 4
    configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [threading.Thread(target=keep, args=(duty, stop), name=duty.name) for duty in duties(gateway)]
    for thread in threads:
        thread.start()
    log.info("the clock runs")
    for thread in threads:
        thread.join()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
