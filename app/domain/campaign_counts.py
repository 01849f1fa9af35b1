"""A campaign's segments by country and its failures by error code: under which names they are counted, and how read."""

from collections.abc import Mapping
from typing import Final

from app.domain.recipient import LOST, Ending, RecipientOutcome

_SEGMENTS: Final = "segments"
_CODE: Final = "code"


def segments_to(region: str) -> str:
    """The name under which the segments to one country are counted."""
    return f"{_SEGMENTS}:{region}"


def failed_with(outcome: RecipientOutcome | None) -> str:
    """The name under which somebody is counted whom the text did not reach; "" if it did, or without a code."""
    lost = outcome and (outcome.ending is Ending.FAILED or outcome.status in LOST)
    return f"{_CODE}:{outcome.code}" if outcome and lost and outcome.code else ""


def by_country(counts: Mapping[str, int]) -> dict[str, int]:
    """The segments that were sent to each country."""
    return {region: segments for region, segments in _named(counts, _SEGMENTS).items() if segments}


def by_code(counts: Mapping[str, int]) -> dict[int, int]:
    """The people whom the text did not reach, by the provider's error code; 0 for those without one."""
    found = {int(code): people for code, people in _named(counts, _CODE).items() if people > 0}
    lost = counts.get("failed", 0) + counts.get("undelivered", 0)
    rest = lost - sum(found.values())
    return found | {0: rest} if rest > 0 else found


def _named(counts: Mapping[str, int], kind: str) -> dict[str, int]:
    return {
        name.removeprefix(f"{kind}:"): count for name, count in counts.items() if name.startswith(f"{kind}:")
    }
