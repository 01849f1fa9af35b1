"""Whose turn it is: recipients who are due, in a queue for each sender, so that one that rests holds up no other."""

import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from app.domain.number import Number
from app.domain.partition import PARTITIONS, partition_of
from app.services.campaign_ports import CampaignRows, Recipient
from app.services.ports import Now

# So many partitions are looked at in one go, and so many recipients of each are remembered at most.
LOOK_AT: Final = 16
REMEMBERED_EACH: Final = 32
# No more are remembered, however long a sender rests: a worker's memory does not grow with the audience.
REMEMBERED: Final = 4096


@dataclass(slots=True)
class Turns:
    """One campaign's recipients, a few ahead. `sender`: whose text somebody gets, of the senders in `senders`."""

    rows: CampaignRows
    campaign: str
    senders: Sequence[str]
    sender: Callable[[Number], str]
    now: Now
    _queues: defaultdict[str, deque[Recipient]] = field(default_factory=lambda: defaultdict(deque))
    _rests: dict[str, datetime] = field(default_factory=dict)
    _numbers: set[Number] = field(default_factory=set)
    _in_partition: Counter[int] = field(default_factory=Counter)
    _round: deque[range] = field(default_factory=deque)
    _found_in_round: bool = True

    def take(self, most: int) -> list[Recipient]:
        """Up to `most` whose sender may send now; none when a whole round has found nobody new."""
        while not (free := self._free()) and self._look_further():
            pass
        each = max(1, most // max(1, len(free)))
        taken = [queue.popleft() for queue in free[:most] for _ in range(min(each, len(queue)))]
        for recipient in taken:
            self._numbers.discard(recipient.number)
            self._in_partition[partition_of(recipient.number)] -= 1
        return taken

    def give_back(self, recipients: Sequence[Recipient]) -> None:
        """Remember them as the next of their sender."""
        for recipient in reversed(recipients):
            self._queues[self.sender(recipient.number)].appendleft(recipient)
            self._remember(recipient.number)

    def rest(self, sender: str, seconds: float) -> None:
        """Let a sender send nothing for so long."""
        self._rests[sender] = self.now() + timedelta(seconds=seconds)

    def pause(self) -> float:
        """Seconds until the first of the senders whose people wait may send; 0 when nobody waits for a sender."""
        waits = [
            self._rests[sender] for sender, queue in self._queues.items() if queue and self._resting(sender)
        ]
        return max(0.001, (min(waits) - self.now()).total_seconds()) if waits else 0.0

    def forget(self) -> None:
        """Begin elsewhere: somebody else works where we do."""
        self._queues.clear()
        self._numbers.clear()
        self._in_partition.clear()

    def _free(self) -> list[deque[Recipient]]:
        return [queue for sender, queue in self._queues.items() if queue and not self._resting(sender)]

    def _resting(self, sender: str) -> bool:
        return sender in self._rests and self._rests[sender] > self.now()

    def _look_further(self) -> bool:
        """Remember some more; False when there is nobody else, or nobody whom it would help."""
        if len(self._numbers) >= REMEMBERED or (self._numbers and all(map(self._resting, self.senders))):
            return False
        if not self._round:
            if not self._found_in_round:
                return False
            self._begin_round()
        partitions = self._round.popleft()
        # Those who are remembered still stand in front of the others there.
        most = REMEMBERED_EACH + max(self._in_partition[partition] for partition in partitions)
        found = self.rows.peek(self.campaign, partitions, self.now(), most)
        new = [recipient for recipient in found if recipient.number not in self._numbers]
        self._found_in_round = self._found_in_round or bool(new)
        for recipient in new:
            self._queues[self.sender(recipient.number)].append(recipient)
            self._remember(recipient.number)
        return True

    def _remember(self, number: Number) -> None:
        self._numbers.add(number)
        self._in_partition[partition_of(number)] += 1

    def _begin_round(self) -> None:
        places = [range(first, min(first + LOOK_AT, PARTITIONS)) for first in range(0, PARTITIONS, LOOK_AT)]
        random.shuffle(places)
        self._round.extend(places)
        self._found_in_round = False
