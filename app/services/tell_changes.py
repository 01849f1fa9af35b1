"""Tell others of changes of consent: claim, sign, post, write down what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from app.domain.webhook import Call, Endpoint, body, next_try, secret_of, signed
from app.services.audience_ports import References
from app.services.ports import Now
from app.services.webhook_ports import Calls, Endpoints, Receiver, Told

BITE: Final = 100
# Each endpoint is told by a thread of its own, so that one that hangs holds up no other for longer than a turn.
AT_ONCE: Final = 16
# Longer than a turn takes: a call that is being made is not made a second time.
LEASE_SECONDS: Final = 120.0
# After one call failed the endpoint is left alone for so long with those that were to follow.
BREATH: Final = timedelta(seconds=5)
# An endpoint that answers slowly gets on with the rest in the next turn.
LONGEST_TURN: Final = timedelta(seconds=30)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TellChanges:
    """Tell what is due. At least once: whoever is killed in between leaves a call that is made again."""

    endpoints: Endpoints
    calls: Calls
    references: References
    receiver: Receiver
    key: bytes
    now: Now

    def __call__(self) -> int:
        """One turn; how many calls were taken."""
        if not self.key:
            return 0
        claimed = self.calls.claim(self.now(), LEASE_SECONDS, BITE)
        if not claimed:
            return 0
        known = {endpoint.id: endpoint for endpoint in self.endpoints.every()}
        lanes: defaultdict[str, list[Call]] = defaultdict(list)
        for call in claimed:
            lanes[call.endpoint].append(call)
        with ThreadPoolExecutor(min(AT_ONCE, len(lanes))) as pool:
            list(pool.map(lambda lane: self._tell_all(known.get(lane), lanes[lane]), lanes))
        return len(claimed)

    def _tell_all(self, endpoint: Endpoint | None, calls: Sequence[Call]) -> None:
        until, stopped = self.now() + LONGEST_TURN, False
        for call in calls:
            if endpoint is None:
                self.calls.done(call)
            elif stopped or self.now() > until:
                self.calls.later(call, self.now() + BREATH)
            else:
                stopped = not self._tell(endpoint, call)

    def _tell(self, endpoint: Endpoint, call: Call) -> bool:
        number = self.references.number_of(call.change.ref) if endpoint.with_number else None
        said = body(call.change, number)
        headers = signed(call.change.id, said, secret_of(endpoint.id, self.key), self.now())
        told = self.receiver.tell(endpoint, said, headers)
        log.info(
            "webhook",
            endpoint=endpoint.id,
            change=call.change.id,
            ok=told.ok,
            why=told.why,
            tried=call.tried + 1,
        )
        if told.ok:
            self.calls.done(call)
        else:
            self._failed(call, told)
        return told.ok

    def _failed(self, call: Call, told: Told) -> None:
        now = self.now()
        when = next_try(call, now)
        if when is None:
            self.calls.give_up(call, now, told.why)
        else:
            self.calls.again(call, when)
