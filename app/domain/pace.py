"""How fast a campaign goes: when its last text leaves at the senders' rate, and whose turn comes too late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Wave:
    """Those who come up at the same moment: how many, and the segments of their texts."""

    people: int = 0
    segments: int = 0


def leave_at(
    waves: Mapping[datetime, Wave], rate: float, start: datetime, ends: datetime | None
) -> tuple[datetime, int]:
    """When the last text leaves, and how many people's turn comes only after the campaign's end.

    Those of a wave come up together, and the sender takes them one after the other.
    """
    last, late = start, 0
    for when, wave in sorted(waves.items()):
        begins = max(last, when)
        last = last_at(wave.segments, rate, begins)
        if ends is None or last < ends:
            continue
        in_time = max((ends - begins).total_seconds() * rate, 0)
        late += wave.people - min(wave.people, int(wave.people * in_time / max(wave.segments, 1)))
    return last, late


def last_at(count: int, segments_per_second: float, start: datetime) -> datetime:
    """When the last of `count` segments leaves at the sender's rate, if nothing else goes out and nothing waits."""
    return start + timedelta(seconds=max(count - 1, 0) / segments_per_second)
