"""The promises hold while processes are killed and the provider fails; without a rule they do not."""

import random
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.faults.options import PROVIDER_FAULTS, SHARES, Options, Rule, Strike
from tests.faults.run import run

PEOPLE = 12
# Everybody's first answer is spoilt after the message was accepted, and no callback tells that it was.
SPOILT: Mapping[str, tuple[Rule, ...]] = {
    fault: ({"fault": fault, "count": PEOPLE}, {"fault": "callbacks_lost", "count": PEOPLE})
    for fault in ("error_after", "reset_after")
}


def instead_of(name: str, mutant: str) -> dict[str, tuple[str, ...]]:
    return {name: (sys.executable, "-m", f"tests.faults.mutants.{mutant}")}


def test_sixty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    options = Options(people=300, kills=60, seed=random.randrange(10**6), pause=1.1)
    report = run(options, tmp_path / "stack")
    print(report)  # noqa: T201 - pytest shows it when the test fails
    assert report.kept
    assert report.kills >= options.kills
    assert report.acknowledged >= options.people / 5
    assert set(SHARES) <= set(report.strikes)
    happened = set(report.provider)
    planned = {str(rule["fault"]) for rule in PROVIDER_FAULTS}
    assert planned - happened <= {"hang_before", "rate_limit"}, "chance may leave out the rarest"


@pytest.mark.parametrize("fault", list(SPOILT))
def test_an_answer_that_was_lost_does_not_send_twice(tmp_path: Path, fault: str) -> None:
    report = run(Options(people=PEOPLE, kills=0, rules=SPOILT[fault], patience=40), tmp_path / "stack")
    assert report.kept, str(report)
    assert report.provider[fault] == PEOPLE


@pytest.mark.parametrize("fault", list(SPOILT))
def test_sending_again_without_asking_would_double(tmp_path: Path, fault: str) -> None:
    worker = instead_of("worker", "blind_retry")
    options = Options(people=PEOPLE, kills=0, rules=SPOILT[fault], entries=worker, patience=40)
    assert run(options, tmp_path / "stack").doubled


def test_calling_an_unknown_unsent_without_asking_would_double(tmp_path: Path) -> None:
    clock = instead_of("clock", "no_question")
    options = Options(people=PEOPLE, kills=0, rules=SPOILT["error_after"], entries=clock, patience=40)
    assert run(options, tmp_path / "stack").doubled


def test_a_store_that_keeps_no_file_would_lose_opt_outs(tmp_path: Path) -> None:
    options = Options(
        people=30,
        kills=3,
        rules=(),
        store={"appendonly": "no"},
        strikes={Strike.KILL_STORE: 1},
        patience=5,
        calm=2,
    )
    assert run(options, tmp_path / "stack").lost
