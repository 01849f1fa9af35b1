"""Twilio's connection overrides: the fragment of a webhook's URL that says how often and how long to try.

`#rc=2&rp=5xx,ct&ct=1000&rt=5000&tt=10000`: retries, what is retried (4xx, 5xx, ct = connecting failed, rt =
no answer in time, all), and the milliseconds to connect, to read and in total. It is neither sent nor signed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urldefrag


class Failure(StrEnum):
    """What can go wrong with one try, by the names that `rp` has for it."""

    CONNECT = "ct"
    READ = "rt"
    CLIENT_ERROR = "4xx"
    SERVER_ERROR = "5xx"


MOST_RETRIES: Final = 5
LONGEST_CONNECT: Final = 10.0
LONGEST: Final = 15.0


@dataclass(frozen=True, slots=True)
class Overrides:
    """How a webhook is posted. Times are seconds; `total` counts all tries together."""

    retries: int = 1
    retried: frozenset[Failure] = frozenset({Failure.CONNECT})
    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0


DEFAULT: Final = Overrides()


def split(address: str) -> tuple[str, Overrides]:
    """The URL to post to, and what its fragment asks for; what it cannot mean keeps Twilio's default."""
    url, fragment = urldefrag(address)
    given = dict(parse_qsl(fragment))
    retries = given.get("rc", "")
    return url, Overrides(
        retries=min(int(retries), MOST_RETRIES) if retries.isdecimal() else DEFAULT.retries,
        retried=_retried(given["rp"]) if "rp" in given else DEFAULT.retried,
        connect=_seconds(given.get("ct", ""), DEFAULT.connect, LONGEST_CONNECT),
        read=_seconds(given.get("rt", ""), DEFAULT.read, LONGEST),
        total=_seconds(given.get("tt", ""), DEFAULT.total, LONGEST),
    )


def _retried(names: str) -> frozenset[Failure]:
    named = names.lower().split(",")
    if "all" in named:
        return frozenset(Failure)
    return frozenset(failure for failure in Failure if failure in named)


def _seconds(milliseconds: str, default: float, longest: float) -> float:
    return min(int(milliseconds) / 1000, longest) if milliseconds.isdecimal() else default
