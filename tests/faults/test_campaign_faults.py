"""A campaign keeps its promises while processes are killed and the provider fails; without a rule it does not."""

import random
import sys
from pathlib import Path

import pytest

from app.jobs.policy import CAMPAIGNS
from tests.faults.campaign.options import Options
from tests.faults.campaign.run import run
from tests.faults.campaign.verdict import Report
from tests.faults.options import Rule, Strike

PEOPLE = 12
# Everybody's answer is spoilt after the message was accepted, and no callback tells that it was.
SILENT: Rule = {"fault": "callbacks_lost", "count": PEOPLE}
SPOILT: tuple[Rule, ...] = ({"fault": "error_after", "count": PEOPLE}, SILENT)
# The answer comes so late that the worker's child is dead by then.
SLOW: tuple[Rule, ...] = ({"fault": "hang_after", "count": PEOPLE, "seconds": 15}, SILENT)


def instead_of(name: str, mutant: str) -> dict[str, tuple[str, ...]]:
    queue = (CAMPAIGNS,) if name == "campaigns" else ()
    return {name: (sys.executable, "-m", f"tests.faults.mutants.{mutant}", *queue)}


def spoilt(path: Path, **changes: object) -> Report:
    """Everybody's text is accepted, and nobody hears of it."""
    options = {"recipients": PEOPLE, "stopping": 0, "process_faults": 0, "rules": SPOILT, "rate": 1000}
    return run(Options(**(options | {"patience": 40} | changes)), path / "stack")  # type: ignore[arg-type]


def killed(path: Path, **changes: object) -> Report:
    """Both workers' children are killed while the provider has everybody's text and has not answered yet."""
    return spoilt(
        path,
        rules=SLOW,
        process_faults=2,
        strikes={Strike.KILL_CHILD: 1},
        calm=2,
        pause=0.1,
        settings={"provider_timeout_seconds": 10},
        **changes,
    )


def stopped(path: Path, **changes: object) -> Report:
    """Half of the people stop as soon as it has begun, long before most of them have their turn."""
    return spoilt(path, recipients=32, stopping=0.5, rules=(), provider_faults=0, rate=4, **changes)


def test_nothing_doubles_and_nobody_is_left_out_whatever_is_killed(tmp_path: Path) -> None:
    options = Options(seed=random.randrange(10**6), pause=0.8)
    report = run(options, tmp_path / "stack")
    print(report)  # noqa: T201 - pytest shows it when the test fails
    assert report.kept
    assert report.enough
    assert report.stopped >= options.recipients * options.stopping / 4


def test_sending_again_without_asking_would_double(tmp_path: Path) -> None:
    assert spoilt(tmp_path, entries=instead_of("campaigns", "blind_retry")).doubled


def test_calling_an_unknown_failed_would_tell_an_untruth(tmp_path: Path) -> None:
    report = spoilt(tmp_path, entries=instead_of("campaigns", "unknown_is_failed"))
    assert len(report.disagreeing) == PEOPLE


def test_a_worker_that_dies_with_answers_outstanding_sends_nothing_twice(tmp_path: Path) -> None:
    report = killed(tmp_path)
    assert report.kept, str(report)
    assert report.strikes[Strike.KILL_CHILD]


def test_sending_again_when_a_lease_ends_would_double(tmp_path: Path) -> None:
    assert killed(tmp_path, entries=instead_of("clock", "requeue")).doubled


def test_claiming_without_looking_at_consent_again_would_text_after_a_stop(tmp_path: Path) -> None:
    assert stopped(tmp_path, entries=instead_of("campaigns", "no_consent_check")).late


@pytest.mark.parametrize("seed", [3, 4])
def test_the_same_seed_plans_the_same_faults(seed: int) -> None:
    options, people = Options(seed=seed), [str(number) for number in range(300)]
    plans = [
        (options.plan(chance), options.spoil(people[:270], people[270:], chance))
        for chance in (random.Random(seed), random.Random(seed))
    ]
    assert plans[0] == plans[1]
