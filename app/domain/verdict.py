"""Whether a campaign goes so badly that a person should look at it before it goes on."""

from dataclasses import dataclass
from typing import Final

from app.domain.campaign import Tally
from app.domain.sentence import Sentence, sentence

NOT_ARRIVING: Final = sentence(
    "{lost} of {tried} texts failed or were not delivered: look at the reasons in "
    "`stopwoord campaign report` and resume when they are mended"
)
LEAVING: Final = sentence(
    "{people} people opted out after {tried} texts: read the text and the audience again, and resume or cancel"
)
VERDICTS: Final[tuple[Sentence, ...]] = (NOT_ARRIVING, LEAVING)


@dataclass(frozen=True, slots=True)
class Limits:
    """Percentages that pause a campaign, and how many texts it takes to judge at all."""

    failures: float
    opt_outs: float
    sample: int = 50


def verdict(before: Tally, now: Tally, limits: Limits) -> str:
    """Why to pause, in words with what to do; "" to go on. Only what came after `before` counts."""
    tried, lost = now.tried - before.tried, now.lost - before.lost
    opted_out = now.opted_out - before.opted_out
    if tried < limits.sample:
        return ""
    if 100 * lost > limits.failures * tried:
        return str(NOT_ARRIVING.with_(lost=lost, tried=tried))
    if 100 * opted_out > limits.opt_outs * tried:
        return str(LEAVING.with_(people=opted_out, tried=tried))
    return ""
