"""The senders of campaigns: how fast each one sends, and which of them a person's texts come from.

The same person always has the same one, so that all texts stand in one conversation on their phone and a STOP goes to
the number that they know. Rendezvous hashing: of all senders the one that draws best for this number. Nothing has to
be kept of it (and nothing be erased), every worker comes to the same, and a sender that is added takes its own share
from the others while nobody else moves. Weighed by their rates, for otherwise the slowest would hold up a campaign.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from app.domain.number import Number

_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Senders:
    """`rates`: the program's, each with its segments a second; `otherwise`: the rate of any other sender."""

    rates: Mapping[str, float]
    otherwise: float

    @property
    def names(self) -> tuple[str, ...]:
        """All of the program's."""
        return tuple(self.rates)

    def rate(self, sender: str) -> float:
        """Segments a second."""
        return self.rates.get(sender, self.otherwise)

    def of(self, number: Number, among: Sequence[str] | None = None) -> str:
        """Whom the number's texts come from; `among`: a campaign's own senders instead of the program's."""
        senders = among or self.names
        if len(senders) == 1:
            return senders[0]
        return max(senders, key=lambda sender: (self._draw(number, sender), sender))

    def _draw(self, number: Number, sender: str) -> float:
        """What a sender draws for a number: twice the rate wins twice as often."""
        drawn = blake2b(f"{sender}/{number.e164}".encode(), digest_size=_BYTES).digest()
        between_0_and_1 = (int.from_bytes(drawn) + 1) / (2 ** (8 * _BYTES) + 1)
        return -self.rate(sender) / math.log(between_0_and_1)
