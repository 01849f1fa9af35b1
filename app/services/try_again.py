"""When a claimed message is given back, tried again and given up: for replies and campaigns alike."""

from datetime import timedelta
from typing import Final

# A claim that has waited longer than this before its post is given back: consent may have changed meanwhile.
STALE_CLAIM_SECONDS: Final = 1.0
GIVE_UP_AFTER: Final = timedelta(hours=24)
_FIRST_PAUSE_SECONDS: Final = 0.5
_MOST_DOUBLINGS: Final = 10


def pause_before(attempts: int, after: float, longest: float) -> timedelta:
    """How long to wait after so many attempts, up to `longest` seconds; none where `after`, the least, is 0."""
    if not after:
        return timedelta()
    doubled = _FIRST_PAUSE_SECONDS * 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return timedelta(seconds=max(after, min(doubled, longest)))
