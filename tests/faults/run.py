"""One run: a stack, a crowd, strikes and a verdict."""

import random
import time
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.options import Options, Strike
from tests.faults.strikes import Striker
from tests.faults.verdict import Report, count
from tests.stack import Stack
from tests.stack.privacy import leaks

# Short, so that a run converges; the grace is longer than the provider may take.
TIMES = {
    "lease_seconds": 4.0,
    "grace_seconds": 4.0,
    "provider_timeout_seconds": 2.0,
    "read_back_seconds": 3.0,
}
# Whatever a process that nobody waits for any more could still do is done by then.
LAST_SECONDS = 3.0
STORE_STRIKES = (Strike.KILL_STORE, Strike.END_STORE)


def run(options: Options, directory: Path) -> Report:
    """Do it, and report. The same seed plans the same faults; the machine's own timing is not repeated."""
    started, chance = time.monotonic(), random.Random(options.seed)
    with Stack(directory, workers=2, store=dict(options.store), entries=options.entries, **TIMES) as stack:
        crowd = Crowd(stack, [stack.new_number() for _ in range(options.people)])
        striker = Striker(stack, chance, stack.workers)
        report = Report(options.people, options.seed, striker.done, striker.restarts, {})
        crowd.join()
        _strike(options, stack, crowd, striker, report)
        _come_to_rest(options, stack, crowd, striker)
        count(report, stack, crowd)
        report.leaked = leaks(stack)
        report.provider = stack.sandbox.struck()
        report.seconds = time.monotonic() - started
        if not report.kept:
            stack.show_logs()
    return report


def _strike(options: Options, stack: Stack, crowd: Crowd, striker: Striker, report: Report) -> None:
    rules = [
        stack.sandbox.fault(**{"seed": options.seed + each, **rule})
        for each, rule in enumerate(options.rules)
    ]
    plan = options.plan(striker._chance)
    for turn, strike in enumerate(plan, start=1):
        crowd.stop_until(turn / len(plan))
        striker.keep_alive(options.calm)
        acknowledged = crowd.acknowledged
        striker.strike(strike)
        if strike in STORE_STRIKES:
            report.lost |= {number for number in acknowledged if stack.state(number) != "opted_out"}
        striker.keep_alive(striker._chance.uniform(0, 2 * options.pause))
    crowd.stop_until(1)
    striker.keep_alive(options.pause)
    # A rule with a count comes to its end by itself.
    for number, rule in zip(rules, options.rules, strict=True):
        if "count" not in rule:
            stack.sandbox.mend(number)


def _come_to_rest(options: Options, stack: Stack, crowd: Crowd, striker: Striker) -> None:
    """Nothing goes wrong any more: everybody's opt-out and answer must now come by itself, within `patience`."""
    crowd.wait()
    end = time.monotonic() + options.patience
    while time.monotonic() < end:
        striker.keep_alive(0.5)
        if stack.owed() == 0 and all(stack.state(number) == "opted_out" for number in crowd.numbers):
            striker.keep_alive(LAST_SECONDS)
            return
