"""What a run is to do: how many recipients, which faults of processes and of the provider."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.faults.options import HANG, Rule, Strike, shuffled

# How often of each kind of fault of a process.
SHARES: Mapping[Strike, int] = {
    Strike.KILL_CHILD: 30,
    Strike.KILL_WORKER: 12,
    Strike.KILL_STORE: 12,
    Strike.KILL_WEB: 5,
    Strike.KILL_SERVER: 3,
    Strike.KILL_CLOCK: 6,
    Strike.END_WORKER: 6,
    Strike.END_STORE: 3,
    Strike.END_WEB: 2,
    Strike.END_CLOCK: 3,
    Strike.FREEZE_STORE: 5,
    Strike.FREEZE_CHILD: 8,
}
# What a strike and the restart after it take by themselves, about; hardly anything is sent meanwhile.
STRIKE_SECONDS = 1.0
HASTE = 1.5

# After a 429 the sender goes at half its rate for some time, so of these there are fewer.
BEFORE: tuple[Rule, ...] = (
    {"fault": "rate_limit", "seconds": 1},
    *(
        {"fault": "error_before"},
        {"fault": "hang_before", "seconds": HANG},
        {"fault": "reset_before"},
    )
    * 2,
)
AFTER: tuple[Rule, ...] = (
    {"fault": "error_after"},
    {"fault": "hang_after", "seconds": HANG},
    {"fault": "reset_after"},
    {"fault": "cut_body"},
)
CALLBACKS: tuple[Rule, ...] = (
    {"fault": "callbacks_lost"},
    {"fault": "callbacks_repeated"},
    {"fault": "callbacks_lost"},
    {"fault": "callbacks_reversed"},
)
WEBHOOK: tuple[Rule, ...] = ({"fault": "webhook_repeated"}, {"fault": "webhook_lost"})
# Slow answers are no faults, but with them there is always something on its way when a process dies.
SLOW: Rule = {"fault": "latency", "probability": 0.5, "seconds": 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One run. `pause`: mean seconds between two strikes; `patience`: seconds without any
    progress afterwards.

    `calm`: seconds before each strike. `rate`: segments a second, 0 for as many as let the campaign last until the
    last strike. `rules`: faults of the provider instead of the planned ones.
    """

    recipients: int = 300
    process_faults: int = 15
    provider_faults: int = 60
    seed: int = 0
    stopping: float = 0.1
    pause: float = 1.4
    patience: float = 60
    calm: float = 0
    rate: float = 0
    strikes: Mapping[Strike, int] = field(default_factory=lambda: SHARES)
    rules: tuple[Rule, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Mapping[str, float] = field(default_factory=dict)

    @property
    def segments_per_second(self) -> float:
        lasting = self.process_faults * (self.pause + STRIKE_SECONDS)
        return self.rate or max(1, HASTE * self.recipients / max(10, lasting))

    def plan(self, chance: random.Random) -> list[Strike]:
        """The strikes, in their order."""
        return shuffled(self.strikes, self.process_faults, chance)

    def spoil(self, staying: Sequence[str], stopping: Sequence[str], chance: random.Random) -> list[Rule]:
        """The faults of the provider, each for one person and once; those for whoever stays all come true."""
        if self.rules or not self.provider_faults:
            return list(self.rules)
        half = self.provider_faults // 2
        before = chance.sample(staying, half - half // 3)
        after = chance.sample(staying, half)
        told = self.provider_faults - len(before) - len(after)
        # Where the answer and the callbacks are lost together, only asking helps.
        quiet = [*after[: told // 2], *chance.sample(sorted(set(staying) - set(after)), told - told // 2)]
        asked = [{"fault": "error_before", "on": "read", "number": number, "count": 1} for number in quiet]
        return [
            *_each(BEFORE, before),
            *_each(AFTER, after),
            *_each(CALLBACKS, quiet),
            *_each(WEBHOOK, stopping[::6]),
            *asked[::3],
            SLOW | {"seed": self.seed},
        ]


def _each(kinds: tuple[Rule, ...], numbers: Sequence[str]) -> list[Rule]:
    return [
        {**kinds[place % len(kinds)], "number": number, "count": 1} for place, number in enumerate(numbers)
    ]
