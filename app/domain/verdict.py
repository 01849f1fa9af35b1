"""Whether a campaign goes so badly that a person should look at it before it goes on."""

from dataclasses import dataclass

from app.domain.campaign import Tally


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
        return (
            f"{lost} of {tried} texts failed or were not delivered: look at the reasons in "
            "`stopwoord campaign report` and resume when they are mended"
        )
    if 100 * opted_out > limits.opt_outs * tried:
        return (
            f"{opted_out} people opted out after {tried} texts: read the text and the audience again, "
            "and resume or cancel"
        )
    return ""
