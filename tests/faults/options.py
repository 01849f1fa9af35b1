"""What a run is to do: how many people, which faults, how often."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Strike(StrEnum):
    """What can be done to a process. A child is what a worker forks for one job."""

    KILL_CHILD = "kill -9 a worker's child"
    KILL_WORKER = "kill -9 a worker"
    KILL_STORE = "kill -9 the store"
    KILL_WEB = "kill -9 the web"
    KILL_SERVER = "kill -9 the web's server process"
    KILL_CLOCK = "kill -9 the clock"
    END_WORKER = "SIGTERM to a worker"
    END_STORE = "SIGTERM to the store"
    END_WEB = "SIGTERM to the web"
    END_CLOCK = "SIGTERM to the clock"
    FREEZE_STORE = "SIGSTOP and SIGCONT of the store"
    FREEZE_CHILD = "SIGSTOP and SIGCONT of a worker's child"


# How often of each, in sixty. Freezing is done in addition: it ends nothing.
SHARES: Mapping[Strike, int] = {
    Strike.KILL_CHILD: 18,
    Strike.KILL_WORKER: 10,
    Strike.KILL_STORE: 12,
    Strike.KILL_WEB: 4,
    Strike.KILL_SERVER: 3,
    Strike.KILL_CLOCK: 4,
    Strike.END_WORKER: 3,
    Strike.END_STORE: 2,
    Strike.END_WEB: 2,
    Strike.END_CLOCK: 2,
}
FREEZES = (Strike.FREEZE_STORE, Strike.FREEZE_CHILD)

Rule = dict[str, Any]
# Longer than the gateway waits for the provider, so that a hang is one.
HANG = 4.0
PROVIDER_FAULTS: tuple[Rule, ...] = (
    {"fault": "latency", "probability": 0.5, "seconds": 0.1},
    {"fault": "rate_limit", "probability": 0.05, "seconds": 1},
    {"fault": "error_before", "probability": 0.05},
    {"fault": "hang_before", "probability": 0.02, "seconds": HANG},
    {"fault": "reset_before", "probability": 0.05},
    {"fault": "error_after", "probability": 0.06},
    {"fault": "hang_after", "probability": 0.03, "seconds": HANG},
    {"fault": "reset_after", "probability": 0.06},
    {"fault": "cut_body", "probability": 0.06},
    {"fault": "callbacks_lost", "probability": 0.3},
    {"fault": "callbacks_repeated", "probability": 0.2},
    {"fault": "callbacks_reversed", "probability": 0.2},
    {"fault": "webhook_repeated", "probability": 0.1},
    {"fault": "webhook_lost", "probability": 0.04},
    {"fault": "error_before", "probability": 0.1, "on": "read"},
    {"fault": "reset_after", "probability": 0.05, "on": "read"},
)


def shuffled(shares: Mapping[Strike, int], many: int, chance: random.Random) -> list[Strike]:
    """So many strikes in their order; of those asked for, each kind at least once where there are enough."""
    kinds = list(shares)
    rest = chance.choices(kinds, weights=list(shares.values()), k=max(0, many - len(kinds)))
    planned = [*kinds, *rest][:many]
    chance.shuffle(planned)
    return planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One run. `pause`: seconds between two strikes; `patience`: seconds for everything to come to rest.

    `calm`: seconds that people have for texting before each strike falls.
    """

    people: int = 300
    kills: int = 60
    seed: int = 0
    pause: float = 1.4
    patience: float = 120
    calm: float = 0
    strikes: Mapping[Strike, int] = field(default_factory=lambda: SHARES)
    rules: tuple[Rule, ...] = PROVIDER_FAULTS
    store: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def plan(self, chance: random.Random) -> list[Strike]:
        """The strikes, in their order."""
        planned = shuffled(self.strikes, self.kills, chance)
        if self.strikes is SHARES:
            for freeze in FREEZES * (self.kills // 20):
                planned.insert(chance.randrange(len(planned)), freeze)
        return planned
