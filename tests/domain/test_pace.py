"""The pace: segments leave one after the other at the senders' rate."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.pace import Wave, last_at, leave_at

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "rate", "seconds"),
    [(0, 1, 0), (1, 1, 0), (2, 1, 1), (3601, 1, 3600), (1001, 100, 10), (2, 0.5, 2)],
)
def test_the_last_segment_leaves_when_all_others_have(count: int, rate: float, seconds: float) -> None:
    assert last_at(count, rate, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("ends", "late"), [(None, 0), (12, 0), (11, 1), (10, 2), (3, 2), (2, 3), (1, 4), (0, 5), (-1, 5)]
)
def test_those_whose_turn_comes_after_the_end_are_counted(ends: int | None, late: int) -> None:
    waves = {NOW: Wave(people=3, segments=3), NOW + timedelta(seconds=10): Wave(people=2, segments=2)}
    end = None if ends is None else NOW + timedelta(seconds=ends)
    assert leave_at(waves, 1, NOW, end) == (NOW + timedelta(seconds=11), late)
